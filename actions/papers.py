"""The verbs of papers and files: what a follow-up, session, retreat or issue brought forth.

A file lies in its place before the verb begins, so that no lock is held while a disk takes it,
and goes again where the verb did not keep it.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programmes.recording import verb
from wiego_review.common.errors import Refused
from wiego_review.common.file_kinds import ENDINGS, FileType
from wiego_review.common.files import laid_down
from wiego_review.common.text import fold

from .models import Output, OutputVersion


def with_file(does):
    """`file` comes as `files.Incoming`; the verb is given where it lies."""

    @wraps(does)
    def call(*args, file=None, **values):
        if file is None:
            return does(*args, file=None, **values)
        with laid_down(file, OutputVersion.objects.stored) as stored:
            return does(*args, file=stored, **values)

    return call


@with_file
@verb
def add_output(act, *, file=None, **values):
    """A new paper: a file, or a link to where it is (`url`).

    `values` are Output's fields, where it belongs among them. Without a title or kind it gets
    them from its file or link.
    """
    if not file and not values.get("url"):
        raise ValidationError({"file": _("Choose a file, or give a link.")})
    named = file.incoming.name if file else values["url"]
    values["title"] = values.get("title") or title_of(named)
    values["kind"] = values.get("kind") or guessed_kind(values["title"], named, file)
    output = act.create(Output, **values)
    if file:
        put_file(act, output, file)
    return output


@with_file
@verb
def add_version(act, output, *, file):
    """A newer file of a paper; or the first of one that was only named. The older ones stay."""
    output = act.take(output)
    if output.url:
        told = _("This paper is a link. Change the link, or add the file as a paper of its own.")
        raise Refused(told)
    last = OutputVersion.objects.newest(output)
    if last and last.sha256 == file.incoming.sha256:
        raise Refused(_("This very file is here already. Choose the newer one."))
    put_file(act, output, file)
    return output


@verb
def edit_output(act, output, **values):
    """Change title, kind, language, link, or for which binder it is. What is not given stays."""
    output = act.take(output)
    if output.url and not values.get("url", output.url):
        told = _("Give the link: without it there is nothing to open.")
        raise ValidationError({"url": told})
    if output.newest and values.get("url"):
        told = _("There is a file here. Add the link as a paper of its own.")
        raise ValidationError({"url": told})
    if output.named_only and values.get("url"):
        values["named_only"] = False
    return act.change(output, **values)


def put_file(act, output, file):
    told = file.incoming
    act.create(
        OutputVersion,
        output=output,
        number=output.newest + 1,
        stored_as=file.stored_as,
        name=told.name,
        type=told.type,
        size=told.size,
        sha256=told.sha256,
        by=act.by,
    )
    act.version = None
    act.change(output, newest=output.newest + 1, named_only=False)


def title_of(named: str) -> str:
    """The words of a file's name, or of a link's last part."""
    last = named.rstrip("/").rpartition("/")[2].partition("?")[0]
    stem, _dot, ending = last.rpartition(".")
    known = {each for endings in ENDINGS.values() for each in endings}
    words = stem if stem and ending.lower() in known else last
    return " ".join(words.replace("_", " ").split())[:250] or named[:250]


KINDS = {
    "two_pager": ("two pager", "twopager", "2 pager"),
    "memo": ("memo",),
    "toolkit": ("toolkit", "tool kit"),
    "appendix": ("appendix", "annex"),
    "report": ("report",),
    "slides": ("slide", "presentation", "powerpoint"),
    "film": ("film", "video", "youtube com", "youtu be", "vimeo com"),
    "book": ("book",),
}
SLIDES = {FileType.PPTX, FileType.PPT, FileType.ODP}


def guessed_kind(title: str, named: str, file) -> str:
    """The kind a title speaks of, or the file's name or link; slides are told by what they are."""
    for words in (title, named):
        told = f" {fold(words)} ".replace("s ", " ")
        for kind, signs in KINDS.items():
            if any(f" {sign} " in told for sign in signs):
                return kind
    return "slides" if file and file.incoming.type in SLIDES else "other"

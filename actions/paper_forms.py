"""Input of the verbs of papers and files: a file first, the rest guessed or folded."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retreats.models import Retreat
from wiego_review.common import away
from wiego_review.common.file_kinds import ENDINGS
from wiego_review.common.files import MOST, incoming, too_large
from wiego_review.common.forms import VerbForm
from wiego_review.common.kept import kept

from .models import Output

# "image/*" lets a phone offer its camera.
ACCEPT = ",".join(["image/*", *(f".{end}" for ends in ENDINGS.values() for end in ends)])


class PaperField(forms.FileField):
    """A file, looked through: its value is a `files.Incoming`."""

    widget = forms.FileInput(attrs={"accept": ACCEPT, "data-most": MOST})

    def __init__(self, **kwargs):
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        found = super().clean(data, initial)
        return incoming(found) if found else None


class FileForm(VerbForm):
    """A disk that is full or closed to writing is told on the form: what was typed stays."""

    file = PaperField(
        label=gettext_lazy("File"),
        error_messages={"required": gettext_lazy("Choose a file.")},
        help_text=gettext_lazy("At most 20 MB: PDF, Word, Excel, PowerPoint, a picture, a text."),
    )

    too_large = staticmethod(too_large)  # told before it is sent, where a browser weighs it

    def attempt(self, verb, *args, **values):
        try:
            return super().attempt(verb, *args, **values)
        except OSError as problem:
            if not (why := away.reason(problem)):
                raise
            self.add_error(None, away.told(why, kept.get(), rest=False))
        return None


class DescribedMixin(forms.Form):
    """What a paper is called and what it is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", "–"), *Output.Kind.choices], required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("", "–"), *Output.Language.choices],
        required=False,
    )
    binder = forms.ModelChoiceField(
        Retreat.objects.none(),
        label=gettext_lazy("For the binder of"),
        required=False,
        to_field_name="slug",
        empty_label="–",
    )
    MORE = ("kind", "language", "binder")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seen = Retreat.objects.visible_to(self.viewer).listed()
        self.fields["binder"].queryset = seen.order_by("-date_sort", "pk")

    def more(self):
        """The folded fields, for the template."""
        return [self[name] for name in self.MORE]

    def more_open(self) -> bool:
        return any(name in self.errors for name in self.MORE)


def title_field(**kwargs):
    return forms.CharField(label=gettext_lazy("Title"), max_length=250, **kwargs)


def link_field(**kwargs):
    return forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Give a whole address: https://…")},
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        **kwargs,
    )


class PaperForm(DescribedMixin, FileForm):
    """A new paper: a file or a link."""

    url = link_field(label=gettext_lazy("Or a link to it"))
    title = title_field(
        required=False, help_text=gettext_lazy("Left empty, it is called as the file is.")
    )
    field_order = ("file", "url", "title")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.fields["kind"].choices = [("", _("As it looks")), *Output.Kind.choices]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("url")):
            raise ValidationError({"file": self.which(cleaned)})
        return cleaned

    def which(self, cleaned):
        if cleaned.get("file"):
            return _("A file or a link, not both: each is a paper of its own.")
        return _("Choose a file, or give a link.")


class NewerFileForm(FileForm):
    """A newer file of a paper, or the first of one that was only named."""


class PaperEditForm(DescribedMixin, VerbForm):
    """Title, kind, language, binder; and of a link where it leads."""

    title = title_field(error_messages={"required": gettext_lazy("Give it a title.")})
    url = link_field(label=gettext_lazy("Link"))
    field_order = ("title", "url")

    def __init__(self, *args, paper, **kwargs):
        kwargs["initial"] = {
            "version": paper.version,
            "title": paper.title,
            "url": paper.url,
            "kind": paper.kind,
            "language": paper.language,
            "binder": paper.binder and paper.binder.slug,
        }
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Output.Kind.choices
        if paper.newest:
            del self.fields["url"]

    def verb_values(self):
        taken = self.taken_from_others()
        values = super().verb_values()
        values["kind"] = values["kind"] or Output.Kind.OTHER
        return {name: value for name, value in values.items() if name not in taken}

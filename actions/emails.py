"""Mails of a round: text with a plain HTML twin, each item with its page, and why it came."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.models import MailKind
from programmes.unsubscribing import headers, off_link
from wiego_review.common.dates import day
from wiego_review.common.templatetags.words import moment

from .answers import offered
from .templatetags.follow_ups import due_told, kind_words, worst

LARGEST = 20_000
# How many items of each part there may be, tried until the mail is small enough.
MOST = (12, 8, 5, 3, 2, 1)
STORY, WORDS = 5, 300
HEADINGS = {
    "late": gettext_lazy("Late"),
    "soon": gettext_lazy("Due within two weeks"),
    "given": gettext_lazy("Given to you, and not answered"),
    "help": gettext_lazy("Somebody needs help"),
    "changed": gettext_lazy("What has changed"),
}
COUNTED = {
    "late": gettext_lazy("%(n)s late"),
    "soon": gettext_lazy("%(n)s due soon"),
    "given": gettext_lazy("%(n)s given to you"),
    "help": gettext_lazy("%(n)s to help with"),
}


def message_of(mailing, digest, viewer) -> EmailMultiAlternatives:
    """The mail, in the language and zone that are active: its reader's."""
    context = context_of(mailing, viewer)
    for most in MOST:
        context["parts"] = parts = parts_of(digest, viewer, most)
        context["answered"] = any(item["answers"] for part in parts for item in part["items"])
        text = render_to_string("actions/mail/round.txt", context)
        html = render_to_string("actions/mail/round.html", context)
        if max(len(text.encode()), len(html.encode())) < LARGEST:
            break
    user = viewer.user
    message = EmailMultiAlternatives(subject_of(mailing, digest), text, to=[user.email])
    message.extra_headers = {**headers(user, mailing.kind), "Message-ID": mailing.message_id}
    message.attach_alternative(html, "text/html")
    return message


def context_of(mailing, viewer) -> dict:
    return {
        "is_monday": mailing.kind == MailKind.MONDAY,
        "name": viewer.user.person.name,
        "day": day(viewer.today),
        "language": viewer.user.language,
        "home": settings.SITE_URL + reverse("home"),
        "settings": settings.SITE_URL + reverse("mails"),
        "off": off_link(viewer.user, mailing.kind),
    }


def subject_of(mailing, digest) -> str:
    counts = {name: len(items) for name, items in digest.parts.items() if items}
    if mailing.kind == MailKind.NEWS:
        number = sum(counts.values())
        return ngettext("New for you", "New for you: %(n)s", number) % {"n": number}
    told = [str(words) % {"n": counts[name]} for name, words in COUNTED.items() if name in counts]
    what = ", ".join(told) or _("what has changed")
    return _("Monday mail: %(what)s") % {"what": what}


def parts_of(digest, viewer, most) -> list[dict]:
    """The parts that hold something, as the mail shows them."""
    return [
        {
            "heading": HEADINGS[name],
            "number": len(items),
            "items": [shown(name, item, viewer) for item in items[:most]],
            "more": max(len(items) - most, 0),
        }
        for name, items in digest.parts.items()
        if items
    ]


def shown(part, item, viewer) -> dict:
    row = item.row
    return {
        "title": capfirst(row["title"]),
        "about": about(item, viewer),
        "when": when(part, row),
        "url": row["url"],
        "answers": offered(part, item, viewer),
        "happened": [told(each) for each in item.happened[:STORY]],
    }


def about(item, viewer) -> str:
    """Its kind, who gave it, who has it."""
    row, found = item.row, [kind_words(item.row["kind"])]
    if item.assignment:
        who = viewer.account(item.assignment.given_by)
        found.append(_("from %(who)s") % {"who": who})
    for label, names in ((_("Lead"), row["leads"]), (_("With"), row["supports"])):
        if names:
            found.append(f"{label}: {', '.join(each['name'] for each in names)}")
    return " · ".join(found)


def when(part, row) -> str:
    """By when, as said and as understood; of what is late, since when."""
    due = due_told(row)
    due = f"{due[0]} ({due[1]})" if len(due) > 1 else "".join(due)
    _code, stands = worst(row)
    return " · ".join(filter(None, [due, stands]))


def told(each) -> str:
    """One thing that happened, in a line."""
    words = getattr(each, "words", "")
    more = [words, *getattr(each, "details", ()), each.why]
    more = " · ".join(" ".join(str(line).split()) for line in more if line)
    sentence = ", ".join(filter(None, [str(each.sentence), each.door, each.told]))
    line = f"{moment(each.at)} · {sentence}" + (f": {more}" if more else "")
    return Truncator(line).chars(WORDS)

"""A follow-up on a page: where it stands, by when, in which group of the report."""

from dataclasses import dataclass
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Decision, FollowUp
from wiego_review.common.dates import Span, day
from wiego_review.common.templatetags.words import linked, month

register = template.Library()

GROUPS = {
    "webinar": gettext_lazy("Webinars"),
    "two_pager": gettext_lazy("Two-pagers"),
    "working_group": gettext_lazy("Working groups"),
}


@register.filter
def kind_words(code) -> str:
    return str(FollowUp.Kind(code).label)


@register.filter
def state_words(code) -> str:
    return str(FollowUp.State(code).label)


@register.simple_tag
def stands(row):
    """Where a follow-up stands: one mark, the worst thing, else its state."""
    code, words = worst(row)
    return format_html('<span class="state {}">{}</span>', code, words)


def worst(row):
    if row["state"] == "needs_help":
        return "needs_help", state_words("needs_help")
    if row["overdue"]:
        return "overdue", _("was due %(day)s") % {"day": day(last_day(row))}
    if row["quiet"]:
        return "silent", _("No word since %(month)s") % {"month": month(row["last_word_on"])}
    return row["state"], state_words(row["state"])


@register.simple_tag
def by_when(row):
    """By when: the words as said, and the days that were understood from them."""
    told = due_told(row)
    if len(told) < 2:
        return "".join(told)
    return format_html('{} <small class="soft">{}</small>', *told)


def due_told(row) -> list:
    """The words as said or the retreat it is for, and the days, as far as there are any."""
    return [each for each in (row["due_text"] or meant_for(row), due_days(row)) if each]


def meant_for(row) -> str:
    """The retreat it has to be ready for."""
    if not is_before(row):
        return ""
    told = {"name": row["due_anchor"]["name"], "day": day(row["due_anchor_on"])}
    return _("for %(name)s, %(day)s") % told


def due_days(row) -> str:
    """The day or days it is due; of what is for a retreat the last one, before that begins."""
    if not is_before(row):
        return str(Span(row["due_on"], row["due_until"], "")) if row["due_on"] else ""
    told = {"last": day(last_day(row)), "day": day(row["due_anchor_on"])}
    if row["due_text"]:
        return _("last day %(last)s, before it begins on %(day)s") % told
    return _("last day %(last)s") % told


def is_before(row) -> bool:
    """Whether its last day is a day before its retreat begins: it is late from then on."""
    begins, last = row["due_anchor_on"], last_day(row)
    return bool(row["due_anchor"] and begins and last and last < begins)


def last_day(row):
    return row["due_until"] or row["due_on"]


@register.filter
def report_groups(rows):
    """Rows in the report's order under its headings: `[(heading, rows)]`."""
    runs = groupby(rows, key=lambda row: GROUPS.get(row["kind"]))
    told = [(heading, list(run)) for heading, run in runs]
    return [(heading or heading_of(run), run) for heading, run in told]


def heading_of(rows) -> str:
    """Of other kinds: the agenda item they were all agreed in, if they are of one."""
    titles = {row["session"] and row["session"]["title"] for row in rows}
    one = titles.pop() if len(titles) == 1 else None
    return one or _("Other follow-ups")


@register.filter
def one_group(rows):
    """Rows without headings, in the form of `report_groups`."""
    return [("", rows)]


CONCERNS = (
    ("programmes", "programme"),
    ("sectors", "sector"),
    ("regions", "region"),
    ("cities", "city"),
    ("commitments", "commitment"),
    ("organisations", "organisation"),
)


@register.simple_tag(takes_context=True)
def concerns(context, row):
    """The programmes, places and organisations of a follow-up, as links."""
    found = ((linked(context, row[name], noun),) for name, noun in CONCERNS if row[name])
    return format_html_join("; ", "{}", found)


@dataclass(frozen=True)
class Word:
    """An update, told among the changes, with what changed in one go with it."""

    at: object
    sentence: str
    words: str
    told: str
    board_only: bool
    details: tuple = ()
    why: str = ""
    own: bool = False
    door: str = ""


@register.simple_tag(takes_context=True)
def account_words(context, user):
    """Whose account it is, as far as the reader may know."""
    return context["viewer"].account(user)


@register.simple_tag(takes_context=True)
def story(context, history, updates):
    """What happened and what was reported, latest first, each thing once."""
    viewer, told, found = context["viewer"], set(), []
    for entry in history:
        told |= {update.pk for update in entry.said}
        if entry.said:
            found += [word_of(update, viewer, entry) for update in entry.said]
        elif entry.verb != "update" or entry.details:
            found.append(entry)
    found += [word_of(update, viewer) for update in updates if update.pk not in told]
    return sorted(found, key=lambda each: each.at, reverse=True)


def word_of(update, viewer, entry=None):
    told = ""
    if update.as_told_by and viewer.names("person", update.as_told_by_id):
        told = _("as told by %(name)s") % {"name": update.as_told_by}
        told = f"{told} {update.get_told_how_display()}".strip()
    sentence = _("%(who)s wrote") % {"who": viewer.account(update.by)}
    own = update.by_id == viewer.user.pk
    if entry is None:
        return Word(update.at, sentence, update.text, told, update.sealed, own=own)
    sentence = sentence if entry.verb == "update" else entry.sentence
    rest = {"details": tuple(entry.details), "why": entry.why, "own": own, "door": entry.door}
    return Word(update.at, sentence, update.text, told, update.sealed, **rest)


@register.filter
def named_otherwise(assignments):
    """Those the document names in other words than they are shown."""
    return [each for each in assignments if each.as_named and each.as_named != each.shown]


@register.filter
def quiet_years(rows):
    """Quiet rows by the year of their last word, the latest first: `[(year, rows)]`."""
    years = {}
    for row in rows:
        years.setdefault(row["last_word_on"].year, []).append(row)
    return sorted(years.items(), reverse=True)


@register.filter
def outcome_words(code) -> str:
    return str(Decision.Outcome(code).label)


@register.filter
def decided_day(row) -> str:
    return str(Span(row["decided_on"], row["decided_until"], row["decided_text"]))

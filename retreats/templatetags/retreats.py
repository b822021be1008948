"""A retreat on a page: its days, its place, who came."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retreats.models import (
    Note,
    Participant,
    Retreat,
    ReviewInput,
    ReviewStep,
    Session,
    Suggestion,
)
from retreats.row_words import dates_of, place_parts, short_name_of, sum_of, sum_words
from retreats.timeline import timeline
from wiego_review.common.dates import Span
from wiego_review.common.templatetags.words import linked

register = template.Library()


@register.filter
def retreat_kind(code) -> str:
    return str(Retreat.Kind(code).label)


@register.filter
def session_status(code) -> str:
    return str(Session.Status(code).label)


@register.filter
def audience_words(code) -> str:
    return str(Session.Audience(code).label)


@register.filter
def capacity_words(code) -> str:
    return str(Participant.Capacity(code).label) if code else _("Not stated")


register.filter("dates_of", dates_of)
register.filter("short_name_of", short_name_of)


@register.simple_tag(takes_context=True)
def place_of(context, row):
    """Venue, city and country, as far as they are known."""
    town = linked(context, row["city"], "city") if row["city"] else row["place"]
    return format_html_join(", ", "{}", ((part,) for part in place_parts(row, town)))


def came(rows) -> int:
    """How many are named, those not counted who are told to have been away."""
    return sum(row["attended"] != "no" for row in rows)


@register.simple_tag
def came_as(participants, headcounts):
    """Participants by what they came as, with the number announced: a list of groups.

    The announced number stands beside the names, uncorrected.
    """
    found = {code: [] for code in [*Participant.Capacity.values, ""]}
    for row in participants:
        found[row["capacity"]].append(row)
    told = {each["capacity"]: each for each in headcounts}
    return [
        {"capacity": code, "rows": rows, "came": came(rows), "told": told.get(code)}
        for code, rows in found.items()
        if rows or code in told
    ]


@register.filter
def summed(headcounts) -> str:
    """The sum of what was announced, where there is one."""
    together = sum_of([(each["capacity"], each["number"]) for each in headcounts])
    return sum_words(together) if together else ""


HEADINGS = {
    "point": gettext_lazy("Points"),
    "question": gettext_lazy("Questions"),
    "opportunity": gettext_lazy("Opportunities"),
    "threat": gettext_lazy("Threats"),
    "dilemma": gettext_lazy("Dilemmas"),
    "recommendation": gettext_lazy("Recommendations"),
    "reason": gettext_lazy("Reasons"),
    "promise": gettext_lazy("Promises"),
}


@register.filter
def note_kind(code) -> str:
    return str(Note.Kind(code).label)


@register.filter
def notes_heading(code) -> str:
    return str(HEADINGS[code])


@register.filter
def taken_up(code) -> str:
    return str(Suggestion.Taken(code).label)


@register.filter
def step_status(code) -> str:
    return str(ReviewStep.Status(code).label) if code else ""


@register.filter
def input_kind(code) -> str:
    return str(ReviewInput.Kind(code).label)


@register.filter
def step_days(step) -> str:
    return str(Span(step["starts_on"], step["ends_on"], ""))


@register.filter
def most_dots(options) -> int:
    """The length of the longest bar; one where nobody gave a dot."""
    return max([1, *(option["dots"] for option in options)])


@register.simple_tag
def timeline_of(steps):
    return timeline(steps)


@register.filter
def with_each(cells, retreats):
    """Each cell of a line with its retreat."""
    return zip(cells, retreats, strict=True)


@register.simple_tag(takes_context=True)
def who_said(context, note):
    """Who said it: the people named, whoever is named by a word, "for the whole item" if unsure."""
    people = linked(context, note["said_by"], "person")
    who = people or note["said_by_text"]
    if who and note["said_by_uncertain"]:
        return format_html("{}, {}", who, _("for the whole item"))
    return who

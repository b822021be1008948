"""What is told of people, groups and cities, in the words of a page."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from programmes.models import Membership, OrganisationRole
from wiego_review.common.dates import Span

register = template.Library()


@register.filter
def role_in_group(code) -> str:
    return str(Membership.Role(code).label)


@register.filter
def role_in_documents(code) -> str:
    return str(OrganisationRole.Role(code).label)


@register.filter
def stated(item, name) -> str:
    """A stated time: its day or days; only words as said stand in quotes."""
    span = span_of(item, name)
    return str(span) if span.on else quoted(span.text)


@register.filter
def stated_whole(item, name):
    """A stated time, and beside its days the words as said."""
    span = span_of(item, name)
    if not (span.on and span.text):
        return str(span) if span.on else quoted(span.text)
    return format_html('{} <span class="soft">{}: {}</span>', span, _("as said"), quoted(span.text))


def span_of(item, name) -> Span:
    on = item[f"{name}_on"] if f"{name}_on" in item else item[name]
    return Span(on, item[f"{name}_until"], item[f"{name}_text"])


def quoted(text) -> str:
    return f"“{text}”" if text else ""


@register.filter
def but(links, slug) -> list:
    """The links that lead elsewhere than to this record."""
    return [each for each in links if each["slug"] != slug]


@register.filter
def now_and_before(members, heading) -> list:
    """`[(heading, members)]`: those who are in it, then those whose time there is over."""
    now = [each for each in members if not is_over(each)]
    before = [each for each in members if is_over(each)]
    found = ((heading, now), (_("Formerly"), before))
    return [(words, items) for words, items in found if items]


def is_over(member) -> bool:
    last = member["ended_until"] or member["ended_on"]
    return last < timezone.localdate() if last else bool(member["ended_text"])


@register.filter
def of_kind(items, kind) -> list:
    return [each for each in items if each["kind"] == kind]


@register.filter
def by_pillar(points, pillars) -> list:
    """`(pillar or None, its points)`: those of no pillar first."""
    loose = [each for each in points if not each["pillar"]]
    found = [(each, [p for p in points if p["pillar"] == each["name"]]) for each in pillars]
    return ([(None, loose)] if loose else []) + found

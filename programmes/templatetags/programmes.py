"""What is told of people, groups and cities, in the words of a page."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.models import Membership, OrganisationRole
from wiego_review.common.templatetags.stated import stated, stated_whole

register = template.Library()
register.filter("stated", stated)
register.filter("stated_whole", stated_whole)


@register.filter
def role_in_group(code) -> str:
    return str(Membership.Role(code).label)


@register.filter
def role_in_documents(code) -> str:
    return str(OrganisationRole.Role(code).label)


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


@register.filter
def as_json(value) -> str:
    """For a script to read out of an attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(code) -> str:
    """A long code, easier to read off and to type; blanks in it are not looked at."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))

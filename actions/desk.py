"""Home: what waits for a reader, in blocks."""

from django.utils.translation import gettext as _

from .listings import LISTINGS
from .models import Assignment, FollowUp

ROWS = next(listing for listing in LISTINGS if listing.name == "follow-ups").rows
MOST = 50


def blocks(viewer) -> dict:
    """The blocks of the home page, by name; empty ones are left out by the page."""
    mine = FollowUp.objects.visible_to(viewer).not_ended()
    held = mine.filter(pk__in=[])
    if viewer.person_id:
        held = mine.held_by([viewer.user.person])
    held = held.with_quiet(viewer.today).order_by("due_sort", "order", "pk")
    return {
        "given": given(viewer),
        "waiting": rows(held.filter(quiet=False).exclude(kind="working_group"), viewer),
        "groups": rows(held.filter(kind="working_group", quiet=False), viewer),
        "quiet": rows(held.filter(quiet=True), viewer),
        "recorded": rows(recorded(viewer), viewer),
        "to_sort": to_sort(viewer),
    }


def rows(queryset, viewer):
    return ROWS.read(queryset.values_list("pk", flat=True)[:MOST], viewer)


def given(viewer):
    """What was given to the reader by somebody else and not answered."""
    if not viewer.person_id:
        return []
    asked = Assignment.objects.visible_to(viewer).unanswered(viewer.user)
    return list(asked.select_related("follow_up", "given_by__person")[:MOST])


def recorded(viewer):
    """What the reader wrote down for others, and is not ended."""
    written = FollowUp.objects.visible_to(viewer).not_ended().filter(created_by=viewer.user)
    if viewer.person_id:
        written = written.not_held_by([viewer.user.person])
    return written.order_by("due_sort", "order", "pk")


def to_sort(viewer):
    """For coordinators: how many have nobody, no date, or only a group. `{name: count}`."""
    if "coordinator" not in viewer.roles:
        return {}
    going = FollowUp.objects.visible_to(viewer).not_ended()
    found = {
        "no_lead": (_("with nobody named"), "no_lead=true", going.no_lead()),
        "no_due": (_("without a date"), "no_due=true", going.no_due().not_groups()),
        "group": (_("led by a group, nobody named"), "", going.led_by_group_only()),
    }
    counted = {
        name: {"words": words, "query": query, "count": queryset.count()}
        for name, (words, query, queryset) in found.items()
    }
    return {name: each for name, each in counted.items() if each["count"]}

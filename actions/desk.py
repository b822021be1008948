"""Home: what waits for a reader, in blocks."""

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext

from programmes.models import Membership
from retreats.models import Retreat
from wiego_review.common import refs

from .listings import LISTINGS
from .models import Assignment, FollowUp
from .sorting import to_sort

ROWS = next(listing for listing in LISTINGS if listing.name == "follow-ups").rows
MOST = 50


def blocks(viewer) -> dict:
    """The blocks of the home page, by name; empty ones are left out by the page."""
    asked = given(viewer)
    unanswered = {each.follow_up_id for each in asked}
    held = [each for each in held_by(viewer) if each.pk not in unanswered]
    lists = {
        "waiting": [each for each in held if not each.quiet and each.kind != "working_group"],
        "groups": [each for each in held if each.kind == "working_group"],
        "quiet": [each for each in held if each.quiet and each.kind != "working_group"],
        "recorded": list(recorded(viewer)[:MOST]),
    }
    told = rows(lists, viewer)
    add_next(told["groups"], viewer)
    return {
        "given": asked,
        **told,
        "to_sort": to_sort(viewer),
        "place": place(viewer),
        "agreed": agreed_lately(viewer),
    }


def held_by(viewer):
    """What the reader leads or is with, and is not ended: as much as the blocks need to know."""
    if not viewer.person_id:
        return []
    held = FollowUp.objects.visible_to(viewer).not_ended().held_by([viewer.user.person])
    return for_blocks(held, viewer)


def for_blocks(queryset, viewer):
    told = queryset.with_quiet(viewer.today).order_by("due_sort", "order", "pk")
    return told.values_list("pk", "kind", "quiet", named=True)


def rows(lists, viewer) -> dict:
    """The rows of all blocks, read at once."""
    lists = {name: found[:MOST] for name, found in lists.items()}
    ids = list(dict.fromkeys(each.pk for found in lists.values() for each in found))
    read = dict(zip(ids, ROWS.read(ids, viewer, without=("programmes",)), strict=True))
    return {name: [read[each.pk] for each in found] for name, found in lists.items()}


def add_next(groups, viewer):
    """To the rows of groups `next`: the first of their parts that is still to come, or None."""
    if not groups:
        return
    keys = {refs.from_ref(FollowUp.ref_prefix, row["ref"]): row for row in groups}
    coming = FollowUp.objects.visible_to(viewer).not_ended().parts_of(keys)
    for row in groups:
        row["next"] = None
    for part in coming.due_from(viewer.today).order_by("-due_sort", "-order", "pk"):
        keys[part.parent_id]["next"] = part


def place(viewer):
    """The reader's programmes and bodies of today, each once: `[{group, role}]`."""
    if not viewer.person_id:
        return []
    standing = Membership.objects.visible_to(viewer).standing(viewer.today)
    standing = standing.filter(person=viewer.person_id).select_related("body", "programme")
    roles = {}
    for each in standing:
        roles.setdefault(each.group, []).append(role_in(each))
    return [
        {
            "group": {"slug": group.slug, "name": group.name, "kind": group.kind_of_party},
            "role": ", ".join(filter(None, told)),
        }
        for group, told in roles.items()
    ]


def role_in(membership) -> str:
    """A title or a role, and nothing of those who are members and no more."""
    if membership.title or membership.role == Membership.Role.MEMBER:
        return membership.title
    return membership.get_role_display()


def agreed_lately(viewer):
    """The last retreat something was agreed at, else the last: `[{name, slug, counts}]`."""
    seen = FollowUp.objects.visible_to(viewer).agreed().filter(retreat=OuterRef("pk"))
    begun = Retreat.objects.visible_to(viewer).begun(viewer.today)
    told = begun.annotate(
        agreed=Exists(seen), issue_count=seen.issue_count(), group_count=seen.group_count()
    )
    retreat = told.order_by("-agreed", *begun.query.order_by).first()
    if retreat is None:
        return []
    counts = [
        (retreat.issue_count, ngettext("%(n)s issue", "%(n)s issues", retreat.issue_count or 0)),
        (retreat.group_count, ngettext("%(n)s group", "%(n)s groups", retreat.group_count or 0)),
    ]
    return [
        {
            "name": retreat.short_name,
            "slug": retreat.slug,
            "counts": [words % {"n": n} for n, words in counts if n],
        }
    ]


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
    return for_blocks(written, viewer)

"""What there is to tell one reader by mail: as Home has it, read as they may read it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType

from programmes.history import history_of
from programmes.models import Change, ChangeSet

from . import desk
from .models import Assignment, FollowUp, Update
from .templatetags.follow_ups import story

SOON = timedelta(days=14)
# What was written in one go has not one time to the second.
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Item:
    """A follow-up as a list row; the record for its policies, and why it is told."""

    row: dict
    follow_up: FollowUp
    assignment: Assignment | None = None
    happened: list = field(default_factory=list)


@dataclass(frozen=True)
class Digest:
    """The parts of one mail, `{name: items}`, and the keys of what is told for the first time."""

    parts: dict
    told: set

    def __bool__(self):
        return any(self.parts.values())


def monday(viewer, since, told) -> Digest:
    """What is late, due within two weeks, given and not answered, and has changed since."""
    asked, help_asked = given(viewer), asked_for_help(viewer, told)
    followed = held_by(viewer).exclude(pk__in=[each.follow_up_id for each in asked])
    held = followed.agreed()
    coming = held.not_ended().due_between(viewer.today, viewer.today + SOON)
    parts = {
        "late": keys(held.overdue(viewer.today)),
        "soon": keys(coming),
        "given": [each.follow_up_id for each in asked],
        "help": once(each.object_id for each in help_asked),
        "changed": changed(viewer, followed, since),
    }
    return digest(viewer, parts, asked, help_asked, since)


def news(viewer, told) -> Digest:
    """What was given or asked and no mail has told yet."""
    asked, help_asked = new_for(viewer, told)
    parts = {
        "given": [each.follow_up_id for each in asked],
        "help": once(each.object_id for each in help_asked),
    }
    return digest(viewer, parts, asked, help_asked)


def has_news(viewer, told) -> bool:
    """Whether there is any, before a mail is begun."""
    return any(new_for(viewer, told))


def new_for(viewer, told) -> tuple:
    asked = [each for each in given(viewer) if each.pk not in told]
    return asked, asked_for_help(viewer, told)


def digest(viewer, parts, asked, help_asked, since=None) -> Digest:
    """The items of all parts, whose keys are of what the reader sees; rows are read at once."""
    wanted = once(key for found in parts.values() for key in found)
    rows = dict(zip(wanted, desk.ROWS.read(wanted, viewer), strict=True))
    records = FollowUp.objects.for_policies().in_bulk(wanted)
    assignments = {each.follow_up_id: each for each in asked}
    begins = {"changed": dict.fromkeys(parts.get("changed", ()), since)}
    begins["help"] = {each.object_id: each.at - MOMENT for each in help_asked}
    made = {}
    for name, found in parts.items():
        for key in found:
            item = Item(rows[key], records[key], assignments.get(key))
            if begun := begins.get(name, {}).get(key):
                item = replace(item, happened=happened(item.follow_up, viewer, begun))
            made.setdefault(name, []).append(item)
    made["changed"] = [each for each in made.get("changed", ()) if each.happened]
    return Digest(made, {each.pk for each in (*asked, *help_asked)})


def once(found) -> list:
    return list(dict.fromkeys(found))


def keys(follow_ups) -> list:
    return list(follow_ups.order_by("due_sort", "order", "pk").values_list("pk", flat=True))


def held_by(viewer):
    """What the reader leads or is with, or a group leads that they answer for."""
    seen = FollowUp.objects.visible_to(viewer)
    own = seen.held_by([viewer.user.person])
    return seen.filter(pk__in=(own | seen.led_by(groups_of(viewer))).values("pk"))


def groups_of(viewer) -> list:
    """The programmes and bodies the reader is director or convener of today."""
    standing = viewer.user.person.memberships.standing(viewer.today).answering()
    standing = standing.select_related("body", "programme")
    return [each.group for each in standing]


def given(viewer) -> list:
    """What Home has as given, that goes on and of which there was word within a year."""
    asked = desk.given(viewer)
    going = FollowUp.objects.not_ended().not_quiet(viewer.today)
    going = set(keys(going.filter(pk__in=[each.follow_up_id for each in asked])))
    return [each for each in asked if each.follow_up_id in going]


def asked_for_help(viewer, told) -> list:
    """Who asked for help, and for what: to coordinators, where it still needs it, once."""
    if "coordinator" not in viewer.roles:
        return []
    waiting = FollowUp.objects.visible_to(viewer).needing_help().not_quiet(viewer.today)
    asked = ChangeSet.objects.of_verb("ask_help", FollowUp).exclude(by=viewer.user)
    asked = asked.filter(object_id__in=waiting.values("pk")).order_by("at", "pk")
    return [each for each in asked if each.pk not in told]


def changed(viewer, followed, since) -> list:
    """The keys of what the reader follows and somebody else changed."""
    followed = followed.not_quiet(viewer.today)
    return keys(followed.filter(pk__in=touched(followed, viewer, since)))


def touched(followed, viewer, since) -> set:
    """Of these, to which anything happened: to themselves, who has them, their updates.

    What of it the reader may know, `happened` says.
    """
    found = set()
    for model, path in ((FollowUp, "pk"), (Assignment, "follow_up"), (Update, "follow_up")):
        kind = ContentType.objects.get_for_model(model)
        others = Change.objects.after(since).not_by(viewer.user).filter(content_type=kind)
        rows = model.objects.filter(**{f"{path}__in": followed.values("pk")})
        rows = rows.filter(pk__in=others.values("object_id"))
        found.update(rows.values_list(path, flat=True))
    return found


def happened(follow_up, viewer, since) -> list:
    """The story of a follow-up since then, the latest first, without what the reader did."""
    updates = list(follow_up.updates.visible_to(viewer).select_related("by__person", "as_told_by"))
    also = list(follow_up.assignments.all())
    told = story({"viewer": viewer}, history_of(follow_up, viewer, also, updates), updates)
    return [each for each in told if each.at >= since and not (each.own or is_load(each))]


def is_load(told) -> bool:
    return getattr(told, "verb", "") == "load"

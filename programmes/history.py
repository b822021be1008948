"""The history of a record: its ChangeSets as plain sentences, for whoever may see them."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common.dates import day

from .models import PARTIES, Change, ChangeSet, Person
from .models.party import Party

HIDDEN = gettext_lazy("something you cannot open")


@dataclass(frozen=True)
class Entry:
    """One thing that happened: who, when, what in words, and why."""

    who: str
    at: object
    sentence: str
    details: list
    why: str
    via: str
    told: str
    verb: str = ""
    said: tuple = ()
    own: bool = False
    door: str = ""


NAME_ONLY = {"name", "met", "title"}


def history_of(record, viewer, also=(), words=()) -> list[Entry]:
    """What happened to a record and to `also` (its assignments, say), latest first.

    `words` are records that speak for themselves (its updates): an entry has those that came
    with it as `said`, and tells nothing else of them.
    """
    if not viewer.grains(record._meta.model_name) - NAME_ONLY:
        return []
    speaking = {each.pk: each for each in words}
    sets, told = {}, []
    for change in visible_changes([record, *also, *words], viewer):
        said = speaking.get(change.object_id)
        if said and change.version > 1:
            continue
        _set, changes, with_it = sets.setdefault(change.change_set_id, (change.change_set, [], []))
        if said:
            with_it.append(said)
        else:
            changes.append(change)
            told.append(change)
    names = Names(viewer, told)
    return [entry(one, changes, names, tuple(said)) for one, changes, said in sets.values()]


def visible_changes(records, viewer):
    """Changes of records the viewer sees, those left out that were sealed then."""
    if not records:
        return []
    found = Change.objects.none()
    by_type = {}
    for record in records:
        by_type.setdefault(ContentType.objects.get_for_model(record), []).append(record.pk)
    for content_type, keys in by_type.items():
        found |= Change.objects.filter(content_type=content_type, object_id__in=keys)
    if not viewer.board_open:
        found = found.filter(was_sealed=False)
    return list(
        found.select_related(
            "content_type", "change_set__by__person", "change_set__as_told_by"
        ).order_by("-change_set__at", "-change_set_id", "pk")
    )


class Names:
    """Keys in changes to names, one query a noun; hidden records are not named."""

    def __init__(self, viewer, changes):
        self.viewer = viewer
        self.wanted, self.found = {}, {}
        for change in changes:
            self.gather(change)
            self.gather_people(change)
        for model, keys in self.wanted.items():
            seen = model.objects
            if hasattr(seen.all(), "visible_to"):
                seen = seen.visible_to(viewer)
            self.found[model] = {each.pk: str(each) for each in seen.filter(pk__in=keys)}

    def gather(self, change):
        model = change.content_type.model_class()
        for name, pair in change.fields.items():
            for value in pair:
                for other, key in keys_in(model, name, value):
                    self.wanted.setdefault(other, set()).add(key)

    def gather_people(self, change):
        """Who did it and who told of it; a change not yet stored was done by nobody."""
        if change.change_set_id:
            told = change.change_set
            people = {told.by and told.by.person_id, told.as_told_by_id} - {None}
            self.wanted.setdefault(Person, set()).update(people)

    def account(self, user) -> str:
        """Whose account it is, as far as the viewer may know."""
        if user is None:
            return _("The system")
        if user.pk == self.viewer.user.pk:
            return self.viewer.account(user)
        return self.person(user.person_id, _("Somebody"))

    def person(self, key, hidden) -> str:
        return self.found.get(Person, {}).get(key, hidden)

    def of(self, model, key):
        return self.found.get(model, {}).get(key, str(HIDDEN))


def keys_in(model, name, value):
    """`(model, key)` of the records a value in a change stands for."""
    if name in ("leads", "supports"):
        for token in value or ():
            kind, _colon, key = token.partition(":")
            if kind in PARTIES:
                yield party_model(kind), int(key)
        return
    field = next((each for each in model._meta.get_fields() if each.name == name), None)
    if field is None or field.related_model is None or value in (None, []):
        return
    for key in value if isinstance(value, list) else [value]:
        yield field.related_model, key


def party_model(kind):
    return next(model for model in Party.__subclasses__() if model._meta.model_name == kind)


SENTENCES = {
    "load": gettext_lazy("Loaded from the documents"),
    "add": gettext_lazy("Added"),
    "add_follow_up": gettext_lazy("%(who)s wrote this down"),
    "edit": gettext_lazy("%(who)s changed it"),
    "edit_follow_up": gettext_lazy("%(who)s changed it"),
    "add_output": gettext_lazy("%(who)s added this"),
    "add_version": gettext_lazy("%(who)s added a newer file"),
    "edit_output": gettext_lazy("%(who)s changed it"),
    "update": gettext_lazy("%(who)s wrote an update"),
    "complete": gettext_lazy("%(who)s marked it done"),
    "ask_help": gettext_lazy("%(who)s asked for help"),
    "reopen": gettext_lazy("%(who)s took it up again"),
    "move_due": gettext_lazy("%(who)s moved the date"),
    "move": gettext_lazy("%(who)s moved the days of the retreat or meeting"),
    "assign": gettext_lazy("%(who)s gave it to somebody"),
    "unassign": gettext_lazy("%(who)s took somebody off"),
    "say_who": gettext_lazy("%(who)s said who a name is"),
    "take_back_who": gettext_lazy("%(who)s took back who a name is"),
    "leave_in_words": gettext_lazy("%(who)s said that it is nobody by name"),
    "take_back_words": gettext_lazy("%(who)s took back that it is nobody by name"),
    "accept": gettext_lazy("%(who)s said: OK, I have it"),
    "decline": gettext_lazy("%(who)s said: not me"),
    "rename": gettext_lazy("%(who)s set the name"),
    "merge": gettext_lazy("%(who)s put together two that are one"),
    "take_apart": gettext_lazy("%(who)s took apart two that are not one"),
    "split_off": gettext_lazy("%(who)s said that a spelling is somebody else’s"),
    "answer": gettext_lazy("%(who)s answered what was understood"),
    "link": gettext_lazy("%(who)s said that the two belong together"),
    "answer_link": gettext_lazy("%(who)s said whether the two belong together"),
    "attach": gettext_lazy("%(who)s attached the text, or took it out"),
    "anonymise": gettext_lazy("%(who)s took a name out"),
    "invite": gettext_lazy("%(who)s invited them"),
    "take_off_step": gettext_lazy("%(who)s took the second step off, because it was lost"),
    "set_account": gettext_lazy("%(who)s changed the account"),
    "set_mails": gettext_lazy("%(who)s chose which mails come"),
}


BEGINNINGS = ("load", "add", "add_follow_up", "add_output")


def entry(change_set, changes, names, said=()) -> Entry:
    who = names.account(change_set.by)
    sentence = SENTENCES.get(change_set.verb, gettext_lazy("%(who)s changed it"))
    if change_set.verb in TOLD_ONCE:
        changes = [each for each in changes if set(HOLDERS) & set(each.fields)] or changes
    details = [] if change_set.verb in BEGINNINGS else [
        line for change in changes for line in lines_of(change, names)
    ]  # fmt: skip
    told = ""
    if change_set.as_told_by:
        teller = names.person(change_set.as_told_by_id, _("somebody"))
        told = _("as told by %(name)s") % {"name": teller}
        told = f"{told} {change_set.get_told_how_display()}".strip()
    return Entry(
        who=who,
        at=change_set.at,
        sentence=str(sentence) % {"who": who},
        details=details,
        why=change_set.why,
        via=change_set.get_via_display(),
        told=told,
        verb=change_set.verb,
        said=said,
        own=change_set.by_id == names.viewer.user.pk,
        door=_("by mail") if change_set.via == ChangeSet.Via.MAIL else "",
    )


def lines_of(change, names):
    """What changed on one record, a line a field: `By when: 7 Jun 2017 → 19 Jun 2017`."""
    model = change.content_type.model_class()
    known = [each.name for each in (*model._meta.fields, *model._meta.many_to_many)]
    for name in sorted(change.fields, key=[*known, *LABELS].index):
        if name in QUIETLY:
            continue
        before, after = change.fields[name]
        if before == after:  # what stood there is not told any more
            continue
        label = LABELS.get(name) or field_label(model, name)
        before, after = (in_words(model, name, each, names) for each in (before, after))
        yield f"{label}: {before or '–'} → {after or '–'}"


QUIETLY = {
    "answered_at",
    "given_by",
    "order",
    "follow_up",
    "by",
    "at",
    "created_by",
    "name_set",
    "slug",
}
LABELS = {
    "leads": gettext_lazy("Lead"),
    "supports": gettext_lazy("With"),
    "merged": gettext_lazy("Together with"),
    "aliases": gettext_lazy("Also written as"),
    "second_step": gettext_lazy("Second step"),
}
STEPS = {
    "totp": gettext_lazy("app"),
    "webauthn": gettext_lazy("passkey"),
    "recovery_codes": gettext_lazy("recovery codes"),
}
HOLDERS = ("leads", "supports")
# What a follow-up tells of who has it is not told of their assignment again.
TOLD_ONCE = ("say_who", "take_back_who")


def field_label(model, name):
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def in_words(model, name, value, names) -> str:
    """A stored value as its reader says it."""
    if value in (None, "", []):
        return ""
    if name in ("leads", "supports"):
        return "; ".join(token_words(token, names) for token in value)
    if name == "second_step":
        return "; ".join(str(STEPS[kind]) for kind in value)
    keys = list(keys_in(model, name, value))
    if keys:
        return "; ".join(names.of(other, key) for other, key in keys)
    field = model._meta.get_field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.get_internal_type() in ("DateField", "DateTimeField"):
        return day(field.to_python(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def token_words(token, names):
    kind, _colon, key = token.partition(":")
    return names.of(party_model(kind), int(key)) if kind in PARTIES else key


def conflict_lines(conflict, viewer) -> list[dict]:
    """A conflict in words: `{name, label, mine, theirs, before}` for each field."""
    model = type(conflict.record)
    content_type = ContentType.objects.get_for_model(model)
    pairs = {name: [told["mine"], told["theirs"]] for name, told in conflict.fields.items()}
    befores = {name: [told["before"], None] for name, told in conflict.fields.items()}
    changes = [Change(content_type=content_type, fields=each) for each in (pairs, befores)]
    names = Names(viewer, changes)
    return [
        {
            "name": name,
            "label": LABELS.get(name) or field_label(model, name),
            **{side: in_words(model, name, value, names) for side, value in told.items()},
        }
        for name, told in conflict.fields.items()
    ]


def conflict_values(conflict, viewer) -> dict:
    """A conflict in the form in which a program sends the fields: slugs and refs, no keys."""
    model = type(conflict.record)
    return {
        name: {side: sent_form(model, name, value, viewer) for side, value in told.items()}
        for name, told in conflict.fields.items()
    }


def sent_form(model, name, value, viewer):
    """A stored value as it is sent; what the viewer may not see is left out."""
    keys = list(keys_in(model, name, value))
    texts = (
        [each[5:] for each in value or () if each.startswith("text:")] if name in HOLDERS else []
    )
    if not keys and not texts:
        return value
    found = [key_of(*key, viewer) for key in keys]
    found = [each for each in found if each] + [{"text": text} for text in texts]
    if isinstance(value, list):
        return found
    return found[0] if found else None


def key_of(model, key, viewer):
    record = model.objects.visible_to(viewer).filter(pk=key).first()
    return record and (record.ref if record.ref_prefix else record.slug)

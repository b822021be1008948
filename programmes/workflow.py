"""The verbs of the ground floor, `add` and `edit` of any noun among them."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from wiego_review.common import floors
from wiego_review.common.errors import Refused
from wiego_review.common.kept_words import keep_words
from wiego_review.common.text import fold, search_text

from . import anonymising, merging, sessions
from .documents import numbered
from .models import PARTIES, AccessToken, Alias, Passage, Person, Seed, User
from .models.changeset import Change
from .models.party import Slugged
from .recording import encode, value_of, verb


def split_many(model, values: dict) -> tuple[dict, dict]:
    """`values` as (plain columns, many-valued relations)."""
    many = {field.name for field in model._meta.many_to_many}
    return (
        {name: value for name, value in values.items() if name not in many},
        {name: value for name, value in values.items() if name in many},
    )


@verb
def add(act, model, **values):
    """A new record of a noun that has no verb of its own for it."""
    return add_record(act, model, values)


def add_record(act, model, values):
    plain, many = split_many(model, values)
    record = act.create(model, many=many, **plain)
    after_write(act, record)
    return record


@verb
def edit(act, record, **values):
    """Change fields of a record; with `version`, merged with what others did since."""
    record = act.take(record)
    floors.follow_through(f"before_edit_{record._meta.model_name}", act, record, **values)
    act.change(record, **values)
    after_write(act, record)
    return record


def after_write(act, record):
    """Keep what is computed from a record true: its search text, and what floors above keep."""
    owner = record.owner if isinstance(record, Alias) else record
    if isinstance(owner, Slugged):
        refresh_search(owner, new=owner is record and record.version == 1)
    floors.follow_through("written", act, record)


def refresh_search(record: Slugged, new=False) -> None:
    """Store the folded name and spellings of a record, for `contains`."""
    found = search_text(*record.found_by())
    same = type(record).objects.filter(pk=record.pk)
    if same.exclude(search_text=found).update(search_text=found):
        keep_words(record, new)


@verb
def rename(act, person, *, name):
    """Set a person's shown name, by themselves or a coordinator; the old one stays a spelling."""
    person = act.take(person)
    others = type(person).objects.listed().known_as(name, Alias.objects.all())
    if other := others.exclude(pk=person.pk).first():
        told = _(
            "%(other)s has this name here. Add what tells the two apart; "
            "if they are one, a coordinator can put them together."
        )
        raise Refused(told % {"other": other})
    before = person.name
    act.change(person, name=name.strip(), name_set=True, name_uncertain=False)
    if before != person.name and not person.aliases.filter(name=before).exists():
        act.create(Alias, name=before, person=person)
    after_write(act, person)
    return person


@verb
def anonymise(act, person):
    """They left: what they did stays, and their name stands nowhere any more."""
    person = act.take(person)
    anonymising.refuse(person)
    floors.follow_through("before_anonymise", act, person)
    names = anonymising.Names(person)
    anonymising.take_out(act, names)
    floors.follow_through("anonymise", act, person, names=names)
    refresh_both(act, *names.people)
    return Person.objects.get(pk=person.pk)


@verb
def merge(act, one, *, into):
    """The two are one: what is told of `one` is told of `into` from now on."""
    one, into = act.take(one), act.take(into)
    merging.refuse_merge(act, one, into)
    floors.follow_through("merge", act, one, into=into)
    act.change(act.take(one), merged_into=into)
    act.tell(act.take(into), {"merged": [None, one.pk]})
    refresh_both(act, one, into)
    return one


@verb
def take_apart(act, one):
    """They are two after all: everything stands again where it stood before `merge`."""
    one = act.take(one)
    done = merging.merge_of(one)
    merging.refuse_apart(one, done)
    into = one.merged_into
    act.change_set.undo_of = done
    merging.move_back(act, done, into)
    floors.follow_through("take_apart", act, one, done=done)
    act.tell(act.take(into), {"merged": [one.pk, None]})
    refresh_both(act, one, into)
    return one


@verb
def split_off(act, alias, *, to=None):
    """This spelling is somebody else's: one who is known, or one new by this name."""
    alias = act.take(alias)
    owner = act.take(alias.owner)
    to = act.take(to) if to else add_record(act, type(owner), {"name": alias.name})
    if to == owner:
        raise Refused(_("This is the same one. Choose another."))
    act.change(alias, **{party_of(owner): to})
    act.tell(owner, {"aliases": [[alias.pk], []]})
    act.tell(to, {"aliases": [[], [alias.pk]]})
    refresh_both(act, owner, to)
    return to


def refresh_both(act, *parties):
    """What is found by their names, as they stand now."""
    for party in parties:
        after_write(act, type(party)._base_manager.get(pk=party.pk))


@verb
def invite(act, *, email, roles, person=None, zone="UTC", language="en"):
    """A new account without a password. The door mails the link that sets one."""
    user = act.create(
        User, email=email.strip().lower(), person=person, timezone=zone, language=language,
        password="!", many={"groups": roles},
    )  # fmt: skip
    floors.follow_through("invite", act, user, groups=roles, new=True)
    user.set_unusable_password()
    user.save()
    return user


@verb
def take_off_step(act, user):
    """Somebody lost their second step: it is taken off, and they are signed out everywhere."""
    user = act.take(user)
    held = sorted(user.authenticator_set.values_list("type", flat=True))
    if not held:
        raise Refused(_("%(email)s has no second step.") % {"email": user.email})
    user.authenticator_set.all().delete()
    sessions.end_all(user)
    act.tell(user, {"second_step": [held, []]})
    return user


@verb
def set_account(act, user, *, timezone, language):
    """One's own zone and language."""
    user = act.take(user)
    act.change(user, timezone=timezone, language=language)
    return user


@verb
def set_mails(act, user, **switches):
    """Which mails come by themselves: `mails_monday=False` and the like."""
    user = act.take(user)
    act.change(user, **switches)
    return user


def changed_by_people(record) -> set[str]:
    """The fields of a record somebody set since it was loaded, with those that go with them."""
    changes = Change.objects.of(record).select_related("change_set").order_by("version")
    latest = {}
    for change in changes:
        for name in change.fields:
            latest[name] = change.change_set.verb
    changed = {name for name, last in latest.items() if last != "load"}
    for names in getattr(type(record), "told_together", ()):
        changed |= set(names) if changed.intersection(names) else set()
    return changed


def load_record(act, key: str, record, model: type[models.Model], values: dict, report):
    """One fixture record, under its natural key: added, brought up to date, or left alone.

    `record` is what an earlier load made of it, or None.
    `report(outcome, key, fields)` hears `added`, `changed`, `same` or `kept` (changed here since).
    """
    if record is None:
        record = add_record(act, model, values)
        kind = ContentType.objects.get_for_model(model)
        Seed.objects.create(key=key, content_type=kind, object_id=record.pk)
        report("added", key, ())
        return record
    if all(value_of(record, name) == encode(value) for name, value in values.items()):
        report("same", key, ())
        return record
    return bring_up_to_date(act, key, record, values, report)


def bring_up_to_date(act, key, record, values, report):
    """Write what the fixture says anew, except where people said something else since."""
    record = act.take(record)
    kept = changed_by_people(record) & values.keys()
    before = record.version
    act.change(record, **{name: value for name, value in values.items() if name not in kept})
    if record.version != before:
        after_write(act, record)
    report("kept" if kept else "changed", key, kept)
    return record


@verb
def answer(act, understanding, *, answer):
    """Say yes or no to what was understood and not said; floors above draw what follows."""
    understanding = act.take(understanding)
    if understanding.answer:
        raise Refused(_("This is answered already. Undo the answer to give another."))
    merging.put_answer(act, understanding, answer)
    floors.follow_through("answer", act, understanding)
    return understanding


@verb
def reopen(act, understanding):
    """Take an answer back, and with it what followed from it."""
    understanding = act.take(understanding)
    if not understanding.answer:
        raise Refused(_("This has no answer to take back."))
    floors.follow_through("reopen", act, understanding)
    merging.clear_answer(act, understanding)
    return understanding


@verb
def attach(act, document, *, text):
    """Keep the text of a source document, or take it out again (an empty one).

    History tells that it was done; the text itself is only here.
    """
    document = act.take(document)
    act.change_derived(document, text=text)
    put_passages(document)
    act.tell(document, {})
    return document


def put_passages(document) -> None:
    """Let each line of a text with words be found for itself."""
    document.passages.all().delete()
    Passage.objects.bulk_create(
        Passage(document=document, line=number, text=line, search_text=folded)
        for number, line in numbered(document.text)
        if (folded := fold(line))
    )


def search_parts(party) -> list[str]:
    """All spellings of a person, programme, body or organisation."""
    return party.spellings()


def party_of(record) -> str:
    """Which of the four a party is, as the name of the foreign key to it."""
    name = record._meta.model_name
    if name not in PARTIES:
        raise ValueError(f"{name} leads nothing")
    return name


def grant_access(user, *, name, expiry):
    """A new token for a program; returns its secret, which is nowhere else to be read."""
    if user.lacks_second_step:
        raise Refused(_("Set up a second step first, in your account."))
    _token, secret = AccessToken.objects.create(user=user, expiry=expiry, name=name)
    return secret


def end_access(token):
    """Revoke a program's access from now on."""
    token.expiry = timezone.now()
    token.save(update_fields=["expiry"])


def end_access_of(user):
    """Sign out everywhere, end the programs' access, and forget second steps and their codes."""
    sessions.end_all(user)
    now = timezone.now()
    user.auth_token_set.filter(expiry__gt=now).update(expiry=now)
    user.auth_token_set.filter(expiry__isnull=True).update(expiry=now)
    user.authenticator_set.all().delete()

"""How a verb writes: one transaction, one ChangeSet, a Change per record, a version each.

    @verb
    def complete(act, follow_up, *, …):
        follow_up = act.take(follow_up)
        act.change(follow_up, state="done")
        return follow_up

is called `complete(follow_up, by=user, via="rest", key="…", version=3, why="…")`. With a key
comes `sent`, what the door was sent, as JSON; where it says nothing, the verb's own arguments.
"""

import json
import logging
from datetime import date, datetime
from functools import wraps

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wiego_review.common.errors import Conflict, KeyUsed, Refused, Repeated
from wiego_review.common.kept import note_kept
from wiego_review.common.kept_words import keep_words
from wiego_review.common.record import has_seal, points_at_sealed
from wiego_review.common.text import seen

from .models.changeset import Change, ChangeSet

log = logging.getLogger(__name__)

UNRECORDED = {
    "id",
    "version",
    "created_at",
    "updated_at",
    "search_text",
    "sort_key",
    "position",
    "key",
    "stored_as",
    "password",
    "last_login",
}
ACT = ("by", "via", "key", "version", "as_told_by", "told_how", "why")


def encode(value):
    """A field's value as JSON: a record is its key, a day its ISO form."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return sorted((encode(each) for each in value), key=str)
    return value


def recorded_fields(model) -> list:
    """The columns a Change tells of: what a person or a document said."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in UNRECORDED and not field.generated
    ]


def value_of(record, name: str):
    """What a record holds now in a field, many-valued ones included, encoded."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        return encode(getattr(record, name).all())
    return encode(getattr(record, field.attname))


class Act:
    """One verb being done. Everything it writes goes through here."""

    def __init__(self, name, *, by, via, key="", version=None, **told):
        self.version = version
        self.subject = None
        self.change_set = ChangeSet(verb=name, by=by, via=via, key=key, **told)
        self.saved = False
        if key:
            self.claim_key()

    @property
    def by(self):
        return self.change_set.by

    def claim_key(self):
        """Write the ChangeSet first: a second one with the same key waits here, then fails."""
        try:
            with transaction.atomic():
                self.save_change_set()
        except IntegrityError:
            done = ChangeSet.objects.filter(by=self.by, key=self.change_set.key).first()
            if done is None:
                raise
            raise Repeated(done) from None

    def save_change_set(self):
        self.change_set.save()
        self.saved = True
        transaction.on_commit(note_kept)

    def take(self, record):
        """The record as it stands now, locked until the verb ends. It becomes the subject."""
        rows = record._meta.model._base_manager  # a request's user is no User by its type
        fresh = rows.select_for_update(of=("self",)).get(pk=record.pk)
        self.subject = self.subject or fresh
        return fresh

    def create(self, model, *, many=None, **values):
        """A new record, checked and written, with its first Change.

        What is born of a Board-only record is Board only.
        """
        record = model(**values)
        if has_seal(model) and points_at_sealed(record):
            record.sealed = True
        refuse_sealed(record, many or {})
        record.full_clean()
        record.save()
        for name, chosen in (many or {}).items():
            getattr(record, name).set(chosen)
        self.subject = self.subject or record
        told = {
            field.name: [None, value_of(record, field.name)] for field in recorded_fields(model)
        }
        told |= {name: [None, value_of(record, name)] for name in many or {}}
        self.note(record, {name: pair for name, pair in told.items() if pair[1] not in EMPTY})
        return record

    def change(self, record, *, derived=None, **values):
        """Set fields of a taken record; merge with what others did since the version sent.

        `derived` are values that follow from others (a search text): stored, not told.
        Raises Conflict where the same field was changed by someone else.
        """
        values = self.merged(record, values)
        told = {}
        for name, value in values.items():
            before, after = value_of(record, name), encode(value)
            if before != after:
                told[name] = [before, after]
        self.write(record, {name: values[name] for name in told}, derived or {}, told)
        return record

    def write(self, record, values, derived, told):
        if not told and not derived:
            return
        plain = {name: v for name, v in values.items() if not is_many(record, name)}
        for name, value in {**plain, **derived}.items():
            setattr(record, name, value)
        if told:
            refuse_sealed(record, values)
            record.version += 1
            record.full_clean()
        record.save()
        for name in values.keys() - plain.keys():
            getattr(record, name).set(values[name])
        if told:
            self.note(record, told)

    def merged(self, record, values):
        """`values` less what is stale; Conflict where both changed the same field apart."""
        now = {name: value_of(record, name) for name in values}
        return self.merge(record, values, now)

    def merge(self, record, values, now):
        """As `merged`, for values whose present state (`now`) is no column of the record."""
        if self.version is None or record is not self.subject:
            return values
        since = self.before_others(record)
        kept, clashes = {}, {}
        for name, value in values.items():
            mine, theirs = encode(value), now[name]
            before = since.get(name, theirs)
            if name in since and (mine in (before, theirs) or not (mine or before)):
                continue
            if name in since and theirs != before:
                clashes[name] = {"mine": mine, "theirs": theirs, "before": before}
            kept[name] = value
        if clashes:
            raise Conflict(record, clashes)
        return kept

    def before_others(self, record) -> dict:
        """`{field: its value at the version sent}` for what was changed since then."""
        if not 1 <= self.version <= record.version:
            raise ValidationError({"version": _("This record has no such version. Load it anew.")})
        since = {}
        for change in Change.objects.of(record).since(self.version):
            for name, (before, _after) in change.fields.items():
                since.setdefault(name, before)
        return since

    def change_derived(self, record, **values):
        """Set columns that follow from others: stored with the record, not told again."""
        self.write(record, {}, values, {})

    def tell(self, record, told):
        """A Change that is told of a record though its own columns stay: who leads it, say."""
        record.version += 1
        record.save()
        self.note(record, told)

    def note(self, record, told):
        if not self.saved:
            self.save_change_set()
        keep_words(record, new=record.version == 1)
        Change.objects.create(
            change_set=self.change_set,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            version=record.version,
            fields=told,
            was_sealed=getattr(record, "sealed", False),
        )

    def close(self, result):
        """Remember what the verb was about, so that its repetition answers the same."""
        subject = result if isinstance(result, models.Model) else self.subject
        if self.saved and subject is not None:
            self.change_set.content_type = ContentType.objects.get_for_model(subject)
            self.change_set.object_id = subject.pk
            self.change_set.save()


EMPTY = (None, "", [], False)
USED = gettext_noop(
    "This page was saved before, with something else on it. What it holds now is not saved. "
    "Look at what was saved; to save this as well, press once more."
)


def refuse_sealed(record, values) -> None:
    """What is open never points at what is Board only: it would tell that it is there."""
    if not has_seal(type(record)) or record.sealed:
        return
    wrong = points_at_sealed(record)
    wrong += [
        name
        for name, value in values.items()
        if is_many(record, name) and any(getattr(each, "sealed", False) for each in value)
    ]
    if wrong:
        told = _("This is Board only. What everybody sees cannot refer to it.")
        raise ValidationError(dict.fromkeys(wrong, told))


def is_many(record, name: str) -> bool:
    return record._meta.get_field(name).many_to_many


def digest_of(name, args, sent) -> str:
    """What tells one sending from another: the verb, the record and what was sent.

    Made with the installation's secret: nobody can try out what a sealed text may have been.
    """
    told = json.dumps([name, args, sent], sort_keys=True, default=plain)
    return salted_hmac("programmes.recording.digest_of", told, algorithm="sha256").hexdigest()


def plain(value):
    """What `json.dumps` cannot write: a record is its noun and key, a day its ISO form."""
    if isinstance(value, models.Model):
        return [value._meta.label, value.pk]
    if isinstance(value, models.QuerySet | set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    return str(value)


def as_seen(value):
    """A text, or each of a list, as its readers will see it."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, list | tuple):
        return [as_seen(each) for each in value]
    return value


def verb(function):
    """Make `function(act, …)` a verb: called without `act`, with `by=` and what `ACT` names.

    Raises Refused, Conflict or ValidationError; then nothing is written. With a key that has
    done its work, returns the record that work was about; with something else under that key
    raises KeyUsed.
    """
    name = function.__name__

    @wraps(function)
    def call(*args, by, via="page", **kwargs):
        sent = kwargs.pop("sent", dict(kwargs))
        kwargs = {each: as_seen(value) for each, value in kwargs.items()}
        told = {each: kwargs.pop(each) for each in ACT if each in kwargs}
        if told.get("key"):
            told["digest"] = digest_of(name, args, sent)
        try:
            with transaction.atomic():
                act = Act(name, by=by, via=via, **told)
                result = function(act, *args, **kwargs)
                act.close(result)
                return result
        except Repeated as repeated:
            if repeated.change_set.digest != told["digest"]:
                raise KeyUsed(_(USED)) from None
            return repeated.change_set.record
        except IntegrityError:
            log.warning("%s met another write", name, exc_info=True)
            raise Refused(
                _("Somebody saved the same at this moment. Look at it, then try again.")
            ) from None

    return call

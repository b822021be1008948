"""What the documents do not agree on, and what was understood and not said."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import KeyedQuerySet, Record

from .groups import OpenQuerySet
from .source import OfRecords, Source


class ContradictionQuerySet(OpenQuerySet):
    def in_documents(self, documents):
        """Those with a place in one of these documents."""
        kind = ContentType.objects.get_for_model(self.model)
        places = Source.objects.filter(content_type=kind, document__in=documents)
        return self.filter(pk__in=places.values("object_id"))


class Contradiction(Record):
    """Two or more places that do not agree, kept as they are. Its sources are the places."""

    ref_prefix = "C"

    class Kind(models.TextChoices):
        NUMBER = "number", _("Numbers")
        SPELLING = "spelling", _("Spellings")
        TWO_NAMES = "two_names", _("Two names of one thing")
        ABSENT = "absent", _("Given to somebody absent")
        DATE = "date", _("Dates")
        ORDER = "order", _("Order")
        RENAMED = "renamed", _("Renamed or not held")
        SCOPE = "scope", _("How far it goes")
        WORDING = "wording", _("Wording")
        GAP = "gap", _("Something missing")
        REMARK = "remark", _("A small oddity")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("what does not agree"))
    search_text = models.TextField(editable=False, blank=True)

    objects = ContradictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        ordering = ["kind", "id"]

    def __str__(self):
        return self.text


class ConcernQuerySet(OfRecords, KeyedQuerySet):
    """Seen where the contradiction is seen."""


class Concern(Record):
    """A record a contradiction stands beside."""

    contradiction = models.ForeignKey(Contradiction, models.PROTECT, related_name="concerns")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="concern_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["contradiction", "content_type", "object_id"], name="concern_once"
            )
        ]

    def __str__(self):
        return str(self.record)


class UnderstandingQuerySet(OpenQuerySet):
    def about(self, content_type, object_id):
        """Those of this record, or that bring it together with another."""
        return self.filter(
            Q(content_type=content_type, object_id=object_id)
            | Q(other_type=content_type, other_id=object_id)
        )

    def same_of(self, model, ids) -> dict:
        """Which others of a noun these were understood, with a yes, to be one with."""
        kind = ContentType.objects.get_for_model(model)
        agreed = self.filter(answer="yes", content_type=kind, other_type=kind)
        agreed = agreed.filter(Q(object_id__in=ids) | Q(other_id__in=ids))
        found = {}
        for one, other in agreed.order_by("pk").values_list("object_id", "other_id"):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return found

    def unanswered(self, yes=True):
        return self.filter(answer="") if yes else self.exclude(answer="")


class Understanding(Record):
    """What was understood from the documents and not said: a suggestion, with yes and no."""

    ref_prefix = "K"

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    other_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_id = models.BigIntegerField(null=True, blank=True)
    other = GenericForeignKey("other_type", "other_id")
    text = models.TextField(_("understood as"))
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        "User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = UnderstandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("understood, not said")
        verbose_name_plural = _("understood, not said")
        ordering = ["answer", "id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="understood_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="understanding_answer_whole",
                violation_error_message=_("An answer is somebody's, at some time."),
            ),
            models.CheckConstraint(
                condition=Q(other_type__isnull=True, other_id__isnull=True)
                | Q(other_type__isnull=False, other_id__isnull=False),
                name="understanding_other_whole",
                violation_error_message=_("Choose both the kind and the record, or neither."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def keys(self) -> list[tuple]:
        """The records it is about, as `(type, id)`: one, or the two it brings together."""
        other = [(self.other_type_id, self.other_id)] if self.other_id else []
        return [(self.content_type_id, self.object_id), *other]

"""Where a fact stands, and which record a fixture became."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import KeyedQuerySet, Record, Searched

from .groups import OpenQuerySet


class OfRecords(models.QuerySet):
    """Rows that hang on any record by content type and id."""

    def of(self, record):
        return self.filter(
            content_type=ContentType.objects.get_for_model(record), object_id=record.pk
        )


class DocumentQuerySet(OpenQuerySet):
    def with_attached(self):
        """Each with `attached`: whether an operator put its text here."""
        return self.annotate(attached=Case(When(text="", then=False), default=True))


class SourceDocument(Searched, Record):
    """A document facts were read from. Its text is here only where an operator attached it."""

    searched = ("title",)

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    text = models.TextField(_("text"), blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ["dated_on", "slug"]

    def __str__(self):
        return self.title


class Passage(Record):
    """A line of an attached text, to be found by its words. It comes and goes with the text."""

    document = models.ForeignKey(SourceDocument, models.PROTECT, related_name="passages")
    line = models.PositiveIntegerField(_("line"))
    text = models.TextField(_("text"))
    search_text = models.TextField(editable=False)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a document")
        verbose_name_plural = _("lines of documents")
        ordering = ["document_id", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "line"],
                name="passage_line_once",
                violation_error_message=_("A line of a document stands in it once."),
            )
        ]

    def __str__(self):
        return self.text


class SourceQuerySet(OfRecords, KeyedQuerySet):
    """Seen where the record is seen."""


class Source(Record):
    """The place of a record in a document: heading, first and last line (from 1)."""

    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    document = models.ForeignKey(SourceDocument, models.PROTECT, related_name="sources")
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    first_line = models.PositiveIntegerField(_("first line"))
    last_line = models.PositiveIntegerField(_("last line"))
    said_as = models.CharField(_("in the document's words"), max_length=250, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a document")
        verbose_name_plural = _("places in documents")
        ordering = ["document__dated_on", "first_line", "id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="source_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_line__gte=1) & Q(last_line__gte=F("first_line")),
                name="source_lines_ordered",
                violation_error_message=_("Lines count from 1, the last not before the first."),
            )
        ]

    def __str__(self):
        return f"{self.document}, {self.first_line}–{self.last_line}"


class Seed(models.Model):
    """The record a fixture's natural key stands for, so that loading again finds it."""

    key = models.CharField(max_length=200, unique=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()

    objects = OfRecords.as_manager()

    def __str__(self):
        return self.key

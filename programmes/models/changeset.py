from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from wiego_review.common.record import KeyedQuerySet, Record

from .source import OfRecords


class ChangeSetQuerySet(KeyedQuerySet):
    def of_verb(self, verb, model):
        """This verb, done to records of this model."""
        return self.filter(verb=verb, content_type=ContentType.objects.get_for_model(model))


class ChangeSet(Record):
    """One verb, done once: who, when, why, through which door. History, undo and audit in one."""

    class Via(models.TextChoices):
        PAGE = "page", _("on a page")
        REST = "rest", _("by a program")
        ADMIN = "admin", _("in the admin")
        SHEET = "sheet", _("from a spreadsheet")
        MAIL = "mail", _("from a mail")
        COMMAND = "command", _("on the command line")

    class Told(models.TextChoices):
        PHONE = "phone", _("by phone")
        MAIL = "mail", _("by mail")
        MEETING = "meeting", _("in the meeting")

    verb = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    as_told_by = models.ForeignKey(
        "Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_how = models.CharField(max_length=10, choices=Told, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    why = models.TextField(blank=True)
    via = models.CharField(max_length=10, choices=Via)
    undo_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True)
    key = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True)
    object_id = models.BigIntegerField(null=True)
    record = GenericForeignKey()

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "key"],
                condition=~models.Q(key=""),
                name="change_set_key_once",
                violation_error_message=_("This was sent and saved already."),
            ),
            # Each null is a different one to a unique constraint: commands have nobody's name.
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(by__isnull=True) & ~models.Q(key=""),
                name="change_set_key_once_by_nobody",
                violation_error_message=_("This was sent and saved already."),
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class ChangeQuerySet(OfRecords):
    def after(self, moment):
        """What people did since then; what was loaded from the documents nobody did."""
        return self.filter(change_set__at__gt=moment).exclude(change_set__verb="load")

    def not_by(self, user):
        return self.exclude(change_set__by=user)

    def since(self, version: int):
        """What happened to a record after this version, oldest first."""
        return self.filter(version__gt=version).order_by("version")


class Change(models.Model):
    """What a verb did to one record: its new version and `{field: [from, to]}`."""

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="changes")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    version = models.PositiveIntegerField()
    fields = models.JSONField()
    was_sealed = models.BooleanField(default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "version"], name="change_version_once"
            )
        ]

    def __str__(self):
        return f"{self.content_type} {self.object_id} v{self.version}"

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiego_review.common.file_kinds import IN_PLACE, PICTURES, FileType
from wiego_review.common.files import path_of
from wiego_review.common.record import Record, RecordQuerySet

from .output import Output, OutputQuerySet

NOT_TAKEN = _("This kind of file is not taken here.")
UNTOLD = _("A file has a name and a checksum.")


def of_output(grain):
    """A grain of papers, for what hangs on them: seen where its paper is."""
    return lambda viewer: Q(output__in=Output.objects.filter(grain(viewer)).values("pk"))


class OutputVersionQuerySet(RecordQuerySet):
    GRAINS = {name: of_output(grain) for name, grain in OutputQuerySet.GRAINS.items()}

    def with_key(self, key):
        return self.filter(pk=key or 0).first()

    def stored(self, stored_as: str) -> bool:
        """Whether a row stands for this file."""
        return self.filter(stored_as=stored_as).exists()

    def newest(self, output):
        return self.numbered(output, output.newest)

    def numbered(self, output, number: int):
        return self.filter(output=output, number=number).first()


class OutputVersion(Record):
    """A file of a paper. A newer one keeps the older; none is changed or taken away."""

    ref_prefix = "V"

    output = models.ForeignKey(
        Output, models.PROTECT, related_name="versions", verbose_name=_("paper or file")
    )
    number = models.PositiveIntegerField(_("number"))
    stored_as = models.CharField(max_length=100, unique=True, editable=False)
    name = models.CharField(_("name of the file"), max_length=200, error_messages={"blank": UNTOLD})
    type = models.CharField(
        _("type"),
        max_length=100,
        choices=FileType,
        error_messages={"invalid_choice": NOT_TAKEN},
    )
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(
        _("checksum (SHA-256)"), max_length=64, error_messages={"blank": UNTOLD}
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    at = models.DateTimeField(_("added"), default=timezone.now)

    objects = OutputVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a paper")
        verbose_name_plural = _("files of papers")
        ordering = ["output_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["output", "number"],
                name="outputversion_number_once",
                violation_error_message=_(
                    "Somebody added a newer version at this moment. Look at it, then try again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="outputversion_counted_from_one",
                violation_error_message=_("The files of a paper are counted from 1."),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1),
                name="outputversion_not_empty",
                violation_error_message=_("This file is empty. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(type__in=FileType.values),
                name="outputversion_type_taken",
                violation_error_message=NOT_TAKEN,
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(sha256=""),
                name="outputversion_told",
                violation_error_message=UNTOLD,
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def sealed(self) -> bool:
        """As its paper: it has no seal of its own."""
        return self.output.sealed

    @property
    def path(self):
        return path_of(self.stored_as)

    @property
    def is_picture(self) -> bool:
        return self.type in PICTURES

    @property
    def in_place(self) -> bool:
        """Whether a browser shows it by itself."""
        return self.type in IN_PLACE

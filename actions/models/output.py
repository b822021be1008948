from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from retreats.models import Retreat, Session, StrategicIssue
from wiego_review.common.record import Record, RecordQuerySet, exactly_one
from wiego_review.common.text import fold

from .follow_up import FollowUp

HOMES = ("follow_up", "session", "retreat", "issue")


def sealed_home(sealed: bool) -> Q:
    return Q(follow_up__isnull=True) | Q(follow_up__sealed=sealed)


class OutputQuerySet(RecordQuerySet):
    GRAINS = {
        "open": lambda viewer: Q(sealed=False) & sealed_home(False),
        "sealed": lambda viewer: Q(sealed=True) if viewer.board_open else Q(pk__in=[]),
        "assigned": lambda viewer: Q(sealed=False, follow_up_id__in=viewer.scope["followup"]),
    }


class Output(Record):
    """A paper or file: what a follow-up, session, retreat or issue brought forth.

    One a document names may not be in our files; that is said where it is shown.
    """

    ref_prefix = "O"

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        MEMO = "memo", _("Memo")
        TWO_PAGER = "two_pager", _("Two-pager")
        TOOLKIT = "toolkit", _("Toolkit")
        SLIDES = "slides", _("Slides")
        APPENDIX = "appendix", _("Appendix")
        FILM = "film", _("Film")
        BOOK = "book", _("Book")
        OTHER = "other", _("Other paper")

    class Language(models.TextChoices):
        EN = "en", _("English")
        ES = "es", _("Spanish")
        FR = "fr", _("French")
        PT = "pt", _("Portuguese")
        AR = "ar", _("Arabic")
        BN = "bn", _("Bengali")
        GU = "gu", _("Gujarati")
        HI = "hi", _("Hindi")
        ID = "id", _("Indonesian")
        SW = "sw", _("Swahili")
        TH = "th", _("Thai")
        ZH = "zh", _("Chinese")

    title = models.CharField(
        _("title"), max_length=250, error_messages={"blank": _("Give it a title.")}
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    named_only = models.BooleanField(_("named, not in our files"), default=False)
    note = models.TextField(_("note"), blank=True)
    search_text = models.TextField(editable=False, blank=True)
    sealed = models.BooleanField(_("Board only"), default=False, editable=False)
    newest = models.PositiveIntegerField(_("newest file"), default=0, editable=False)
    binder = models.ForeignKey(
        Retreat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="binder_papers",
        verbose_name=_("for the binder of"),
    )
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="outputs"
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="outputs"
    )
    retreat = models.ForeignKey(
        Retreat, models.PROTECT, null=True, blank=True, related_name="outputs"
    )
    issue = models.ForeignKey(
        StrategicIssue, models.PROTECT, null=True, blank=True, related_name="outputs"
    )

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper or file")
        verbose_name_plural = _("papers and files")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*HOMES),
                name="output_one_home",
                violation_error_message=_(
                    "A paper belongs to one follow-up, session, retreat or issue."
                ),
            ),
            models.CheckConstraint(
                condition=Q(named_only=False) | Q(url=""),
                name="output_named_without_link",
                violation_error_message=_("A paper with a link is in our files: take off one."),
            ),
            models.CheckConstraint(
                condition=Q(newest=0) | Q(url="", named_only=False),
                name="output_file_or_link",
                violation_error_message=_(
                    "A paper is a file or a link. Add the other as a paper of its own."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self.search_text = fold(f"{self.title} | {self.note}")

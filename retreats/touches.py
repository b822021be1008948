"""What of the first floor touches its own nouns and those of the ground floor."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.touches import FROM_DOCUMENTS, MERGED
from wiego_review.common import touching
from wiego_review.common.touching import Along, By, Through, Touch

from .models import IssueLink, Participant, SessionPerson, StrategicIssue

CAME = (
    ("was_there", _("Was there"), "yes"),
    ("was_absent", _("Was not there"), "no"),
    ("named_there", _("On the list"), ""),
)
THEIRS = {"homes": (("person", "person__slug"),), "of": ("person__title",)}


def issues_near(issue, viewer):
    """The issues linked with this one, those left out that somebody said are not the same."""
    links = IssueLink.objects.visible_to(viewer).of(issue).exclude(state="refused")
    near = Q(pk__in=links.values("issue")) | Q(pk__in=links.values("other"))
    return StrategicIssue.objects.filter(near).exclude(pk=issue.pk)


for noun in ("retreat", "strategicreview", "strategicissue"):
    touching.add(noun, *FROM_DOCUMENTS)
touching.add(
    "person",
    *(
        Touch(role, label, "session", Through(SessionPerson, "person", "session", Q(role=role)))
        for role, label in SessionPerson.Role.choices
    ),
    *(
        Touch(how, label, "retreat", Through(Participant, "person", "retreat", Q(attended=came)))
        for how, label, came in CAME
    ),
    Touch("said", _("Said"), "note", Along("said_by")),
    Touch("suggested", _("Suggested"), "suggestion", Along("said_by")),
    Touch("input", _("Survey or paper"), "reviewinput", Along("people")),
)
touching.add(
    "organisation",
    Touch("input", _("Survey or paper"), "reviewinput", Along("organisations")),
    Touch("took_part", _("Took part"), "retreat", Along("organisations")),
)
touching.add("city", Touch("held_here", _("Held here"), "retreat", Along("city")))
touching.add(
    "body",
    Touch("met", _("Met"), "retreat", Along("body")),
    Touch("committee", _("Committee of it"), "strategicreview", Along("committees")),
)
touching.add(
    "retreat",
    *(
        Touch(how, label, "participant", Along("retreat", Q(attended=came)), **THEIRS)
        for how, label, came in CAME
    ),
    Touch("day", _("Day"), "day", Along("retreat")),
    Touch("on_agenda", _("On the agenda"), "session", Along("retreat")),
    Touch("said", _("Said"), "note", Along("retreat")),
    Touch("suggested", _("Suggested"), "suggestion", Along("retreat")),
    Touch("vote", _("Dot vote"), "ballot", Along("session__retreat")),
    Touch("voted_on", _("Voted on"), "ballotoption", Along("ballot__session__retreat")),
    Touch("raised", _("Raised"), "strategicissue", Along("retreats")),
    Touch("step", _("Step of a review"), "reviewstep", Along("retreat")),
)
touching.add(
    "strategicreview",
    Touch("met", _("Met"), "retreat", Along("review")),
    Touch("raised", _("Raised"), "strategicissue", Along("review")),
    Touch("input", _("Survey or paper"), "reviewinput", Along("review")),
    Touch("step", _("Step of a review"), "reviewstep", Along("review")),
)
touching.add(
    "strategicissue",
    Touch("raised", _("Raised"), "retreat", Along("issues")),
    Touch("raised", _("Raised"), "session", Along("issues")),
    Touch("voted_on", _("Voted on"), "ballotoption", Along("issue")),
    Touch("reason", _("A reason given"), "note", Along("options__issue")),
    Touch("near", _("Near it"), "strategicissue",
          By(issues_near, ("issuelink.issue", "issuelink.other"))),
)  # fmt: skip
touching.left_out["headcount.retreat"] = "a number of the retreat's own, beside its participants"
touching.left_out["strategicissue.merged_into"] = MERGED

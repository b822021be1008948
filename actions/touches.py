"""What of the second floor touches the nouns of the floors below."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models import PARTIES
from wiego_review.common import touching
from wiego_review.common.touching import Along, By, Touch

from .models import Assignment, Decision, FollowUp, Output

CONCERNED = {
    "programme": "programmes",
    "organisation": "organisations",
    "city": "cities",
    "sector": "sectors",
    "region": "regions",
    "commitment": "commitments",
}
AGREED, PAPER, DECIDED = _("Agreed"), _("Paper"), _("Decided")
SUGGESTED = FollowUp.State.SUGGESTED


def led(record, viewer):
    return FollowUp.objects.led_by([record])


def supported(record, viewer):
    return FollowUp.objects.supported_by([record])


def held(record, viewer):
    """What a party has to do, as far as the viewer sees."""
    return FollowUp.objects.visible_to(viewer).held_by([record])


def decided_on_theirs(record, viewer):
    return Decision.objects.filter(follow_ups__in=held(record, viewer))


def papers_of_theirs(record, viewer):
    return Output.objects.filter(follow_up__in=held(record, viewer))


def agreed_in(review, viewer):
    return FollowUp.objects.of_reviews([review]).agreed()


def suggested_in(review, viewer):
    return FollowUp.objects.of_reviews([review]).suggested()


def agreed_or_suggested(path):
    """The follow-ups of a retreat or an issue: what nobody agreed to is told apart."""
    suggested = Q(state=SUGGESTED)
    return (
        Touch("agreed", AGREED, "followup", Along(path, ~suggested)),
        Touch("suggested", SUGGESTED.label, "followup", Along(path, suggested)),
    )


for noun in PARTIES:
    given = (f"assignment.{noun}",)
    touching.add(
        noun,
        Touch("lead", Assignment.Role.LEAD.label, "followup", By(led, given)),
        Touch("support", Assignment.Role.SUPPORT.label, "followup", By(supported, given)),
        Touch("decided_on_theirs", _("About what they do"), "decision", By(decided_on_theirs)),
        Touch("paper_of_theirs", _("Paper of what they do"), "output", By(papers_of_theirs)),
    )
for noun, field in CONCERNED.items():
    touching.add(noun, Touch("concerns", _("Concerns"), "followup", Along(field)))
touching.add(
    "person",
    Touch("wrote", _("Wrote"), "update", Along("by__person")),
    Touch("told_it", _("Told it"), "update", Along("as_told_by")),
)
touching.add("body", Touch("decided", DECIDED, "decision", Along("body")))
touching.add(
    "retreat",
    *agreed_or_suggested("retreat"),
    Touch("in_time_for", _("In time for it"), "followup", Along("due_anchor")),
    Touch("decided", DECIDED, "decision", Along("retreat")),
    Touch("paper", PAPER, "output", Along("retreat")),
    Touch("paper", PAPER, "output", Along("session__retreat")),
    Touch("for_binder", _("For its binder"), "output", Along("binder")),
)
touching.add(
    "strategicissue",
    *agreed_or_suggested("issue"),
    Touch("decided", DECIDED, "decision", Along("issue")),
    Touch("paper", PAPER, "output", Along("issue")),
)
touching.add(
    "strategicreview",
    Touch("agreed", AGREED, "followup", By(agreed_in)),
    Touch("suggested", SUGGESTED.label, "followup", By(suggested_in)),
    Touch("decided", DECIDED, "decision", Along("retreat__review")),
    Touch("paper", PAPER, "output", Along("retreat__review")),
)

"""The verbs of the first floor."""

from django.utils.translation import gettext as _

from programmes.recording import verb
from programmes.workflow import after_write
from wiego_review.common.errors import Refused

from .models import IssueLink

STATES = {
    "yes": IssueLink.State.CONFIRMED,
    "no": IssueLink.State.REFUSED,
    "": IssueLink.State.SUGGESTED,
}


@verb
def link(act, issue, *, other, kind=IssueLink.Kind.RELATED):
    """Two issues in other words belong together, or the one continues the other (`why`)."""
    issue, other = act.take(issue), act.take(other)
    if IssueLink.objects.standing().between(issue, other).exists():
        told = _("These two are linked already. Answer on the page of the issue.")
        raise Refused(told)
    values = {"kind": kind, "why": act.change_set.why.strip(), "said_by": act.by}
    state = IssueLink.State.CONFIRMED
    return act.create(IssueLink, issue=issue, other=other, state=state, **values)


@verb
def answer_link(act, link, *, answer):
    """Say whether two issues belong together ("yes", "no"); "" takes the answer back."""
    link = act.take(link)
    if answer not in STATES:
        raise Refused(_("Answer yes or no, or take the answer back."))
    if answer and link.state != IssueLink.State.SUGGESTED:
        raise Refused(_("This is answered already. Take the answer back to give another."))
    act.change(link, state=STATES[answer], said_by=act.by if answer else None)
    return link


@verb
def move(act, retreat, *, starts_on, ends_on=None):
    """Other days for a retreat or meeting. The days of its agenda move along, and what hangs on
    it above."""
    retreat = act.take(retreat)
    if retreat.starts_on:
        for day in retreat.days.filter(date__isnull=False).order_by("number"):
            act.change(act.take(day), date=day.date + (starts_on - retreat.starts_on))
    said = {"dates_exact": True, "dates_text": ""}
    act.change(retreat, starts_on=starts_on, ends_on=ends_on, **said)
    after_write(act, retreat)
    return retreat

"""The verbs of the first floor."""

from programmes.recording import verb

from .models import IssueLink

STATES = {
    "yes": IssueLink.State.CONFIRMED,
    "no": IssueLink.State.REFUSED,
    "": IssueLink.State.SUGGESTED,
}


@verb
def answer_link(act, link, *, answer):
    """Say whether two issues belong together ("yes", "no"); "" takes the answer back."""
    link = act.take(link)
    act.change(link, state=STATES[answer], said_by=act.by if answer else None)
    return link

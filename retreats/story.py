"""What the first floor tells of an issue: its dots with their reasons, and the issues near it."""

from django.db.models import Q

from wiego_review.common import refs
from wiego_review.common.cells import Shape, grouped

from .models import BallotOption, IssueLink
from .vote_rows import options_of

DOTS = Shape(
    "IssueDots",
    {
        "ballot": "record",
        "text": "text",
        "announced_position": "number",
        "dots": "number",
        "rank": "number",
        "reasons": "records",
    },
)
LINK = Shape(
    "IssueLink",
    {
        "ref": "ref",
        "issue": "record",
        "kind": "text",
        "later": "yes",
        "state": "text",
        "why": "text",
        "answered_by": "text",
        "version": "number",
    },
)


def fetch_dots(ids, viewer):
    """The votes each issue was in, with its dots there, as far as `options_of` shows them."""
    ballots = BallotOption.objects.filter(issue__in=ids)
    titles = dict(ballots.order_by().values_list("ballot", "ballot__title").distinct())
    wanted = {refs.to_ref("I", pk): pk for pk in ids}
    found = []
    for ballot, options in sorted(options_of(list(titles), viewer).items()):
        named = {"ref": refs.to_ref("B", ballot), "title": titles[ballot]}
        for option in options:
            issue = option.pop("issue")
            if issue and issue["ref"] in wanted:
                found.append((wanted[issue["ref"]], {"ballot": named, **option}))
    return grouped(found)


def fetch_links(ids, viewer):
    """The issues near each, seen from either side."""
    rows = IssueLink.objects.visible_to(viewer).standing()
    rows = rows.filter(Q(issue__in=ids) | Q(other__in=ids))
    rows = rows.select_related("issue", "other", "said_by__person").order_by("created_at", "pk")
    return grouped(
        (own.pk, told_link(link, own, other, viewer))
        for link in rows
        for own, other in ((link.issue, link.other), (link.other, link.issue))
        if own.pk in ids
    )


def told_link(link, own, other, viewer) -> dict:
    """A link as it is told on the page of `own`; `later` is the one that continues the other."""
    return {
        "ref": link.ref,
        "issue": {"ref": other.ref, "title": other.title},
        "kind": link.kind,
        "later": own == link.issue,
        "state": link.state,
        "why": link.why,
        "answered_by": viewer.account(link.said_by) if link.said_by else "",
        "version": link.version,
    }

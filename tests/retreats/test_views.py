"""Pages of the first floor, for those who may see or do less than all of it."""

import pytest

from retreats.forms import LinkForm
from retreats.models import IssueLink
from tests import factories as make
from tests.seen import given, taken_part

pytestmark = pytest.mark.django_db


def counted(client, retreat):
    context = client.get(f"/retreats/{retreat.slug}/").context
    return context["notes"], context["suggestions"]


def test_retreat_counts_what_its_reader_may_open(client_of, guest, team_member, board_member):
    retreat = taken_part(guest.person)
    make.NoteFactory(retreat=retreat)
    make.NoteFactory(retreat=retreat, sealed=True)
    make.SuggestionFactory(retreat=retreat)

    assert counted(client_of(guest), retreat) == (0, 0)
    assert counted(client_of(team_member), retreat) == (1, 1)
    assert counted(client_of(board_member), retreat) == (1, 1)
    assert counted(client_of(board_member, board_open=True), retreat) == (2, 1)


@pytest.fixture
def issue(guest):
    """An issue a guest knows by a follow-up given to them, with a link to another such."""
    link = make.IssueLinkFactory()
    for each in (link.issue, link.other):
        follow_up = given(guest.person)
        follow_up.issue = each
        follow_up.save()
    return link.issue


@pytest.mark.parametrize(
    ("name", "shown"),
    [("coordinator", True), ("team_member", False), ("board_member", False), ("guest", False)],
)
def test_way_to_link_an_issue_is_shown_to_those_who_may(request, client_of, issue, name, shown):
    page = client_of(request.getfixturevalue(name)).get(f"/issues/{issue.ref}/")

    assert (f'href="/issues/{issue.ref}/link/"' in page.content.decode()) == shown
    assert page.context["may_link"] == shown


def test_guest_reads_nothing_of_what_is_near_an_issue(client_of, guest, team_member, issue):
    near = f"/issues/{issue.ref}/all/?how=near"

    def rows(user):
        return [row["ref"] for row in client_of(user).get(near).context["rows"]]

    assert rows(team_member) == [IssueLink.objects.of(issue).get().other.ref]
    assert rows(guest) == []


def test_history_of_links_is_for_those_who_see_links(client_of, coordinator, kept_from, issue):
    client = client_of(coordinator)
    link = IssueLink.objects.of(issue).get()
    client.post(f"/issue-links/{link.ref}/", {"answer": "yes"})
    page = f"/issues/{issue.ref}/"
    before = client.get(page).context["history"]

    kept_from("issuelink")

    assert [len(before), len(client.get(page).context["history"])] == [1, 0]


def test_another_issue_is_chosen_from_those_the_reader_sees(viewer_of, guest, issue):
    make.IssueFactory()

    offered = LinkForm(viewer=viewer_of(guest), one=issue).fields["other"].queryset

    assert [*offered] == [IssueLink.objects.of(issue).get().other]


def test_step_names_its_retreat_to_those_who_see_retreats(client_of, team_member, kept_from):
    step = make.StepFactory(retreat=make.RetreatFactory(name="Lima"))
    client, page = client_of(team_member), f"/reviews/{step.review.slug}/"
    before = client.get(page).context["row"]["steps"][0]["retreat"]

    kept_from("retreat")

    assert before == {"slug": "lima", "name": "Lima"}
    assert client.get(page).context["row"]["steps"][0]["retreat"] is None

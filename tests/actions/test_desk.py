from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from actions import desk, workflow
from actions.listings import LISTINGS
from actions.models import FollowUp
from programmes.listings import LISTINGS as GROUND
from programmes.models import Person
from retreats.listings import LISTINGS as FIRST
from retreats.models import IssueLink, Retreat
from tests.factories import FollowUpFactory, IssueFactory, PersonFactory

pytestmark = pytest.mark.django_db

LISTS = {listing.name: listing for listing in (*GROUND, *FIRST, *LISTINGS)}
FOLLOW_UPS = LISTS["follow-ups"]


def titles(rows):
    return [row["title"] for row in rows]


def test_home_of_vanessa_pillay_in_june_2017(team_member, viewer_of):
    blocks = desk.blocks(viewer_of(team_member))

    assert titles(blocks["waiting"]) == [
        "Corporate sector engagement",
        "Solidarity budgeting",
        "South Africa Waste Pickers",
        "share the agenda of that meeting",
    ]
    assert titles(blocks["groups"]) == ["Africa"]
    assert (blocks["quiet"], blocks["given"], blocks["recorded"]) == ([], [], [])
    assert blocks["to_sort"] == {}


def test_home_of_vanessa_pillay_today(team_member, viewer_of):
    blocks = desk.blocks(viewer_of(team_member, today=timezone.localdate()))

    assert titles(blocks["quiet"]) == ["Corporate sector engagement", "Solidarity budgeting"]
    assert titles(blocks["waiting"]) == [
        "South Africa Waste Pickers",
        "share the agenda of that meeting",
    ]
    assert [(row["title"], row["quiet"]) for row in blocks["groups"]] == [("Africa", True)]


def test_group_that_is_closed_is_nobodys(team_member, viewer_of):
    africa = FollowUp.objects.get(title="Africa", kind="working_group")
    workflow.complete(africa, text="It met for the last time.", by=team_member)

    assert desk.blocks(viewer_of(team_member))["groups"] == []


def test_place_of_the_chair_names_the_board_once(chair, viewer_of):
    told = [(each["group"]["name"], each["role"]) for each in desk.place(viewer_of(chair))]

    assert told == [("WIEGO Board", "chair of the WIEGO Board")]


def test_agreed_lately_leaves_out_what_was_only_suggested(team_member, viewer_of):
    before = desk.agreed_lately(viewer_of(team_member))
    retreat = Retreat.objects.get(slug=before[0]["slug"])
    issue = IssueFactory()
    FollowUpFactory(retreat=retreat, issue=issue, kind="working_group", state="suggested")

    assert desk.agreed_lately(viewer_of(team_member)) == before


def test_home_shows_what_was_given_by_another(team_member, other_team_member, viewer_of):
    person = team_member.person
    given = workflow.add_follow_up(title="Given", leads=[person], by=other_team_member)
    workflow.add_follow_up(title="Taken", leads=[person], by=team_member)

    blocks = desk.blocks(viewer_of(team_member))
    assert [each.follow_up for each in blocks["given"]] == [given]
    before = titles(blocks["waiting"])
    assert "Given" not in before

    workflow.accept(given.assignments.get(), by=team_member)
    blocks = desk.blocks(viewer_of(team_member))
    assert blocks["given"] == []
    assert sorted(titles(blocks["waiting"])) == sorted([*before, "Given"])


def test_home_shows_what_was_written_down_for_others(team_member, viewer_of):
    others = workflow.add_follow_up(title="For others", leads=["Sofia"], by=team_member)
    workflow.add_follow_up(title="Mine", leads=[team_member.person], by=team_member)
    done = workflow.add_follow_up(title="Done", leads=["Sofia"], by=team_member)
    workflow.complete(done, by=team_member)

    assert titles(desk.blocks(viewer_of(team_member))["recorded"]) == [others.title]


def test_home_counts_for_a_coordinator_what_the_linked_lists_hold(coordinator, viewer_of):
    viewer = viewer_of(coordinator)
    blocks = desk.blocks(viewer)

    told = ["no_lead", "no_due", "group", "names", "notes", "uncertain"]
    assert list(blocks["to_sort"]) == [*told, "understood", "links", "contradictions"]
    pairs = blocks["to_sort"].pop("links")
    listed = {name: listed_by(each, viewer).count() for name, each in blocks["to_sort"].items()}
    assert listed == {name: (each["count"], False) for name, each in blocks["to_sort"].items()}
    waiting = IssueLink.objects.waiting()
    assert pairs["count"] == waiting.count()
    issues = {key for pair in waiting.values_list("issue", "other") for key in pair}
    assert set(listed_by(pairs, viewer).queryset.values_list("pk", flat=True)) == issues


def listed_by(told, viewer):
    return LISTS[told["page"].removesuffix("-list")].select(viewer, QueryDict(told["query"]))


def test_home_of_somebody_without_a_person(administrator, coordinator, viewer_of):
    administrator.person = None
    blocks = desk.blocks(viewer_of(administrator))

    held = [blocks[name] for name in ("given", "waiting", "groups", "quiet", "recorded")]
    assert held == [[], [], [], [], []]


def test_guest_sees_what_they_were_given_and_no_more(guest, viewer_of):
    mine = FollowUpFactory(title="For the guest")
    workflow.assign(mine, party=guest.person, by=None)
    sealed = FollowUpFactory(title="Board matter", sealed=True)
    workflow.assign(sealed, party=guest.person, by=None)

    viewer = viewer_of(guest, today=date(2017, 6, 15))
    assert list(FollowUp.objects.visible_to(viewer)) == [mine]
    assert viewer.scope["followup"] == {mine.pk}
    assert titles(desk.blocks(viewer)["waiting"]) == ["For the guest"]


def test_scope_of_a_guest_at_bellagio(guest, viewer_of):
    scope = viewer_of(guest).scope

    assert len(scope["retreat"]) == 1
    assert scope["person"] == set(
        Person.objects.visible_to(viewer_of(guest)).values_list("pk", flat=True)
    )
    assert (scope["followup"], scope["strategicissue"], scope["sector"]) == (set(), set(), set())
    assert PersonFactory().pk not in scope["person"]


def test_detail_of_a_follow_up_shows_a_guest_no_other_noun(guest, coordinator, viewer_of):
    from programmes.models import City, Programme, Region, Sector
    from retreats.models import Retreat, Session, StrategicIssue

    giver = somebody_unmet()
    follow_up = workflow.add_follow_up(
        title="For the guest",
        leads=[guest.person],
        programmes=Programme.objects.all()[:1],
        sectors=Sector.objects.all()[:1],
        regions=Region.objects.all()[:1],
        cities=City.objects.all()[:1],
        retreat=Retreat.objects.get(slug="bellagio-2017"),
        session=Session.objects.filter(audience="all", retreat__slug="bellagio-2017").first(),
        issue=StrategicIssue.objects.first(),
        by=giver,
    )

    (row,) = FOLLOW_UPS.rows.read([follow_up.pk], viewer_of(guest), detail=True)

    names = ("programmes", "sectors", "regions", "cities", "review")
    assert [row[name] for name in names] == [[], [], [], [], None]
    assert row["created_by"] == {"slug": giver.person.slug, "name": giver.person.name}
    assert row["issue"]["title"] == follow_up.issue.title
    assert row["retreat"]["slug"] == "bellagio-2017"
    assert row["session"]["title"] == follow_up.session.title


def somebody_unmet():
    from tests.factories import UserFactory

    return UserFactory()


def test_group_tells_when_it_meets_next_and_who_may_sets_a_date(
    client_of, team_member, coordinator
):
    africa = FollowUp.objects.get(title="Africa", kind="working_group")
    client, later = client_of(team_member), timezone.localdate() + timedelta(days=40)
    press = f'href="/follow-ups/{africa.ref}/next/">Set a date</a>'
    before = " ".join(client.get("/").content.decode().split())
    assert "· next: no date" in before
    assert press in before

    start = client.get(f"/follow-ups/{africa.ref}/next/").context["form"].initial
    sent = {"title": start["title"], "key": start["key"], "when": "day", "due_on": f"{later}"}
    answer = client.post(f"/follow-ups/{africa.ref}/next/", sent)

    meeting = FollowUp.objects.get(title="Africa: next meeting")
    assert answer["Location"] == f"/follow-ups/{meeting.ref}/"
    assert (meeting.parent, meeting.due_on) == (africa, later)
    after = " ".join(client.get("/").content.decode().split())
    assert f'· next: <a href="/follow-ups/{meeting.ref}/">{meeting.due}</a>' in after
    assert press not in after
    workflow.complete(meeting, text="", by=coordinator)
    assert press in client.get("/").content.decode()


def test_next_meeting_without_a_day_is_dated_and_not_made_twice(client_of, team_member):
    africa = FollowUp.objects.get(title="Africa", kind="working_group")
    begun = FollowUpFactory(title="Africa: next meeting", parent=africa)

    answer = client_of(team_member).get(f"/follow-ups/{africa.ref}/next/")

    assert answer["Location"] == f"/follow-ups/{begun.ref}/edit/"


def test_next_of_a_group_is_the_first_that_is_still_to_come(team_member, viewer_of):
    africa = FollowUp.objects.get(title="Africa", kind="working_group")
    for title, day in (("Over", 1), ("Later", 20), ("First", 10), ("Undated", None)):
        FollowUpFactory(title=title, parent=africa, due_on=day and date(2017, 6, day))
    FollowUpFactory(title="Sealed", parent=africa, due_on=date(2017, 6, 9), sealed=True)

    (row,) = desk.blocks(viewer_of(team_member, today=date(2017, 6, 8)))["groups"]

    assert row["next"].title == "First"


@pytest.mark.parametrize(("role", "status"), [("board_member", 403), ("guest", 404)])
def test_date_of_a_group_is_set_by_those_who_may_edit_it(request, client_of, role, status):
    africa = FollowUp.objects.get(title="Africa", kind="working_group")
    client = client_of(request.getfixturevalue(role))

    assert client.get(f"/follow-ups/{africa.ref}/next/").status_code == status
    assert client.post(f"/follow-ups/{africa.ref}/next/", {"title": "x"}).status_code == status


@pytest.mark.parametrize("values", [{"kind": "task"}, {"kind": "working_group", "state": "done"}])
def test_only_a_group_that_stands_has_a_next_meeting(client_of, coordinator, values):
    follow_up = FollowUpFactory(**values)

    assert client_of(coordinator).get(f"/follow-ups/{follow_up.ref}/next/").status_code == 404


@pytest.fixture
def sealed(team_member, other_team_member):
    """For the Board only now, and given to a team member and by them before."""
    given = workflow.add_follow_up(title="Sealed", leads=[team_member.person], by=other_team_member)
    written = workflow.add_follow_up(title="Sealed too", leads=["Sofia"], by=team_member)
    sealed = FollowUp.objects.filter(pk__in=[given.pk, written.pk])
    sealed.update(sealed=True)
    return sealed


def test_home_shows_nothing_of_what_is_for_the_board_only(team_member, viewer_of, sealed):
    viewer = viewer_of(team_member)

    assert (desk.given(viewer), [*desk.recorded(viewer)]) == ([], [])


def test_agreed_lately_counts_what_its_reader_sees(team_member, viewer_of, sealed):
    before = desk.agreed_lately(viewer_of(team_member))
    retreat = Retreat.objects.get(slug=before[0]["slug"])
    sealed.update(retreat=retreat, issue=IssueFactory(), kind="working_group")

    assert desk.agreed_lately(viewer_of(team_member)) == before

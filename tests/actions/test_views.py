import pytest

from actions import workflow
from actions.models import Decision, FollowUp
from actions.templatetags.follow_ups import report_groups
from actions.views import names_lately
from tests.factories import AssignmentFactory, FollowUpFactory, PersonFactory, RetreatFactory

FOLLOW_UPS = ("What was agreed", "What was suggested; nobody is said to have agreed")


def test_form_sent_again_tells_nothing_of_what_became_board_only(client_of, team_member):
    client = client_of(team_member)
    typed = {"title": "Write it", "key": "same"}
    client.post("/follow-ups/new/", typed)
    added = FollowUp.objects.filter(title="Write it")
    key = added.get().pk
    added.update(sealed=True, title="What the Board said")

    again = client.post("/follow-ups/new/", typed)
    read = client.get("/follow-ups/new/")

    assert (again.status_code, client.get(again.url).status_code) == (302, 404)
    assert "What the Board said" not in read.text
    assert FollowUp.objects.get(pk=key).version == 1


def test_follow_up_says_whether_it_was_agreed_or_suggested(client_of, team_member):
    retreat = RetreatFactory()
    page = client_of(team_member)

    def kicker(state):
        made = FollowUpFactory(retreat=retreat, state=state)
        html = page.get(f"/follow-ups/{made.ref}/").text.split('class="kicker">')[1]
        return [words in html.split("</p>")[0] for words in ("agreed at", "suggested at")]

    assert (kicker("not_started"), kicker("suggested")) == ([True, False], [False, True])


def test_retreat_tells_what_was_suggested_apart(client_of, team_member):
    page = client_of(team_member).get("/retreats/bellagio-2017/")
    panels = {
        panel.title: panel.context for panel in page.context["panels"] if panel.title in FOLLOW_UPS
    }

    agreed, suggested = (panels[title] for title in FOLLOW_UPS)
    assert list(panels) == list(FOLLOW_UPS)
    assert {row["state"] for row in suggested["rows"]} == {"suggested"}
    assert "suggested" not in {row["state"] for row in agreed["rows"]}
    for each in (agreed, suggested):
        listed = client_of(team_member).get(f"/follow-ups/?{each['query']}")
        refs = {row["ref"] for row in listed.context["rows"]}
        assert refs == {row["ref"] for row in each["rows"]}
    assert [(str(heading), len(run)) for heading, run in report_groups(agreed["rows"])] == [
        ("Webinars", 5),
        ("Two-pagers", 6),
        ("Plans for Implementation of Global Victories", 14),
        ("Working groups", 7),
        ("Other follow-ups", 14),
    ]


def test_decision_says_what_follows_from_it_and_step_when_it_is_due(client_of, team_member):
    client = client_of(team_member)
    decision = Decision.objects.get(number="TM-2017-4")
    page = client.get(f"/decisions/{decision.ref}/")
    told = [each["title"] for each in page.context["row"]["follow_ups"]]
    parent = FollowUp.objects.get(title="prepare summaries of the key provisions")
    steps = client.get(f"/follow-ups/{parent.ref}/").text.split("<h2>Steps</h2>")[1]

    assert sorted(told) == [
        "explore how to link R204 and NUA; SDGs# 8 and 11 and NUA",
        "pool existing materials",
        "prepare summaries of the key provisions",
        "prepare toolkits",
    ]
    assert "Prepare toolkits</a>" in page.text.split("What follows from it")[1]
    assert "Not started · 1–7 Jun 2017" in steps.split("</li>")[0]


def test_decision_names_no_follow_up_that_is_hidden(client_of, team_member):
    decision = Decision.objects.get(number="TM-2017-4")
    decision.follow_ups.update(sealed=True)

    page = client_of(team_member).get(f"/decisions/{decision.ref}/")
    assert page.context["row"]["follow_ups"] == []
    assert "What follows from it" not in page.text


@pytest.fixture
def sealed(team_member):
    """What was given to a team member and to Awa, by them, and is for the Board only now."""
    people = [team_member.person, PersonFactory(name="Awa Unmet")]
    made = workflow.add_follow_up(title="Hushed", leads=people, by=team_member)
    FollowUp.objects.filter(pk=made.pk).update(sealed=True)
    return made


@pytest.mark.parametrize("by", [True, False])
def test_names_of_lately_are_those_of_what_one_sees(viewer_of, team_member, sealed, by):
    sealed.assignments.update(given_by=team_member if by else None)
    viewer = viewer_of(team_member)

    assert "Awa Unmet" not in names_lately(viewer)
    FollowUp.objects.filter(pk=sealed.pk).update(sealed=False)
    assert "Awa Unmet" in names_lately(viewer)


def test_step_names_nothing_of_a_sealed_one(client_of, team_member):
    parent = FollowUpFactory()
    steps = [FollowUpFactory(parent=parent, sealed=sealed) for sealed in (False, True)]

    row = client_of(team_member).get(f"/follow-ups/{parent.ref}/").context["row"]

    assert [each["ref"] for each in row["steps"]] == [steps[0].ref]


def test_next_meeting_begun_for_the_board_only_is_not_led_to(client_of, coordinator):
    group = FollowUpFactory(title="Asia", kind="working_group", state="under_way")
    FollowUpFactory(title="Asia: next meeting", parent=group, sealed=True)

    assert client_of(coordinator).get(f"/follow-ups/{group.ref}/next/").status_code == 200


@pytest.mark.parametrize(("name", "shown"), [("team_member", True), ("guest", False)])
def test_who_has_how_much_is_offered_to_those_who_may_open_it(cast, client_of, name, shown):
    page = client_of(getattr(cast, name)).get("/follow-ups/").content.decode()

    assert ("/follow-ups/who-has-how-much/" in page) == shown


def test_who_is_not_concerned_opens_nothing_again(client_of, other_team_member):
    done = FollowUpFactory(state="done")

    answer = client_of(other_team_member).post(f"/follow-ups/{done.ref}/reopen/")

    assert (answer.status_code, FollowUp.objects.get(pk=done.pk).state) == (403, "done")


@pytest.mark.parametrize(("name", "page"), [("guest", False), ("team_member", True)])
def test_not_me_leads_to_a_page_its_sender_may_open(cast, client_of, name, page):
    user = getattr(cast, name)
    given = AssignmentFactory(person=user.person)

    answer = client_of(user).post(f"/assignments/{given.ref}/decline/")

    assert answer["Location"] == (f"/follow-ups/{given.follow_up.ref}/" if page else "/")

from actions.models import Decision, FollowUp
from actions.templatetags.follow_ups import report_groups
from tests.factories import FollowUpFactory, RetreatFactory

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

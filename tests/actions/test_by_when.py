"""By when: told alike on the follow-up's page, in the list and at home."""

from datetime import date

import pytest

from actions.due import for_the_retreat
from actions.models import FollowUp
from actions.templatetags.follow_ups import by_when
from retreats.models import Retreat, Suggestion
from tests.factories import AssignmentFactory, FollowUpFactory, RetreatFactory

pytestmark = pytest.mark.django_db

WORDS = (
    'for the Team Retreat in November <small class="soft">'
    "last day 12 Nov 2017, before it begins on 13 Nov 2017</small>"
)


def test_due_of_a_retreat_reads_the_same_everywhere(client_of, team_member):
    client = client_of(team_member)
    webinar = FollowUp.objects.filter(kind="webinar").first()
    AssignmentFactory(follow_up=webinar, person=team_member.person)

    pages = ("/", "/follow-ups/?kind=webinar", f"/follow-ups/{webinar.ref}/")
    assert [WORDS in client.get(page).text for page in pages] == [True] * 3

    row = client.get(f"/api/v1/follow-ups/{webinar.ref}/").json()
    assert (row["due_on"], row["due_anchor_on"]) == ("2017-11-12", "2017-11-13")


def row_of(**due):
    nothing = dict.fromkeys(("due_on", "due_until", "due_anchor", "due_anchor_on"))
    return {**nothing, "due_text": "", **due}


def test_due_chosen_for_a_retreat_names_it():
    retreat = RetreatFactory(name="Team Retreat", starts_on=date(2026, 11, 9))
    due_on = for_the_retreat(retreat)["due_on"]
    anchored = {"due_anchor": {"name": retreat.name}, "due_anchor_on": retreat.starts_on}

    assert by_when(row_of(due_on=due_on, **anchored)) == (
        f'for {retreat.name}, 9 Nov 2026 <small class="soft">last day 8 Nov 2026</small>'
    )


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ({}, ""),
        ({"due_on": date(2017, 6, 5)}, "5 Jun 2017"),
        ({"due_text": "when Lima is ready"}, "when Lima is ready"),
        (
            {
                "due_text": "during it",
                "due_on": date(2017, 11, 13),
                "due_until": date(2017, 11, 16),
                "due_anchor": {"name": "Retreat"},
                "due_anchor_on": date(2017, 11, 13),
            },
            'during it <small class="soft">13–16 Nov 2017</small>',
        ),
    ],
)
def test_due_by_its_words_and_days(due, told):
    assert by_when(row_of(**due)) == told


def test_suggestion_and_its_follow_up_name_each_other(client_of, api_of, team_member):
    suggestion = Suggestion.objects.get(title="MOOC")
    follow_up = suggestion.follow_ups.get()
    sealed = FollowUpFactory(sealed=True)
    sealed.suggestions.add(suggestion)
    client, api = client_of(team_member), api_of(team_member)

    page = client.get(f"/suggestions/{suggestion.ref}/")
    (panel,) = page.context["panels"]
    assert (panel.title, [row["ref"] for row in panel.context["rows"]]) == (
        "Follow-ups",
        [follow_up.ref],
    )
    assert f"/suggestions/{suggestion.ref}/" in client.get(f"/follow-ups/{follow_up.ref}/").text

    named = api.get(f"/api/v1/follow-ups/{follow_up.ref}/").json()["suggestions"]
    assert named == [{"ref": suggestion.ref, "title": "MOOC"}]
    told = api.get(f"/api/v1/suggestions/{suggestion.ref}/").json()["follow_ups"]
    assert [each["ref"] for each in told] == [follow_up.ref]
    narrowed = api.get("/api/v1/follow-ups/", {"suggestion": suggestion.ref}).json()["results"]
    assert [each["ref"] for each in narrowed] == [follow_up.ref]


def test_retreat_somebody_may_not_see_tells_no_day(client_of, guest):
    hidden = Retreat.objects.get(slug="team-retreat-2017")
    follow_up = FollowUp.objects.filter(due_anchor=hidden, kind="webinar").first()
    AssignmentFactory(follow_up=follow_up, person=guest.person)

    row = client_of(guest).get(f"/api/v1/follow-ups/{follow_up.ref}/").json()
    assert (row["due_anchor"], row["due_anchor_on"]) == (None, None)

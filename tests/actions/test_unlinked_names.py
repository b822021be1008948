"""A name that stands on a follow-up in words is found as well, where nobody bears it."""

import pytest

from actions.models import FollowUp
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SOFIA = ["Domestic workers", "Home-based workers"]


def titles(answer):
    return sorted(row["title"] for row in answer.context["rows"])


@pytest.mark.parametrize("name", ["Sofia", "sofía"])
def test_name_linked_to_nobody_is_found_by_its_words(client_of, api_of, team_member, name):
    page = client_of(team_member).get("/follow-ups/", {"support": name})
    rest = api_of(team_member).get("/api/v1/follow-ups/", {"person": name})

    assert titles(page) == SOFIA
    assert sorted(row["title"] for row in rest.json()["results"]) == SOFIA
    leads = client_of(team_member).get("/follow-ups/", {"lead": name})
    assert (leads.status_code, titles(leads)) == (200, [])


def test_somebody_who_bears_the_name_goes_first(client_of, team_member):
    PersonFactory(name="Sofia Test")
    page = client_of(team_member).get("/follow-ups/?support=Sofia")

    assert titles(page) == []
    assert [words for *_told, words in page.context["filterset"].active()] == ["Sofia Test"]


def test_name_on_what_is_hidden_is_nobodys(client_of, team_member):
    FollowUp.objects.filter(assignments__text="Sofia").update(sealed=True)

    hidden = client_of(team_member).get("/follow-ups/?support=Sofia")
    assert hidden.status_code == 400
    told = ["Nobody is called “Sofia”. Try another spelling."]
    assert hidden.context["problems"] == {"support": told}

"""What a list can be narrowed to: asked for when somebody looks, not with every list."""

import re
from html import unescape

import pytest

HTMX = {"HX-Request": "true"}
BELLAGIO = "bellagio-2017"


def offered(page):
    found = re.findall(r'name="retreat"\s+value="([^"]*)"\s*(checked)?', page)
    return [(value, bool(ticked)) for value, ticked in found]


def test_choices_are_not_read_with_the_list(client_of, team_member):
    page = client_of(team_member).get("/follow-ups/").content.decode()

    assert offered(page) == []
    assert 'href="?choose=retreat"' in page


def test_choice_made_is_on_the_page_alone(client_of, team_member):
    page = client_of(team_member).get(f"/follow-ups/?retreat={BELLAGIO}").content.decode()

    assert offered(page) == [(BELLAGIO, True)]


def test_choices_asked_for_are_on_the_page(client_of, team_member):
    address = f"/follow-ups/?retreat={BELLAGIO}&choose=retreat"
    page = client_of(team_member).get(address).content.decode()

    assert len(offered(page)) == 12
    assert [value for value, ticked in offered(page) if ticked] == [BELLAGIO]


def test_choices_asked_for_by_htmx_come_alone(client_of, team_member):
    page = client_of(team_member).get("/follow-ups/?choose=retreat", headers=HTMX).content.decode()

    assert len(offered(page)) == 12
    assert "<table" not in page
    assert "<form" not in page


def test_choices_of_a_guest_are_what_a_guest_sees(client_of, guest):
    page = client_of(guest).get("/follow-ups/?choose=retreat", headers=HTMX).content.decode()

    assert offered(page) == [(BELLAGIO, False)]


def test_names_known_come_when_asked_for(client_of, team_member):
    page = client_of(team_member).get("/follow-ups/?choose=names", headers=HTMX).content.decode()

    assert page.count("<option") == 54


def test_rest_knows_no_choices(client_of, team_member):
    answer = client_of(team_member).get("/api/v1/follow-ups/?choose=retreat")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["choose"])


@pytest.mark.parametrize("name", ["theme", "for_whom"])
def test_words_of_a_column_are_offered_each_once(client_of, team_member, name):
    page = client_of(team_member).get(f"/notes/?choose={name}").content.decode()
    values = [unescape(each) for each in re.findall(rf'name="{name}"\s+value="([^"]*)"', page)]

    assert len(values) == len(set(values)) > 1
    assert [value for value in values if ";" in value] == []

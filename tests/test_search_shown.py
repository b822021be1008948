"""What a hit shows besides the words it was found by, and what may have been meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import City
from tests import factories as make
from tests.rest import START
from tests.test_search import found, hits
from wiego_review.common.meant import vocabulary
from wiego_review.common.searching import Search
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db
THEME = "The Working Poor in the Informal Economy: Strengthening a Global Alliance"


def first(user, question, **asked):
    return hits(user, question, **asked)[0]


def test_hit_tells_its_time_and_the_words_of_the_document(team_member):
    charity = first(team_member, "charity in the UK", kinds=("fact",))
    two_pager = first(team_member, "gender", kinds=("follow-up",))

    assert charity.beside == (("When it was", "2011 (“in 2011”)"),)
    retreat = "for the Team Retreat in November"
    assert two_pager.beside == (("By when", f"12 Nov 2017 (“{retreat}”)"),)


def test_hit_shows_the_theme_and_countries_of_a_meeting(team_member):
    workshop = first(team_member, "theme of the 2012 workshop")
    meeting = first(team_member, "2024 meeting countries")

    assert dict(workshop.beside)["Theme"].startswith(THEME)
    assert dict(meeting.beside)["Countries"].startswith("Zimbabwe, Trinidad and Tobago, India")


def test_hit_shows_the_cities_of_a_point_and_the_dates_of_steps(team_member):
    point = first(team_member, "market vendors formalization", kinds=("point",))
    parent = first(team_member, "summaries of the key provisions", kinds=("follow-up",))

    assert dict(point.beside)["Cities"] == "Lima"
    due = "cull our key provisions: 1–7 Jun 2017 (“by first week of June”)"
    assert dict(parent.beside)["Step"] == due


def test_step_nobody_may_see_is_shown_to_nobody(team_member):
    parent = make.FollowUpFactory(title="Quayside walls")
    make.FollowUpFactory(title="Wharf", parent=parent, due_on="2017-06-07", sealed=True)

    (hit,) = hits(team_member, parent.ref)
    assert "Step" not in dict(hit.beside)


def test_page_and_rest_show_what_stands_beside_a_hit(client_of, api_of, team_member):
    asked = {"search": "how many people attended in 2017"}
    page = client_of(team_member).get("/search/", asked).content.decode()
    told = api_of(team_member).get(f"{START}search/", asked).json()["results"]

    held = "Held: 24–28 Apr 2017 (“April 24-28, 2017”)"
    assert [(each["title"], each["beside"]) for each in told] == [
        ("Board: 9 of 10", held),
        ("External resource person: 3", held),
        ("Team: 20 of 44", held),
    ]
    assert "Team: 20 of 44" in page


def test_those_who_were_away_are_no_participants(team_member):
    asked = Search(Viewer(team_member), "participants 2017")
    away = [title for kind, title in found(team_member, "absent") if kind == "absent"]

    assert asked.counts["participant"] == 28
    assert away == ["Ela Bhatt", "Dan Gallin", "Pat Horn", "Vicky Kanyoka"]


def test_of_several_years_a_head_count_is_of_one(team_member):
    told = found(team_member, "how many people came in 2012 and 2017")

    numbers = [title for kind, title in told if kind == "headcount"]
    assert numbers == [
        "members of the WIEGO Board and Team: 28",
        "External resource person: 7",
        "Board: 9 of 10",
        "External resource person: 3",
        "Team: 20 of 44",
    ]


def test_remark_stands_behind_what_else_was_found(team_member):
    asked = Search(Viewer(team_member), "Bangkok")

    assert asked.ordered[-1] == "contradiction"


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Bangcock", ["Bangkok"]),
        ("Dehli", ["Delhi"]),
        ("Limma", ["Lima"]),
        ("Akkra", ["Accra"]),
        ("Zimbabve", ["Zimbabwe"]),
        ("Aromar Ravi", ["Aromar Revi"]),
        ("solidarty budgeting", ["solidarity budgeting"]),
        ("who came to Geneva in 2024", []),
    ],
)
def test_misspelt_words_are_offered_as_they_are_known(team_member, question, meant):
    assert [each.name for each in Search(Viewer(team_member), question).meant] == meant


def test_offer_leads_to_what_was_meant(client_of, api_of, team_member):
    page = client_of(team_member).get("/search/?search=Bangcock").content.decode()
    rest = api_of(team_member).get(f"{START}search/?search=Bangcock").json()["did_you_mean"]

    assert '<a href="/search/?search=Bangkok">Bangkok</a>?' in page
    assert [(each["name"], each["slug"]) for each in rest] == [("Bangkok", None)]


def test_word_is_offered_only_to_those_who_may_read_it(cast):
    make.FollowUpFactory(title="Wharfage", sealed=True, search_text="wharfage")
    make.FollowUpFactory(title="Quayside", search_text="quayside")

    known = {user: vocabulary(Viewer(user)) for user in (cast.team_member, cast.guest)}
    assert (known[cast.team_member]["quayside"], known[cast.team_member]["wharfage"]) == (1, 0)
    assert known[cast.guest] == {}


def test_known_words_take_one_query(team_member):
    viewer = Viewer(team_member)
    assert City.objects.visible_to(viewer).exists()

    with CaptureQueriesContext(connection) as counting:
        vocabulary(viewer)

    assert len(counting) == 1

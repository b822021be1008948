"""Commitments, plans, cities, organisations and people, as their pages and REST tell them."""

import re
from collections import Counter
from datetime import date

import pytest

from actions.models import FollowUp
from programmes.models import (
    City,
    Commitment,
    CommitmentWork,
    Fact,
    Membership,
    Organisation,
    OrganisationRole,
    Plan,
    PlanPoint,
    Provision,
    Source,
)
from programmes.workflow import refresh_search
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGES = (
    "/commitments/c177/",
    "/plans/focal-cities-2018/",
    "/cities/delhi/",
    "/organisations/wiego/",
    "/programmes/focal-cities/",
    "/bodies/general-assembly/",
    "/sectors/care-workers/",
    "/regions/mena/",
)
TOLD = (Commitment, Provision, CommitmentWork, Plan, PlanPoint, Fact, City, Organisation)


def rest(api_of, user, path):
    answer = api_of(user).get(f"/api/v1/{path}/")
    assert answer.status_code == 200
    return answer.json()


def test_each_of_them_has_its_place_in_a_document():
    placed = set(Source.objects.values_list("content_type__model", "object_id"))
    bare = [
        f"{model._meta.model_name} {record}"
        for model in TOLD
        for record in model.objects.all()
        if (model._meta.model_name, record.pk) not in placed
    ]

    assert bare == []


def test_as_many_as_a_careful_reading_gives():
    assert Commitment.objects.count() == 19
    assert Commitment.objects.filter(global_victory=True).count() == 8
    assert Provision.objects.count() == 9
    assert CommitmentWork.objects.count() == 17
    assert Plan.objects.count() == 13
    assert Counter(PlanPoint.objects.values_list("kind", flat=True)) == {"point": 71, "change": 4}
    assert Organisation.objects.count() == 46
    assert Membership.objects.filter(city__isnull=False).count() == 11


@pytest.mark.parametrize("address", PAGES)
def test_page_is_for_the_network_alone(address, cast, client_of):
    seen = {
        name: client_of(getattr(cast, name)).get(address).status_code
        for name in (
            "team_member",
            "coordinator",
            "board_member",
            "guest",
            "administrator",
            "stranger",
        )
    }

    network = {"team_member": 200, "coordinator": 200, "board_member": 200}
    assert seen == {**network, "guest": 404, "administrator": 404, "stranger": 404}


def test_guest_who_met_somebody_is_told_no_more_than_the_name(api_of, guest):
    person = rest(api_of, guest, "people/marty-chen")

    assert (person["name"], person["roles"], person["facts"], person["works"]) == (
        "Marty Chen",
        [],
        [],
        [],
    )
    assert person["name_uncertain"] is None


def test_commitment_tells_provisions_and_who_works_on_it(api_of, team_member):
    c177 = rest(api_of, team_member, "commitments/c177")

    assert "C177" in c177["other_names"]
    assert [each["said_as"] for each in c177["provisions"]] == [
        "new forms of home-based worker",
        "all dependent contractors",
        "crowd-work",
        "industrial outsourcing",
    ]
    assert [each["name"] for each in c177["works"][0]["programmes"]] == [
        "Law",
        "Social Protection",
        "Urban Policies",
    ]
    assert c177["provisions"][0]["sources"][0]["first_line"] == 146


@pytest.mark.parametrize(("words", "slug"), [("R204", "r204"), ("nua", "nua"), ("ICSE", "icse")])
def test_commitment_is_found_by_its_short_name(words, slug, api_of, team_member):
    found = rest(api_of, team_member, "commitments")["results"]
    asked = api_of(team_member).get(f"/api/v1/commitments/?search={words}").json()["results"]

    assert slug in [each["slug"] for each in asked]
    assert len(asked) < len(found)


def test_plan_is_found_by_its_title(api_of, team_member):
    asked = api_of(team_member).get("/api/v1/plans/?search=snapshots").json()["results"]

    assert [each["slug"] for each in asked] == ["focal-cities-2018"]


def test_follow_ups_of_a_commitment_are_on_its_page_and_its_list(client_of, team_member):
    client = client_of(team_member)
    page = client.get("/commitments/c189/")
    listed = client.get("/follow-ups/?commitment=c189&page_size=100")

    (panel,) = page.context["panels"]
    titles = {row["title"] for row in panel.context["rows"]}
    assert titles == {row["title"] for row in listed.context["rows"]}
    assert titles == set(
        FollowUp.objects.filter(commitments__slug="c189").values_list("title", flat=True)
    )
    assert "C189" in titles


def test_follow_up_names_its_commitments(api_of, team_member):
    follow_up = FollowUp.objects.get(
        title="explore how to link R204 and NUA; SDGs# 8 and 11 and NUA"
    )
    told = rest(api_of, team_member, f"follow-ups/{follow_up.ref}")

    names = [each["name"] for each in told["commitments"]]
    assert names == ["New Urban Agenda", "Recommendation 204", "SDG 11", "SDG 8"]


def test_city_tells_when_it_joined_its_team_and_what_is_to_change(api_of, team_member):
    delhi = rest(api_of, team_member, "cities/delhi")

    assert (delhi["joined"], delhi["joined_until"]) == ("2016-01-01", "2016-12-31")
    assert (delhi["joined_text"], delhi["left"], delhi["focal"]) == ("During 2016", None, True)
    assert [each["person"]["name"] for each in delhi["team"]] == [
        "Avi Singh Majithia",
        "Shalini Sinha",
    ]
    (change,) = delhi["plan_points"]
    assert (change["kind"], change["said_as"]) == ("change", "Master Plan 2021")
    assert [each["slug"] for each in delhi["commitments"]] == ["delhi-master-plan-2021"]


def test_city_without_a_date_tells_the_words(client_of, team_member):
    accra = client_of(team_member).get("/cities/accra/").content.decode()

    assert "“WIEGO began the Focal City model”" in accra


def test_organisation_tells_its_names_and_its_years_in_order(api_of, team_member):
    wiego = rest(api_of, team_member, "organisations/wiego")
    days = [each["told_on"] for each in wiego["facts"] if each["told_on"]]

    assert [each["year"] for each in wiego["names"]] == [2012, 2017, 2024]
    assert days == sorted(days)
    assert (days[0], len(days)) == ("1997-04-01", 8)
    assert [each["told_on"] for each in wiego["facts"]][8:] == [None] * 7


def test_networks_of_two_names_stand_apart():
    pairs = (
        ("streetnet", "streetnet-international"),
        ("global-alliance-of-waste-pickers", "international-alliance-of-waste-pickers"),
    )
    for old, new in pairs:
        found = {each.slug: each for each in Organisation.objects.filter(slug__in=[old, new])}
        assert set(found) == {old, new}
        assert {each.year for each in found[old].names.all()} == {2017}
        assert {each.year for each in found[new].names.all()} == {2024}


def test_list_of_organisations_says_what_each_is_in_the_documents(client_of, api_of, team_member):
    fund = make.OrganisationFactory(name="Zz Fund")
    for role in ("partner", "donor"):
        OrganisationRole.objects.create(organisation=fund, role=role)
    refresh_search(fund)

    rows = api_of(team_member).get("/api/v1/organisations/?search=zz fund").json()["results"]
    page = client_of(team_member).get("/organisations/?search=zz fund").content.decode()

    assert [row["told_as"] for row in rows] == [["donor", "partner"]]
    assert '<td data-label="In the documents as">Donor; Partner</td>' in page


def test_organisations_are_found_by_what_they_are_in_the_documents(api_of, team_member):
    asked = api_of(team_member).get("/api/v1/organisations/?role=interviewed").json()["results"]

    assert [each["slug"] for each in asked] == [
        "global-alliance-of-waste-pickers",
        "homenet-south-asia",
        "homenet-south-east-asia",
        "international-domestic-workers-federation",
        "streetnet",
    ]


def test_person_tells_their_roles_over_time(api_of, team_member):
    roles = rest(api_of, team_member, "people/sally-roever")["roles"]
    last = roles[-1]

    assert (last["title"], last["started_on"], last["started_text"]) == (
        "WIEGO International Coordinator",
        "2018-01-01",
        "January 2018",
    )
    assert last["group"] == {"slug": "wiego-team", "name": "WIEGO Team", "kind": "body"}


def test_role_that_ended_comes_first_and_says_so(client_of, team_member):
    page = client_of(team_member).get("/people/chris-bonner/")

    assert [each["role"] for each in page.context["row"]["roles"]] == ["director", "advisor"]
    assert "until “ex-Director”" in page.content.decode()


def test_facts_stand_by_their_day_and_then_as_told(api_of, team_member):
    wiego = Organisation.objects.get(slug="wiego")
    Fact.objects.create(organisation=wiego, text="Older", told_on=date(1990, 1, 1))
    Fact.objects.create(organisation=wiego, text="Undated", order=99)

    facts = [each["text"] for each in rest(api_of, team_member, "organisations/wiego")["facts"]]

    assert (facts[0], facts[-1]) == ("Older", "Undated")


def test_plan_tells_pillars_with_their_points(client_of, team_member):
    page = client_of(team_member).get("/plans/focal-cities-2018/")
    row = page.context["row"]

    assert [each["name"] for each in row["pillars"]] == [
        "Strengthen CAPACITY AND SKILLS",
        "Increase PUBLIC AWARENESS",
        "Expand LOCAL NETWORKS AND SOLIDARITY",
        "Facilitate DIALOGUE BETWEEN GOVERNMENTS & WORKERS",
    ]
    assert Counter(each["pillar"] for each in row["points"]) == {
        "Strengthen CAPACITY AND SKILLS": 4,
        "Increase PUBLIC AWARENESS": 4,
        "Expand LOCAL NETWORKS AND SOLIDARITY": 3,
        "Facilitate DIALOGUE BETWEEN GOVERNMENTS & WORKERS": 3,
        "": 4,
    }
    assert "Apr 2018 – Mar 2023" in page.content.decode()


def test_coordinator_adds_a_fact_in_the_admin(coordinator, client_of):
    city = City.objects.get(slug="lima")
    data = {"city": city.pk, "order": 9, "text": "Has a new office."}

    answer = client_of(coordinator).post("/admin/programmes/fact/add/", data)

    assert answer.status_code == 302
    assert city.facts.get(order=9).text == "Has a new office."


def test_lists_of_what_hangs_on_others_open_in_the_admin(coordinator, board_member, client_of):
    nouns = "provision commitmentwork pillar planpoint fact organisationname organisationrole"
    for user in (coordinator, board_member):
        client = client_of(user)
        for noun in nouns.split():
            for query in ("", "?search=wiego"):
                assert client.get(f"/admin/programmes/{noun}/{query}").status_code == 200, noun


def test_commitments_of_a_follow_up_are_written_over_rest(api_of, coordinator):
    follow_up = FollowUp.objects.get(title="prepare toolkits")
    path = f"/api/v1/follow-ups/{follow_up.ref}/"
    sent = {"commitments": ["r204", "nua"], "version": follow_up.version}

    answer = api_of(coordinator).patch(path, sent, format="json")

    assert answer.status_code == 200
    assert [each["slug"] for each in answer.json()["commitments"]] == ["nua", "r204"]


def test_people_of_a_body_are_those_whose_rows_say_so(client_of, team_member):
    rows = client_of(team_member).get("/api/v1/people/?page_size=100").json()["results"]
    said = {row["slug"] for row in rows if "wiego-board" in {b["slug"] for b in row["bodies"]}}
    found = client_of(team_member).get("/api/v1/people/?body=wiego-board&page_size=100").json()

    assert {row["slug"] for row in found["results"]} == said
    assert said & {"pat-horn", "ela-bhatt"} == set()


def test_list_is_called_after_all_that_is_in_it(client_of, team_member):
    page = client_of(team_member).get("/commitments/?kind=law&kind=city_law")
    titles = re.findall(r"<h1>\s*(.*?)\s*</h1>", page.content.decode())

    assert page.context["count"] > 0
    assert titles == ["Commitments and laws"]


def test_list_file_and_page_of_cities_say_what_the_plan_leaves_out(client_of, api_of, team_member):
    remark = "Bangkok joins in 2016 and is absent from the plan of 2018; that it left is not said"
    client = client_of(team_member)
    file = b"".join(client.get("/cities/?export=csv")).decode()
    rest = api_of(team_member).get("/api/v1/cities/bangkok/").json()

    for told in (client.get("/cities/").content.decode(), file, *rest["remarks"][:1]):
        assert remark in told
    yes = client.get("/cities/bangkok/").content.decode().partition("<dd>")[2]
    assert yes.index(remark) < yes.index("Joined")


def test_list_of_members_says_that_it_holds_those_who_are_named(client_of, team_member):
    page = client_of(team_member).get("/bodies/wiego-team/").content.decode()

    assert "Those whom the documents name: there may be more." in page


def test_documents_are_in_the_menu(client_of, team_member, administrator):
    told = [client_of(user).get("/").content.decode() for user in (team_member, administrator)]

    assert ['href="/documents/"' in page for page in told] == [True, False]

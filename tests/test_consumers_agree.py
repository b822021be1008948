"""Page, REST, CSV, XLSX and admin show the same rows to the same person, in the same order."""

import csv
import io
import json
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.utils.encoders import JSONEncoder

import actions.listings
import programmes.listings
import retreats.listings
from tests import factories as make
from tests.conftest import make_user
from wiego_review.common.exports import unsafe, words

LISTINGS = {
    listing.name: listing
    for app in (programmes, retreats, actions)
    for listing in app.listings.LISTINGS
}
ROLES = ("team_member", "coordinator", "board_member", "guest", "administrator", "stranger")
FILTERS = {
    "people": ["search=bird", "body=wiego-board"],
    "programmes": ["kind=initiative"],
    "bodies": ["kind=committee&kind=board"],
    "organisations": ["role=donor&role=possible_donor", "search=alliance"],
    "contradictions": ["kind=number&kind=date&ordering=title", "document=ilo-2024"],
    "understood": ["unanswered=true&ordering=-title", "answer=yes"],
    "documents": ["search=focal"],
    "cities": ["search=india", "focal=true&ordering=-name"],
    "commitments": ["kind=goal&ordering=-kind", "global_victory=true", "search=r204"],
    "plans": ["city=delhi", "announced_only=true", "search=roadmap"],
    "retreats": [
        "kind=retreat&kind=team_retreat&ordering=name",
        "review=internal-strategic-review",
    ],
    "sessions": ["retreat=bellagio-2017&status=not_held", "person=mike-bird&ordering=-title"],
    "participants": ["retreat=bellagio-2017&attended=yes&ordering=-name"],
    "issues": ["search=value&ordering=-title", "retreat=bellagio-2017"],
    "notes": [
        "kind=dilemma&kind=question&ordering=-kind",
        "retreat=bellagio-2017&person=marty-chen&ordering=-said",
        "theme=Voice&theme=Sectors",
        "for_whom=WIEGO",
        "matrix=true&search=cities",
    ],
    "suggestions": ["taken_up=no&ordering=-title", "person=aromar-revi", "for_whom=ORP"],
    "ballots": ["search=dot", "retreat=bellagio-2017"],
    "follow-ups": [
        "kind=webinar&kind=two_pager&ordering=agreed",
        "lead=mike-bird&ordering=-title",
        "no_due=true&state=not_started&ordering=kind",
        "quiet=true",
    ],
    "assignments": ["role=support", "person=jane-barrett"],
    "outputs": ["kind=memo", "named_only=true&search=appendix&ordering=-title"],
    "decisions": ["outcome=approved&ordering=title", "body=wiego-team"],
}
# What a page of the ground floors cannot know of: what the floor above adds on REST.
ADDED = {"issues": {"follow_ups"}, "suggestions": {"follow_ups"}}
CASES = [(name, role) for name in LISTINGS for role in ROLES]


@pytest.fixture
def scene(db):
    """One of the cast, with rows of every noun, sealed ones among them."""

    def set_up(role):
        user = make_user(role)
        given, sealed = make.FollowUpFactory(title="=1+1"), make.FollowUpFactory(sealed=True)
        if user.person:
            for follow_up in (given, sealed):
                make.AssignmentFactory(follow_up=follow_up, person=user.person)
        for follow_up in (given, sealed):
            make.AssignmentFactory(follow_up=follow_up, person=None, text="Sofia; of Lima")
            make.UpdateFactory(follow_up=follow_up, text="-2+3 is not sent\nyet")
            make.OutputFactory(follow_up=follow_up, kind="memo", url="https://example.org/x")
        make.DecisionFactory(sealed=True)
        make.NoteFactory(sealed=True)
        return user

    return set_up


def as_json(rows):
    return json.loads(json.dumps(rows, cls=JSONEncoder))


def page_rows(client, name, query):
    answer = client.get(f"/{name}/?{query}")
    assert answer.status_code == 200
    return as_json(answer.context["rows"])


def rest_rows(client, name, query):
    answer = client.get(f"/api/v1/{name}/?{query}")
    assert answer.status_code == 200
    return answer.json()["results"]


def all_rest_rows(client, name, query):
    """The whole list over REST, from page to page."""
    rows, address = [], f"/api/v1/{name}/?{query}"
    while address:
        page = client.get(address).json()
        rows, address = rows + page["results"], page["next"]
    return rows


def sheet_value(cell, value):
    """A value of REST as the workbook has it; times are compared to the second."""
    if value in (None, "", []):
        return None
    if cell.choices and isinstance(value, list):
        return "; ".join(str(cell.choices(each).label) for each in value)
    if cell.choices:
        return str(cell.choices(value).label)
    if cell.kind == "yes":
        return "yes" if value else None
    if cell.kind in ("links", "records", "texts"):
        return "; ".join(map(words, value))
    if cell.kind in ("link", "record"):
        return words(value)
    if cell.kind == "date":
        return datetime.combine(parse_date(value), datetime.min.time())
    if cell.kind == "time":
        return parse_datetime(value).replace(tzinfo=None, microsecond=0)
    return value


def csv_value(cell, value):
    """A value of REST as the CSV has it."""
    if cell.kind in ("links", "records", "texts"):
        return "; ".join(map(words, value))
    if cell.kind in ("link", "record"):
        return words(value) if value else ""
    if cell.kind == "yes":
        return "true" if value else "false"
    if cell.kind == "time":
        return parse_datetime(value).isoformat() if value else ""
    return "" if value is None else str(value)


def csv_rows(client, name, query):
    answer = client.get(f"/{name}/?{query}&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [
        {field: unsafe(value) for field, value in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def sheet_rows(client, name, query):
    answer = client.get(f"/{name}/?{query}&export=xlsx")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    labels, *rows = [[cell.value for cell in row] for row in book.worksheets[0].rows]
    return labels, rows


@pytest.mark.parametrize(("name", "role"), CASES)
def test_every_consumer_shows_the_same_rows(name, role, scene, client_of):
    client = client_of(scene(role))
    listing = LISTINGS[name]

    for query in ["page_size=100", *(f"{each}&page_size=100" for each in FILTERS.get(name, ()))]:
        if client.get(f"/api/v1/{name}/?{query}").status_code == 400:
            assert client.get(f"/{name}/?{query}").status_code == 400
            assert client.get(f"/{name}/?{query}&export=csv").status_code == 400
            continue
        rest = all_rest_rows(client, name, query)
        added = ADDED.get(name, set())
        plain = [{k: v for k, v in row.items() if k not in added} for row in rest]
        labels, sheet = sheet_rows(client, name, query)
        cells = listing.file_cells
        shown = [cell for cell in listing.sheet_cells if cell in cells]

        assert page_rows(client, name, query) == plain[:100]
        assert csv_rows(client, name, query) == [
            {cell.name: csv_value(cell, row[cell.name]) for cell in cells} for row in rest
        ]
        assert labels == [str(cell.label) for cell in listing.sheet_cells]
        places = [listing.sheet_cells.index(cell) for cell in shown]
        assert [[row[place] for place in places] for row in sheet] == [
            [sheet_value(cell, row[cell.name]) for cell in shown] for row in rest
        ]
        assert [row[0] for row in sheet] == list(range(1, len(rest) + 1))


@pytest.mark.parametrize("role", ["coordinator", "board_member", "administrator"])
def test_admin_lists_the_same_rows(role, scene, client_of):
    client = client_of(scene(role))
    agreed = []
    for model, room in admin.site._registry.items():
        listing = getattr(room, "listing", None)
        if listing is None or listing.name not in LISTINGS:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for query in ["", *FILTERS.get(listing.name, ())]:
            page = client.get(f"/{listing.name}/?{query}")
            answer = client.get(f"{address}?{query}")
            if answer.status_code != 200:
                # A room that is closed to them, or a name they may not know: nothing on the page.
                assert answer.status_code == 404 or page.status_code == answer.status_code
                assert page.context["rows"] == []
                continue
            keys = [key_of(record) for record in answer.context["cl"].result_list]
            assert keys == [row.get("slug") or row["ref"] for row in page.context["rows"]]
        agreed.append(listing.name)

    assert sorted(agreed) == sorted(LISTINGS)


def key_of(record):
    return record.ref if record.ref_prefix else record.slug


@pytest.mark.parametrize("name", LISTINGS)
def test_row_detail_and_file_name_the_same_fields_with_the_same_values(name, scene, client_of):
    client = client_of(scene("team_member"))
    rest = resolve(f"/api/v1/{name}/").func.cls.listing
    row = rest_rows(client, name, "")[0]
    key = row.get("slug") or row["ref"]
    detail = client.get(f"/api/v1/{name}/{key}/").json()

    assert sorted(cell.name for cell in LISTINGS[name].file_cells) == sorted(
        set(row) - ADDED.get(name, set())
    )
    assert {field: detail[field] for field in row} == row
    assert [cell.name for cell in rest.rows.all_cells(True)] == list(detail)


def test_board_member_with_a_fresh_second_step_sees_the_same_everywhere(scene, client_of):
    client = client_of(scene("board_member"), board_open=True)

    for name in ("follow-ups", "decisions", "updates", "outputs", "assignments", "notes"):
        rest = all_rest_rows(client, name, "page_size=100")
        assert page_rows(client, name, "page_size=100") == rest[:100]
        assert [row["ref"] for row in csv_rows(client, name, "")] == [row["ref"] for row in rest]


def one_more():
    """One more row of a noun, with all that hangs on it."""
    person = make.PersonFactory(organisation=make.OrganisationFactory())
    make.AliasFactory(person=person)
    body, programme = make.BodyFactory(), make.ProgrammeFactory()
    make.MembershipFactory(person=person, programme=programme)
    make.AliasFactory(person=None, programme=programme)
    review = make.ReviewFactory()
    review.committees.add(body)
    retreat = make.RetreatFactory(review=review, city=make.CityFactory())
    day = make.DayFactory(retreat=retreat)
    session = make.SessionFactory(retreat=retreat, day=day)
    retreat.organisations.add(make.OrganisationFactory())
    note = make.NoteFactory(retreat=retreat, session=session)
    note.said_by.add(person)
    make.SuggestionFactory(retreat=retreat).said_by.add(person)
    option = make.BallotOptionFactory(ballot=make.BallotFactory(session=session))
    option.reasons.add(note)
    make.ParticipantFactory(retreat=retreat, person=person)
    issue = make.IssueFactory(review=review)
    issue.retreats.add(retreat)
    follow_up = make.FollowUpFactory(issue=issue, retreat=retreat)
    follow_up.programmes.add(programme)
    make.AssignmentFactory(follow_up=follow_up, person=person)
    make.UpdateFactory(follow_up=follow_up)
    make.OutputFactory(follow_up=follow_up)
    make.DecisionFactory(retreat=retreat, issue=issue, body=body)
    sector, city = make.SectorFactory(), make.CityFactory()
    make.RegionFactory()
    commitment = make.CommitmentFactory(city=city)
    commitment.sectors.add(sector)
    follow_up.commitments.add(commitment)
    make.PlanFactory(programme=programme).cities.add(city)


@pytest.mark.parametrize("door", ["/", "/api/v1/"])
@pytest.mark.parametrize("name", LISTINGS)
def test_more_rows_cost_no_more_queries(name, door, empty_db):
    user = make.UserFactory(roles=["team"], person=None)
    counts = []
    for _time in range(2):
        one_more()
        if counts:
            one_more()
        client = Client()
        client.force_login(user)
        client.get(f"{door}{name}/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{door}{name}/").status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]

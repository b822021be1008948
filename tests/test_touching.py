"""All that touches one record, from every floor, in one list by time."""

import csv
import io
from io import BytesIO
from itertools import chain

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import workflow as actions_workflow
from actions.models import FollowUp
from programmes import workflow as programmes_workflow
from programmes.models import Concern, Person
from retreats.models import Note, Retreat, SessionPerson
from tests import factories as make
from tests.rest import START, codes
from wiego_review.common.exports import shown, unsafe
from wiego_review.common.kept_words import keep_words
from wiego_review.common.touch_rows import cells
from wiego_review.common.touching import left_out, parts_of, relation, touches, unnamed

pytestmark = pytest.mark.django_db
LISTS = {
    "person": "people", "programme": "programmes", "body": "bodies", "city": "cities",
    "organisation": "organisations", "sector": "sectors", "region": "regions",
    "commitment": "commitments", "plan": "plans", "retreat": "retreats",
    "strategicreview": "reviews", "strategicissue": "issues",
}  # fmt: skip


def address(record):
    return f"{LISTS[record._meta.model_name]}/{getattr(record, 'slug', '') or record.ref}/all/"


def rows_of(client, record, query=""):
    answer = client.get(f"{START}{address(record)}?page_size=100&{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def told(client, record, query=""):
    return [(row["how"], row["title"]) for row in rows_of(client, record, query)]


def busy_person(sealed=False):
    """Somebody touched in every way, by day; what can be sealed is."""
    retreat = make.RetreatFactory(name="Accra", starts_on="2017-03-01", ends_on="2017-03-04")
    day = make.DayFactory(retreat=retreat, number=2, date="2017-03-02")
    session = make.SessionFactory(retreat=retreat, day=day, order=1, title="Looking back")
    later = make.SessionFactory(retreat=retreat, day=day, order=2, title="Looking ahead")
    person = make.PersonFactory(name="Adwoa Mensah")
    role = make.MembershipFactory(
        person=person, programme=make.ProgrammeFactory(name="Law"), role="director",
        started_on="2015-01-01", started_until="2015-12-31", ended_on="2018-06-01",
    )  # fmt: skip
    keep_words(role)
    make.FactFactory(person=person, text="Came from Kumasi", told_on="1999-05-05")
    make.ParticipantFactory(retreat=retreat, person=person, attended="yes")
    for part, of in (("facilitator", session), ("speaker", session), ("speaker", later)):
        SessionPerson.objects.create(session=of, person=person, role=part)
    note = make.NoteFactory(retreat=retreat, session=session, text="Savings first", sealed=sealed)
    note.said_by.add(person)
    make.SuggestionFactory(retreat=retreat, title="A film").said_by.add(person)
    dated = make.FollowUpFactory(
        title="Write the memo", due_on="2017-06-07", due_text="by June", sealed=sealed
    )
    undated = make.FollowUpFactory(title="Film it", retreat=retreat, order=1)
    make.FollowUpFactory(title="Somebody else's", retreat=retreat, order=2)
    make.AssignmentFactory(follow_up=dated, person=person)
    make.AssignmentFactory(follow_up=undated, person=person, role="support")
    make.UpdateFactory(follow_up=undated, text="Begun", as_told_by=person, at="2017-04-05T10:00Z")
    decision = make.DecisionFactory(
        title="The memo is fine", decided_on="2017-09-01", search_text="the memo", sealed=sealed
    )
    decision.follow_ups.add(dated)
    make.OutputFactory(follow_up=dated, title="The memo", sealed=sealed)
    for each in (dated, undated):
        actions_workflow.refresh_follow_up(each)
    Concern.objects.create(contradiction=make.ContradictionFactory(text="7 or 8"), record=person)
    return person


OF_THE_PERSON = [
    (["fact"], "Came from Kumasi"),
    (["director"], "Law"),
    (["was_there"], "Accra"),
    (["support"], "Film it"),
    (["suggested"], "A film"),
    (["facilitator", "speaker"], "Looking back"),
    (["said"], "Savings first"),
    (["speaker"], "Looking ahead"),
    (["told_it"], "Film it"),
    (["lead"], "Write the memo"),
    (["decided_on_theirs"], "The memo is fine"),
    (["ended"], "Law"),
    (["paper_of_theirs"], "The memo"),
    (["disagrees"], "7 or 8"),
]
SEALED = {"Savings first", "Write the memo", "The memo is fine", "The memo"}


# --- the declaration ----------------------------------------------------------


def test_every_noun_with_a_page_of_its_own_people_look_for_has_the_list():
    assert set(touches) == set(LISTS)


@pytest.mark.parametrize("noun", LISTS)
def test_every_relation_to_a_noun_is_a_touch_or_left_out_on_purpose(noun):
    assert unnamed(noun) == []


def test_what_is_left_out_is_there_and_is_no_touch():
    read = {
        name
        for found in touches.values()
        for each in found
        for name in each.rows.reads(each.searchable.model)
    }

    assert set(left_out) & read == set()
    assert relation(Person, "organisation") in read
    assert relation(Retreat, "issues") == "strategicissue.retreats"


def test_a_way_is_called_the_same_everywhere():
    found = {(each.how, str(each.label)) for each in chain(*touches.values())}

    assert len({how for how, _label in found}) == len(found)


def test_no_two_parts_of_a_list_are_the_same():
    for noun in touches:
        kinds = [(part.each.kind, part.each.when, part.each.title) for part in parts_of(noun)]
        assert len(set(kinds)) == len(kinds), noun


# --- what is in it, and in which order ----------------------------------------


def test_person_has_all_that_touches_them_in_time_order(api_of, team_member):
    person = busy_person()

    found = rows_of(api_of(team_member), person)

    assert [(row["how"], row["title"]) for row in found] == OF_THE_PERSON
    assert [row["date_on"] for row in found[-3:]] == ["2018-06-01", None, None]
    memo = found[9]
    assert (memo["date_on"], memo["date_text"], memo["date_is"]) == ("2017-06-07", "by June", "due")
    assert found[3]["date_is"] == "agreed"


def test_backwards_the_undated_stay_last(api_of, team_member):
    person = busy_person()

    found = told(api_of(team_member), person, "ordering=-date")

    dated, undated = OF_THE_PERSON[:-2], OF_THE_PERSON[-2:]
    assert found == dated[::-1] + undated[::-1]


def test_commitment_and_organisation_have_their_years(api_of, team_member):
    organisation = make.OrganisationFactory(name="HNI")
    make.OrganisationNameFactory(organisation=organisation, name="HomeNet", year=2012)
    make.OrganisationNameFactory(organisation=organisation, name="HomeNet Int.", year=None)
    make.OrganisationRoleFactory(organisation=organisation, role="donor")
    make.FactFactory(organisation=organisation, text="New in 2011", told_on="2011-02-02")
    city = make.CityFactory(name="Ahmedabad", joined_text="from the start", left_on="2016-01-01")
    make.CommitmentFactory(name="Its law", city=city, year=2014)

    assert told(api_of(team_member), organisation) == [
        (["fact"], "New in 2011"),
        (["name"], "HomeNet"),
        (["name"], "HomeNet Int."),
        (["standing"], "Donor"),
    ]
    assert told(api_of(team_member), city) == [
        (["commitment"], "Its law"),
        (["left"], "Ahmedabad"),
        (["joined"], "Ahmedabad"),
    ]


def test_retreat_is_told_in_the_order_of_its_agenda(api_of, team_member):
    retreat = busy_person().participations.get().retreat

    assert told(api_of(team_member), retreat, "search=looking&search=") == [
        (["on_agenda"], "Looking back"),
        (["on_agenda"], "Looking ahead"),
    ]
    assert [row["title"] for row in rows_of(api_of(team_member), retreat)] == [
        "Adwoa Mensah", "Film it", "Somebody else's", "A film",
        "Days", "Looking back", "Savings first", "Looking ahead",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "how", "rows"),
    [
        ("jane-barrett", "lead", lambda one: FollowUp.objects.led_by([one])),
        ("renana-jhabvala", "said", lambda one: Note.objects.by_people([one])),
    ],
)
def test_real_person_has_as_many_as_the_panels(api_of, team_member, slug, how, rows):
    person = Person.objects.get(slug=slug)

    found = rows_of(api_of(team_member), person, f"how={how}")

    assert len(found) == rows(person).count() > 0


def test_merged_touches_are_those_of_the_one_left(client_of, api_of, coordinator):
    person, other = busy_person(), make.PersonFactory(name="A. Mensah")

    programmes_workflow.merge(person, into=other, by=coordinator, via="page")

    assert told(api_of(coordinator), other, "kind=note") == [(["said"], "Savings first")]
    answer = client_of(coordinator).get(f"/people/{person.slug}/all/")
    assert answer.headers["Location"] == f"/people/{other.slug}/all/"


# --- filters ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("kind=follow-up", [3, 9]),
        ("kind=follow-up&kind=session", [3, 5, 7, 9]),
        ("how=speaker", [5, 7]),
        ("how=lead&how=said", [6, 9]),
        ("year=2015", [1]),
        ("year=2018", [11]),
        ("retreat=RETREAT", [2, 3, 4, 5, 6, 7, 8]),
        ("search=memo", [9, 10, 12]),
        ("search=law", [1, 11]),
        ("search=zzqq", []),
        ("kind=note&how=lead", []),
        ("kind=session&ordering=-date&year=2017", [7, 5]),
    ],
)
def test_list_is_narrowed(api_of, client_of, team_member, query, places):
    person = busy_person()
    query = query.replace("RETREAT", person.participations.get().retreat.slug)

    wanted = [OF_THE_PERSON[place] for place in places]
    assert told(api_of(team_member), person, query) == wanted
    page = client_of(team_member).get(f"/{address(person)}?{query}")
    assert [(row["how"], row["title"]) for row in page.context["rows"]] == wanted
    assert page.context["count"] == len(wanted)


@pytest.mark.parametrize(
    "query",
    ["colour=red", "year=abc", "year=2015&year=2016", "kind=secret", "how=led", "retreat=nowhere",
     "ordering=title", "page=0", "cursor=abc", "search=%00"],
)  # fmt: skip
def test_what_is_not_understood_is_told(client_of, api_of, team_member, query):
    place = address(Person.objects.get(slug="jane-barrett"))

    assert client_of(team_member).get(f"/{place}?{query}").status_code == 400
    assert client_of(team_member).get(f"/{place}?{query}&export=doc").status_code == 400
    assert codes(api_of(team_member).get(f"{START}{place}?{query}")) == (400, "bad_query")


@pytest.mark.parametrize("ordering", ["date", "-date"])
def test_pages_by_cursor_are_the_whole_list_there_and_back(api_of, team_member, ordering):
    person, api = busy_person(), api_of(team_member)
    whole = rows_of(api, person, f"ordering={ordering}")
    pages, there = [], f"{START}{address(person)}?page_size=3&ordering={ordering}"
    while there:
        pages.append(api.get(there).json())
        there = pages[-1]["next"]
    back = [api.get(page["previous"]).json()["results"] for page in pages[1:]]

    assert [row for page in pages for row in page["results"]] == whole
    assert back == [page["results"] for page in pages[:-1]]
    assert {page["count"] for page in pages} == {len(whole)}


# --- who sees what ------------------------------------------------------------


@pytest.mark.parametrize("role", ["team_member", "coordinator", "board_member", "chair"])
def test_sealed_rows_are_the_boards_with_a_fresh_step_alone(request, client_of, api_of, role):
    user, person = request.getfixturevalue(role), busy_person(sealed=True)
    opened = [row for row in OF_THE_PERSON if row[1] not in SEALED]
    page = f"/{address(person)}?page_size=100"

    shut = client_of(user).get(page).context
    board = client_of(user, board_open=True).get(page).context

    whole = OF_THE_PERSON if "board" in user.roles else opened
    assert [(row["how"], row["title"]) for row in shut["rows"]] == opened
    assert [(row["how"], row["title"]) for row in board["rows"]] == whole
    assert (shut["count"], board["count"]) == (len(opened), len(whole))
    assert told(api_of(user), person) == opened


def test_guest_sees_of_a_person_what_they_may_read(api_of, guest):
    person = busy_person()
    retreat = person.participations.get().retreat
    make.ParticipantFactory(retreat=retreat, person=guest.person)
    given = FollowUp.objects.get(title="Write the memo")
    make.AssignmentFactory(follow_up=given, person=guest.person, role="support")
    missed = make.RetreatFactory(name="Lima")
    make.ParticipantFactory(retreat=missed, person=guest.person)
    make.ParticipantFactory(retreat=missed, person=person, attended="no")

    found = rows_of(api_of(guest), person)

    assert [(row["how"], row["title"]) for row in found] == [
        (["was_there"], "Accra"),
        (["facilitator", "speaker"], "Looking back"),
        (["speaker"], "Looking ahead"),
        (["lead"], "Write the memo"),
        (["paper_of_theirs"], "The memo"),
    ]
    assert {row["of"] for row in found} == {""}


def test_guest_reads_no_day_of_a_retreat_they_were_not_at(api_of, guest):
    issue = make.IssueFactory(title="Care")
    elsewhere = make.RetreatFactory(name="Lima", starts_on="2016-02-02", ends_on="2016-02-03")
    given = make.FollowUpFactory(title="Paper on care", issue=issue, retreat=elsewhere)
    make.AssignmentFactory(follow_up=given, person=guest.person)
    issue.retreats.add(elsewhere)

    [row] = rows_of(api_of(guest), issue)

    assert (row["title"], row["date_on"], row["date_is"]) == ("Paper on care", None, "")
    assert rows_of(api_of(guest), issue, "year=2016") == []


@pytest.mark.parametrize("role", ["guest", "administrator", "stranger"])
def test_hidden_and_missing_are_the_same(request, client_of, api_of, role):
    user = request.getfixturevalue(role)
    for name, key in (("cities", "delhi"), ("plans", "focal-cities-2018"), ("reviews", "x")):
        hidden, missing = f"{name}/{key}/all/", f"{name}/nowhere/all/"
        pages = [client_of(user).get(f"/{each}") for each in (hidden, missing)]
        rest = [api_of(user).get(f"{START}{each}") for each in (hidden, missing)]

        assert [page.status_code for page in pages] == [404, 404]
        assert [codes(each) for each in rest] == [(404, "not_found")] * 2
        assert rest[0].content == rest[1].content


# --- files and cost -----------------------------------------------------------


def test_files_are_the_list_as_narrowed(client_of, api_of, team_member):
    person, query = busy_person(), "kind=session&kind=follow-up&search=look"
    client, api = client_of(team_member), api_of(team_member)
    rest = rows_of(api, person, query)
    page = client.get(f"/{address(person)}?{query}")
    text = b"".join(client.get(f"/{address(person)}?{query}&export=csv").streaming_content)
    book = client.get(f"/{address(person)}?{query}&export=xlsx")
    sheet, about = openpyxl.load_workbook(BytesIO(b"".join(book.streaming_content))).worksheets
    found = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    how = next(cell for cell in cells() if cell.name == "how")
    heads, *lines = [[cell.value for cell in row] for row in sheet.rows]

    assert page.context["rows"] != [] and len(rest) == len(page.context["rows"])
    assert [unsafe(row["title"]) for row in found] == [row["title"] for row in rest]
    assert [row["how"] for row in found] == ["; ".join(row["how"]) for row in rest]
    assert [row["url"] for row in found] == [row["url"] for row in rest]
    assert [line[heads.index("How")] for line in lines] == [shown(how, r["how"]) for r in rest]
    assert lines[0][heads.index("How")] == "Facilitator; Speaker"
    assert heads[0] == "No" and heads[-2:] == ["Link", "Reference"]
    assert about["B1"].value == "Adwoa Mensah: everything, in time order"


def queries(api, place):
    with CaptureQueriesContext(connection) as captured:
        assert api.get(place).status_code == 200
    return len(captured)


def test_more_rows_cost_no_more_queries(api_of, team_member):
    person, api = busy_person(), api_of(team_member)
    place = f"{START}{address(person)}?page_size=100"
    api.get(place)
    few = queries(api, place)
    for note in make.NoteFactory.create_batch(20):
        note.said_by.add(person)
    for number in range(10):
        follow_up = make.FollowUpFactory(title=f"Number {number}")
        make.AssignmentFactory(follow_up=follow_up, person=person)

    assert len(rows_of(api, person)) == len(OF_THE_PERSON) + 30
    assert queries(api, place) == few
    kinds = 12  # parts of the list that hold a row
    two_ways = 4  # of which those asked how they touch
    assert few <= 4 + 2 + kinds + two_ways  # sign-in, the record, the counts, the order


def test_record_leads_to_its_list_and_back(client_of, team_member):
    client = client_of(team_member)
    for name, key in (("people", "jane-barrett"), ("retreats", "bellagio-2017")):
        own, whole = f"/{name}/{key}/", f"/{name}/{key}/all/"
        assert f'href="{whole}"' in client.get(own).content.decode()
        assert f'href="{own}"' in client.get(whole).content.decode()


def test_what_was_only_suggested_is_not_told_as_agreed(api_of, team_member):
    retreat = make.RetreatFactory(starts_on="2017-04-25", ends_on="2017-04-28")
    for state in ("not_started", "suggested"):
        make.FollowUpFactory(title=state, retreat=retreat, state=state)

    found = rows_of(api_of(team_member), retreat, "kind=follow-up")

    assert [(row["title"], row["how"], row["date_is"]) for row in found] == [
        ("not_started", ["agreed"], "agreed"),
        ("suggested", ["suggested"], "suggested"),
    ]

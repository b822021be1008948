"""Tables that are no list of records: the same on page, file and REST, for who may see it."""

import csv
import io
import re
from io import BytesIO

import openpyxl
import pytest

from tests.rest import START

RETREATS = "retreat=bellagio-2012&retreat=bellagio-2017"
PAGES = {
    "compare-retreats": "/retreats/compare/?",
    "who-has-how-much": "/follow-ups/who-has-how-much/?rows=people&",
    "how-it-stands-by-programme": "/follow-ups/who-has-how-much/?rows=programmes&",
}


def told(api, name, query=""):
    return api.get(f"{START}tables/{name}/?{query}").json()


def csv_of(answer):
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


def in_a_file(value):
    return "; ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("name", PAGES)
def test_table_is_the_same_as_a_file_and_on_rest(client_of, api_of, team_member, name):
    table = told(api_of(team_member), name)
    head, *rows = csv_of(client_of(team_member).get(f"{PAGES[name]}export=csv"))

    assert head == [column["name"] for column in table["columns"]]
    assert rows == [list(map(in_a_file, line.values())) for line in table["lines"]]
    assert rows


@pytest.mark.parametrize("name", PAGES)
def test_table_is_the_same_in_a_workbook(client_of, api_of, team_member, name):
    table = told(api_of(team_member), name)
    answer = client_of(team_member).get(f"{PAGES[name]}export=xlsx")
    sheet, last = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    head, *rows = sheet.iter_rows(values_only=True)

    assert list(head) == [column["label"] for column in table["columns"]]
    assert [["" if value is None else str(value) for value in row] for row in rows] == [
        [in_a_file(value) for value in line.values()] for line in table["lines"]
    ]
    assert [cell.value for cell in last[1]] == ["List", table["title"]]


def test_comparison_has_a_column_for_each_retreat_asked_for(api_of, team_member):
    table = told(api_of(team_member), "compare-retreats", RETREATS)
    lines = {line["what"]: line for line in table["lines"]}

    assert [each["name"] for each in table["columns"]] == ["what", "bellagio-2012", "bellagio-2017"]
    assert lines["When"]["bellagio-2017"] == ["24–28 Apr 2017"]
    assert lines["Where"]["bellagio-2017"] == [
        "Rockefeller Foundation Study and Conference Center, Bellagio, Italy"
    ]
    assert lines["Kind"]["bellagio-2012"] == ["Workshop"]


def test_numbers_are_narrowed_as_the_list_is(api_of, team_member):
    table = told(api_of(team_member), "who-has-how-much", "kind=two_pager&lead=demetria-tsoutouras")

    assert [line["person"] for line in table["lines"]] == ["Pablo Rey", "Demetria Tsoutouras"]


def test_table_asked_for_wrongly_says_so(client_of, api_of, team_member):
    api, client = api_of(team_member), client_of(team_member)
    asked = [
        ("compare-retreats", "retreat=nowhere", ["retreat"]),
        ("compare-retreats", "colour=red", ["colour"]),
        ("compare-retreats", "export=csv", ["export"]),
        ("who-has-how-much", "kind=nothing", ["kind"]),
        ("how-it-stands-by-programme", "rows=people", ["rows"]),
    ]
    for name, query, wrong in asked:
        answer = api.get(f"{START}tables/{name}/?{query}")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, wrong)
    assert client.get("/retreats/compare/?export=pdf").status_code == 400
    assert client.get("/retreats/compare/?export=csv&retreat=nowhere").status_code == 400


def test_table_holds_what_its_reader_may_see(client, api_of, cast):
    """A guest compares the own retreats, and does not see who has how much."""
    guest = api_of(cast.guest)
    table = told(guest, "compare-retreats")
    own = told(guest, "compare-retreats", "retreat=bellagio-2017")

    assert [each["name"] for each in table["columns"]] == ["what"]
    assert {line["what"] for line in own["lines"]} & {"What was said", "Decisions"} == set()
    for name in ("who-has-how-much", "how-it-stands-by-programme"):
        for user in (cast.guest, cast.administrator, cast.stranger):
            assert api_of(user).get(f"{START}tables/{name}/").status_code == 404
    assert [client.get(f"{START}tables/{name}/").status_code for name in PAGES] == [401, 401, 401]


def test_card_of_the_comparison_calls_each_retreat_by_its_short_name(client_of, team_member):
    page = client_of(team_member).get(f"/retreats/compare/?{RETREATS}").content.decode()

    found = re.findall(r'data-label="([^"]*)"', page)
    assert {*found[2:]} == {"Bellagio, June 2012", "Bellagio, April 2017"}

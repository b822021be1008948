"""What a search found, as a file: the hits of its pages, in their order."""

import csv
import io
from io import BytesIO

import openpyxl
import pytest

from tests.rest import START
from wiego_review.common import listing, search_files, searching
from wiego_review.common.exports import unsafe

pytestmark = pytest.mark.django_db
SHOWN = "Date and what else is shown"
COLUMNS = ["kind", "title", "of", "found_in", "text", "beside", "year", "url", "ref"]
QUERY = "search=migration"
IN_PART = "search=Jane+dinner+helicopter"


def csv_rows(client, query):
    answer = client.get(f"/search/?{query}&export=csv")
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == COLUMNS
    return answer, [list(map(unsafe, row)) for row in rows]


def sheets(client, query):
    answer = client.get(f"/search/?{query}&export=xlsx")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    first, last = book.worksheets
    return list(first.iter_rows(values_only=True)), dict(last.iter_rows(values_only=True))


def rest_rows(api, query):
    rows, address = [], f"{START}search/?{query}"
    while address:
        page = api.get(address).json()
        rows, address = rows + page["results"], page["next"]
    return rows


@pytest.mark.parametrize(
    ("role", "query"),
    [
        ("team_member", QUERY),
        ("team_member", f"{QUERY}&kind=note"),
        ("team_member", f"{QUERY}&year=2017&retreat=bellagio-2017"),
        ("team_member", IN_PART),
        ("guest", "search=bellagio"),
    ],
)
def test_file_holds_what_the_pages_show(request, client_of, api_of, role, query):
    user = request.getfixturevalue(role)

    _answer, rows = csv_rows(client_of(user), query)
    hits = rest_rows(api_of(user), query)

    told = [[*row[:7], row[8]] for row in rows]
    names = ("kind", "title", "of", "found_in", "text", "beside", "year", "ref")
    assert told == [[str(hit[name] or "") for name in names] for hit in hits]
    paths = [(row[7].partition("://")[2].partition("/")[2]) for row in rows]
    assert paths == [(hit["url"] or "").removeprefix("http://testserver/") for hit in hits]
    assert rows


def test_workbook_is_in_words_and_says_what_was_asked(client_of, team_member):
    query = f"{QUERY}&kind=note&year=2017&retreat=bellagio-2017"
    _answer, rows = csv_rows(client_of(team_member), query)
    (head, *lines), about = sheets(client_of(team_member), query)

    assert head == (
        "No", "What it is", "Name", "Of", "Found in", "Sentence", SHOWN, "Year", "Link",
        "Reference",
    )  # fmt: skip
    assert [line[2] for line in lines] == [row[1] for row in rows]
    assert {line[1] for line in lines} == {"Notes"}
    assert {line[7] for line in lines} == {2017}
    assert [about[name] for name in ("List", "Words", "What it is", "Year")] == [
        "Search", "migration", "Notes", 2017,
    ]  # fmt: skip
    assert about["Retreat or meeting"].endswith("Strategic Review and Planning Retreat")
    assert about["Rows"] == len(rows)
    assert "Left out" not in about


def test_file_says_where_hits_hold_only_some_of_the_words(client_of, team_member):
    _lines, about = sheets(client_of(team_member), IN_PART)

    assert about["What was found"].startswith("Nothing holds all of these words.")


def test_file_that_is_cut_says_so_on_the_page_in_its_name_and_in_itself(
    client_of, team_member, monkeypatch
):
    for module in (listing, searching, search_files):
        monkeypatch.setattr(module, "COUNT_CAP", 3)
    client = client_of(team_member)

    answer, rows = csv_rows(client, QUERY)
    _lines, about = sheets(client, QUERY)

    assert len(rows) == 3
    assert "search-first-10000-" in answer["Content-Disposition"]
    assert about["Left out"].startswith("The first 10,000 are in this file.")
    assert "The files hold the first 10,000." in client.get(f"/search/?{QUERY}").content.decode()


def test_page_leads_to_the_files_as_narrowed(client_of, team_member):
    page = client_of(team_member).get(f"/search/?{QUERY}&kind=note&page_size=2").content.decode()

    for kind in ("xlsx", "csv"):
        assert f"kind=note&amp;page_size=2&amp;export={kind}" in page
    whole = client_of(team_member).get(f"/search/?{QUERY}&kind=note&whole=1")
    assert len(whole.context["hits"]) == whole.context["count"] > 2
    assert "data-print" in whole.content.decode()


@pytest.mark.parametrize("query", ["export=pdf", "export=csv&year=abc", "export=csv&colour=red"])
def test_file_that_is_not_known_is_told(client_of, team_member, query):
    assert client_of(team_member).get(f"/search/?{QUERY}&{query}").status_code == 400


@pytest.mark.parametrize("query", ["export=csv", "whole=1"])
def test_rest_refuses_what_is_for_pages(api_of, team_member, query):
    answer = api_of(team_member).get(f"{START}search/?{QUERY}&{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_query")

"""Files of any list: cells no spreadsheet takes for a formula, and sheets that can be read back."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wiego_review.common import exports
from wiego_review.common.cells import Cell

ANY = st.text(st.characters(codec="utf-8"), max_size=30)
STARTS = st.sampled_from([*exports.RISKY, "''", "'=", "'+1", "+49 ", "-5", "+", ""])


@given(STARTS, ANY)
@example("'", "5")
@example("'", "'=1")
@example("", "")
def test_cell_read_back_is_what_was_written(start, text):
    assert exports.unsafe(exports.safe(start + text)) == start + text


@given(STARTS, ANY)
def test_cell_starts_like_a_formula_only_where_it_is_a_number(start, text):
    written = exports.safe(start + text)

    assert not written.startswith(("=", "@", "\t", "\r"))
    if written.startswith(("+", "-")):
        assert set(written) <= set("+-0123456789 .,()/")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "+1"),
        ("-5", "-5"),
        ("-1 200,50", "-1 200,50"),
        ("+44 (0)20 7946-0958", "+44 (0)20 7946-0958"),
        ("-2-3", "'-2-3"),
        ("-2+cmd|' /C calc'!A0", "'-2+cmd|' /C calc'!A0"),
        ("+A1", "'+A1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'x", "''x"),
        ("+", "'+"),
        ("+1\n", "'+1\n"),
        ("x=1", "x=1"),
    ],
)
def test_cell_is_written_safely(text, written):
    assert exports.safe(text) == written


CELLS = [
    Cell("text", "Text", "text", None),
    Cell("names", "Names", "links", None),
    Cell("on", "Date", "date", None),
    Cell("at", "When", "time", None),
    Cell("number", "Number", "number", None),
    Cell("yes", "Yes", "yes", None),
    Cell("url", "Link", "url", None),
]
ROW = {
    "text": "",
    "names": [],
    "on": None,
    "at": None,
    "number": None,
    "yes": False,
    "url": "",
}


def chunk_of(*rows):
    rows = [{**ROW, **row} for row in rows]
    return {name: [row[name] for row in rows] for name in ROW}


def sheet_of(*rows, about=()):
    return openpyxl.load_workbook(exports.xlsx_file(CELLS, [chunk_of(*rows)], about))


def cell(value, name):
    book = sheet_of({name: value})
    return book.worksheets[0].cell(2, [each.name for each in CELLS].index(name) + 1)


def test_sheet_holds_real_values():
    at = datetime(2017, 6, 5, 9, 30, 15, 123456, tzinfo=UTC)

    assert cell(date(2017, 6, 5), "on").value.isoformat() == "2017-06-05T00:00:00"
    assert cell(at, "at").value.isoformat() == "2017-06-05T09:30:15"
    assert cell(3, "number").value == 3
    assert cell(0, "number").value == 0
    assert cell(True, "yes").value == "yes"
    assert cell(["A", "B"], "names").value == "A; B"


def test_text_like_a_formula_is_a_text_in_a_sheet():
    found = cell("=1+1", "text")

    assert (found.value, found.data_type) == ("=1+1", "s")


def test_text_too_long_for_a_sheet_is_cut_and_says_so():
    whole = cell("x" * 32_767, "text").value
    cut = cell("x" * 40_000, "text").value

    assert whole == "x" * 32_767
    assert len(cut) == 32_767
    assert cut.endswith("(cut here: a sheet holds no more; the CSV has it whole)")


def test_characters_no_sheet_can_hold_are_replaced():
    assert cell("a\x00b\x07c\ufffed\n\te", "text").value == "a�b�c�d\n\te"


def test_link_is_a_link_and_text_and_only_text_where_it_is_too_long():
    short, long = "http://localhost/x/", "http://localhost/" + "x" * 2_100

    assert (cell(short, "url").value, cell(short, "url").hyperlink.target) == (short, short)
    assert (cell(long, "url").value, cell(long, "url").hyperlink) == (long, None)


def test_links_end_where_a_sheet_holds_no_more(monkeypatch):
    monkeypatch.setattr(exports, "LINKED_ROWS", 1)
    sheet = sheet_of({"url": "http://a/"}, {"url": "http://b/"}).worksheets[0]

    assert [bool(sheet.cell(row, 7).hyperlink) for row in (2, 3)] == [True, False]
    assert sheet.cell(3, 7).value == "http://b/"


def test_day_before_spreadsheets_count_is_a_text():
    assert cell(date(1899, 12, 31), "on").value == "31 Dec 1899"
    assert cell(date(1900, 3, 1), "on").value.isoformat() == "1900-03-01T00:00:00"


def test_list_goes_on_in_a_further_sheet(monkeypatch):
    monkeypatch.setattr(exports, "SHEET_ROWS", 3)
    book = sheet_of(*({"number": number} for number in range(5)))

    assert book.sheetnames == ["List", "List 2", "List 3", "About this list"]
    assert [sheet.cell(2, 5).value for sheet in book.worksheets[:3]] == [0, 2, 4]


def test_last_sheet_tells_about_the_list_and_no_formula():
    book = sheet_of({}, about=[("Search", "=1+1"), ("List", "Follow-ups")])
    sheet = book.worksheets[-1]

    assert [[each.value for each in row] for row in sheet.rows] == [
        ["Search", "=1+1"],
        ["List", "Follow-ups"],
        ["Rows", 1],
    ]
    assert sheet["B1"].data_type == "s"


def test_csv_has_field_names_codes_and_a_mark_of_its_encoding():
    row = {
        "text": "=1, “x”\nand\r\ny",
        "names": ["A", "B"],
        "on": date(2017, 6, 5),
        "number": 0,
    }

    text = "".join(exports.csv_lines(CELLS, [chunk_of(row)]))

    assert text[0] == "\ufeff"
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [
        ["text", "names", "on", "at", "number", "yes", "url"],
        ["'=1, “x”\nand\r\ny", "A; B", "2017-06-05", "", "0", "false", ""],
    ]

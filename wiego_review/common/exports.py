"""A whole list as a file, CSV or XLSX: exactly as filtered, without a cap."""

import csv
import io
import re
import tempfile
from datetime import date

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .cells import words

CHUNK = 5_000
SHEET_ROWS = 1_048_576
LINKED_ROWS = 50_000
RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
# A plain number, or a telephone number with its country's code.
NUMBER = re.compile(r"[+-]?[0-9][0-9 .,]*|\+[0-9][0-9 .()/-]*")
LONGEST = 32_767
LONGEST_LINK = 2_079
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree about what day a number is
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BOM = "\ufeff"


def safe(text: str) -> str:
    """A text cell no spreadsheet takes for a formula: one leading `'` where it might be."""
    if text.startswith(RISKY) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unsafe(text: str) -> str:
    """A cell read back: the leading `'` that `safe` put there is taken off."""
    if text.startswith("'") and text[1:].startswith(RISKY) and not NUMBER.fullmatch(text[1:]):
        return text[1:]
    return text


def fitting(text: str) -> str:
    """A text as a cell of a sheet can hold it: no control characters, not too long."""
    text = NOT_XML.sub("\ufffd", text)
    if len(text) <= LONGEST:
        return text
    told = " " + _("… (cut here: a sheet holds no more; the CSV has it whole)")
    return text[: LONGEST - len(told)] + told


def safe_all(texts):
    """`safe` of each; only those that look risky are looked at closely."""
    return [safe(text) if text and text[0] in RISKY else text for text in texts]


def csv_column(cell, values):
    """One cell of all rows, as it is written: codes, ISO dates, names joined by `; `."""
    if cell.kind in ("links", "records", "texts"):
        return safe_all(map("; ".join, values))
    if cell.kind == "yes":
        return ["true" if value else "false" for value in values]
    if cell.kind == "date":
        iso = {value: value and value.isoformat() for value in set(values)}
        return [iso[value] for value in values]
    if cell.kind == "time":
        return [value and value.isoformat() for value in values]
    if cell.kind in ("number", "code", "ref", "url"):
        return values
    return safe_all(values)


def chunks(selection, cells):
    """These cells of a selection's rows, in its order, so many at a time: `{name: column}`."""
    ids = selection.ids()
    rows = selection.listing.rows
    for start in range(0, len(ids), CHUNK):
        yield rows.columns(ids[start : start + CHUNK], selection.viewer, cells, named=True)


def numbered(row_chunks):
    """The rows with their running number."""
    number = 1
    for columns in row_chunks:
        end = number + height(columns)
        yield {**columns, "no": range(number, end)}
        number = end


def height(columns) -> int:
    return len(next(iter(columns.values())))


def rows_of(cells, row_chunks):
    """The rows one by one, their values in the order of the cells."""
    for columns in row_chunks:
        yield from zip(*(columns[cell.name] for cell in cells), strict=True)


def csv_lines(cells, row_chunks):
    """The text of a CSV, in pieces: field names and codes, UTF-8 with BOM."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    file.write(BOM)
    writer.writerow([cell.name for cell in cells])
    yield taken(file)
    for columns in row_chunks:
        written = [csv_column(cell, columns[cell.name]) for cell in cells]
        writer.writerows(zip(*written, strict=True))
        yield taken(file)


def taken(file) -> str:
    """What was written so far, taken out."""
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text


def shown(cell, value) -> str:
    """A cell in words, as the screen says it."""
    if value in (None, "", []):
        return ""
    if cell.choices and isinstance(value, list):
        return "; ".join(str(cell.choices(each).label) for each in value)
    if cell.choices:
        return str(cell.choices(value).label)
    if cell.kind in ("links", "records", "texts"):
        return "; ".join(map(words, value))
    if cell.kind in ("link", "record"):
        return words(value)
    if cell.kind == "yes":
        return str(_("yes")) if value else ""
    if cell.kind == "date":
        return date_format(value, "j M Y")
    if cell.kind == "time":
        return date_format(timezone.localtime(value), "j M Y, H:i")
    return str(value)


class Workbook:
    """A list as XLSX, written row by row: the list first, "About this list" last."""

    def __init__(self, file, cells, about):
        self.cells = cells
        self.about = about
        self.book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "remove_timezone": True, "strings_to_urls": False}
        )
        self.bold = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.wrap = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.day = self.book.add_format({"num_format": "d mmm yyyy", "valign": "top"})
        self.moment = self.book.add_format({"num_format": "d mmm yyyy hh:mm", "valign": "top"})
        self.total = 0
        self.sheets = 0
        self.begin_sheet()

    def begin_sheet(self):
        self.sheets += 1
        name = str(_("List")) if self.sheets == 1 else f"{_('List')} {self.sheets}"
        self.sheet = self.book.add_worksheet(name)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        for number, cell in enumerate(self.cells):
            self.sheet.set_column(number, number, WIDTHS.get(cell.kind, 22))
            self.sheet.write_string(0, number, str(cell.label), self.bold)
        self.row = 1

    def add(self, row):
        if self.row >= SHEET_ROWS:
            self.begin_sheet()
        for number, (cell, value) in enumerate(zip(self.cells, row, strict=True)):
            self.write(number, cell, value)
        self.row += 1
        self.total += 1

    def write(self, number, cell, value):
        if value in (None, "", []):
            return
        if cell.kind == "date" and value >= FIRST_DAY:
            self.sheet.write_datetime(self.row, number, value, self.day)
        elif cell.kind == "time":
            moment = timezone.localtime(value).replace(microsecond=0)
            self.sheet.write_datetime(self.row, number, moment, self.moment)
        elif cell.kind == "number":
            self.sheet.write_number(self.row, number, value)
        elif cell.kind == "url" and self.total < LINKED_ROWS and len(value) <= LONGEST_LINK:
            self.sheet.write_url(self.row, number, value, string=value)
        elif text := fitting(shown(cell, value)):
            self.sheet.write_string(self.row, number, text, self.wrap)

    def close(self):
        sheet = self.book.add_worksheet(str(_("About this list")))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 80)
        for number, (label, value) in enumerate([*self.about, (_("Rows"), self.total)]):
            sheet.write_string(number, 0, str(label), self.bold)
            if isinstance(value, int):
                sheet.write_number(number, 1, value, self.wrap)
            else:
                sheet.write_string(number, 1, fitting(str(value)), self.wrap)
        self.book.close()


WIDTHS = {"text": 44, "links": 28, "date": 13, "time": 18, "number": 9, "yes": 9, "url": 30}


def xlsx_file(cells, row_chunks, about):
    """A temporary file with the workbook, at its beginning."""
    file = tempfile.TemporaryFile()
    book = Workbook(file, cells, about)
    for row in rows_of(cells, row_chunks):
        book.add(row)
    book.close()
    file.seek(0)
    return file


def about(selection) -> list[tuple]:
    """What the last sheet says: which list, how narrowed, in what order, for whom, when."""
    told = [(_("List"), selection.listing.title), *narrowed(selection.filterset)]
    return [*told, (_("Order"), selection.ordering), *made_for(selection.viewer)]


def narrowed(filterset) -> list[tuple]:
    return [(label, words) for _name, label, _value, words in filterset.active()]


def made_for(viewer) -> list[tuple]:
    return [
        (_("As seen by"), viewer.account(viewer.user)),
        (_("Made"), date_format(timezone.localtime(), "j M Y, H:i e")),
    ]

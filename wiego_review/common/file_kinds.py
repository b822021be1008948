"""What kind of file something is, judged by what is in it: its name may say anything."""

import struct
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


class FileType(models.TextChoices):
    """The types that are taken, as they are sent to browsers."""

    PDF = "application/pdf", _("PDF")
    DOCX = f"{OFFICE}.wordprocessingml.document", _("Word")
    DOC = "application/msword", _("Word, of before 2007")
    XLSX = f"{OFFICE}.spreadsheetml.sheet", _("Excel")
    XLS = "application/vnd.ms-excel", _("Excel, of before 2007")
    PPTX = f"{OFFICE}.presentationml.presentation", _("PowerPoint")
    PPT = "application/vnd.ms-powerpoint", _("PowerPoint, of before 2007")
    ODT = f"{OPEN}.text", _("OpenDocument text")
    ODS = f"{OPEN}.spreadsheet", _("OpenDocument table")
    ODP = f"{OPEN}.presentation", _("OpenDocument slides")
    TEXT = "text/plain", _("Plain text")
    CSV = "text/csv", _("CSV")
    MARKDOWN = "text/markdown", _("Markdown")
    JPEG = "image/jpeg", _("Picture (JPEG)")
    PNG = "image/png", _("Picture (PNG)")
    WEBP = "image/webp", _("Picture (WebP)")
    GIF = "image/gif", _("Picture (GIF)")
    HEIC = "image/heic", _("Picture (HEIC)")


PICTURES = {FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.GIF}
TEXTS = {FileType.TEXT, FileType.CSV, FileType.MARKDOWN}
# What every browser shows by itself.
IN_PLACE = {FileType.PDF, *PICTURES}
# How the name of each ends; the first is put behind a name that ends otherwise.
ENDINGS = {
    FileType.PDF: ("pdf",),
    FileType.DOCX: ("docx", "dotx"),
    FileType.DOC: ("doc", "dot"),
    FileType.XLSX: ("xlsx", "xltx"),
    FileType.XLS: ("xls", "xlt"),
    FileType.PPTX: ("pptx", "ppsx", "potx"),
    FileType.PPT: ("ppt", "pps"),
    FileType.ODT: ("odt", "ott"),
    FileType.ODS: ("ods", "ots"),
    FileType.ODP: ("odp", "otp"),
    FileType.TEXT: ("txt", "text"),
    FileType.CSV: ("csv", "tsv"),
    FileType.MARKDOWN: ("md", "markdown"),
    FileType.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileType.PNG: ("png",),
    FileType.WEBP: ("webp",),
    FileType.GIF: ("gif",),
    FileType.HEIC: ("heic", "heif"),
}

STRANGE = _(
    "This kind of file is not taken here. Save it as PDF, Word, Excel, PowerPoint, OpenDocument, "
    "plain text or a picture (JPEG, PNG, WebP, GIF, HEIC), and add that. For a film, give its link."
)
ZIPPED = _("A ZIP file is not taken here. Unpack it, and add the files in it one by one.")
WEB = _(
    "A web page or drawing for the web (HTML, SVG, XML) is not taken here. Save it as PDF or as a "
    "picture (PNG), and add that."
)
MACROS = _("This file has macros in it. Save it without them (docx, xlsx, pptx), and add that.")
LOCKED = _("This file is locked with a password. Save it without one, and add that.")
DAMAGED = _("This file is damaged or not whole. Open it, save it anew, and add that.")

STARTS = {
    b"\xff\xd8\xff": FileType.JPEG,
    b"\x89PNG\r\n\x1a\n": FileType.PNG,
    b"GIF87a": FileType.GIF,
    b"GIF89a": FileType.GIF,
}
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": FileType.DOCX,
    b"wordprocessingml.template.main+xml": FileType.DOCX,
    b"spreadsheetml.sheet.main+xml": FileType.XLSX,
    b"spreadsheetml.template.main+xml": FileType.XLSX,
    b"presentationml.presentation.main+xml": FileType.PPTX,
    b"presentationml.slideshow.main+xml": FileType.PPTX,
    b"presentationml.template.main+xml": FileType.PPTX,
}
STREAMS = {
    "WordDocument": FileType.DOC,
    "Workbook": FileType.XLS,
    "Book": FileType.XLS,
    "PowerPoint Document": FileType.PPT,
    "EncryptedPackage": None,
}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
PART_MOST = 1 << 20
CONTROLS = {chr(number) for number in range(32)} - set("\t\n\r\f")


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def type_of(file, name: str) -> FileType:
    """The type of an open file; of plain texts the name says which. Raises ValidationError."""
    file.seek(0)
    head = file.read(1024)
    if b"%PDF-" in head:
        return FileType.PDF
    if found := next((each for start, each in STARTS.items() if head.startswith(start)), None):
        return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileType.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return FileType.HEIC
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return type_of_zip(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return type_of_streams(file.read())
    return type_of_text(file.read(), ending_of(name))


def type_of_zip(file) -> FileType:
    """Office and OpenDocument files are archives that say in a part of their own what they are."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                told = part_of(archive, "mimetype").decode("ascii").strip()
                return FileType(told.removesuffix("-template"))
            if "[Content_Types].xml" in names:
                return type_of_office(part_of(archive, "[Content_Types].xml"))
    except BROKEN as problem:
        raise ValidationError(DAMAGED) from problem
    raise ValidationError(ZIPPED)


def part_of(archive, name) -> bytes:
    """The beginning of a part: it may unpack to any size."""
    with archive.open(name) as part:
        return part.read(PART_MOST)


def type_of_office(parts: bytes) -> FileType:
    if b"macroEnabled" in parts:
        raise ValidationError(MACROS)
    found = next((each for part, each in MAIN_PARTS.items() if part in parts), None)
    if found is None:
        raise ValidationError(STRANGE)
    return found


def type_of_streams(data: bytes) -> FileType:
    """Files of the old Office hold a directory of streams: the first we know is the document's."""
    places = {}
    for name, found in STREAMS.items():
        place = data.find(entry_of(name))
        if place >= 0:
            places[place] = found
    if not places:
        raise ValidationError(STRANGE)
    if (found := places[min(places)]) is None:
        raise ValidationError(LOCKED)
    return found


def entry_of(name: str) -> bytes:
    """A stream's name as it stands in the directory: 64 bytes, and how many of them count."""
    return name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)


def type_of_text(data: bytes, ending: str) -> FileType:
    text = text_in(data).lstrip("\ufeff \t\r\n\f")
    if text.startswith("<"):
        raise ValidationError(WEB)
    if text.startswith(("{\\rtf", "%!PS")):
        raise ValidationError(STRANGE)
    texts = (FileType.CSV, FileType.MARKDOWN)
    return next((each for each in texts if ending in ENDINGS[each]), FileType.TEXT)


def text_in(data: bytes) -> str:
    """The text, in one of the ways texts are written. Raises ValidationError where it is none."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROLS.isdisjoint(text):
            return text
        break
    raise ValidationError(STRANGE)

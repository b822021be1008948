"""Files as people send them: of each kind that is taken, and of some that are not."""

import zipfile
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from wiego_review.common.file_kinds import MAIN_PARTS, FileType, entry_of

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
PDF += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n"
PDF += b"trailer<</Root 1 0 R>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00"
GIF += b"\x00\x02\x02D\x01\x00;"


def archive(**parts) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


def office(kind: FileType, more="") -> bytes:
    """As Office writes them: the parts are told in one of them."""
    main = next(part for part, found in MAIN_PARTS.items() if found == kind).decode()
    told = f'<Types><Override ContentType="application/x.{main}"/>{more}</Types>'
    return archive(**{"[Content_Types].xml": told})


def workbook() -> bytes:
    made = BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def streams(*names: str) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return start + b"".join(entry_of(name).ljust(128, b"\0") for name in ("Root Entry", *names))


TAKEN = {
    "memo.pdf": (PDF, FileType.PDF),
    "memo.docx": (office(FileType.DOCX), FileType.DOCX),
    "memo.doc": (streams("1Table", "WordDocument", "Workbook"), FileType.DOC),
    "list.xlsx": (workbook(), FileType.XLSX),
    "list.xls": (streams("Workbook", "WordDocument"), FileType.XLS),
    "talk.pptx": (office(FileType.PPTX), FileType.PPTX),
    "talk.ppt": (streams("PowerPoint Document"), FileType.PPT),
    "memo.odt": (archive(mimetype=FileType.ODT, content="x"), FileType.ODT),
    "list.ods": (archive(mimetype=f"{FileType.ODS.value}-template"), FileType.ODS),
    "talk.odp": (archive(mimetype=FileType.ODP), FileType.ODP),
    "notes.txt": ("Accra, après-midi\n".encode(), FileType.TEXT),
    "old.txt": ("Accra, après-midi\n".encode("cp1252"), FileType.TEXT),
    "wide.txt": ("Accra, après-midi\n".encode("utf-16"), FileType.TEXT),
    "list.csv": (b"who,what\nJane,memo\n", FileType.CSV),
    "notes.md": (b"# Migration\n\n- a memo\n", FileType.MARKDOWN),
    "flipchart.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", FileType.JPEG),
    "flipchart.png": (PNG, FileType.PNG),
    "flipchart.webp": (b"RIFF\x1a\x00\x00\x00WEBPVP8 ", FileType.WEBP),
    "flipchart.gif": (GIF, FileType.GIF),
    "flipchart.heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", FileType.HEIC),
}


def upload(name="memo.pdf", content=None) -> SimpleUploadedFile:
    """A file as a form sends it; its content is that of the name's kind."""
    return SimpleUploadedFile(name, TAKEN[name][0] if content is None else content)


def lying(media) -> list:
    """The files that lie in the folder of files."""
    return sorted(path for path in media.rglob("*") if path.is_file()) if media.exists() else []

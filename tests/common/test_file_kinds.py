"""What a file is, by what is in it."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.files import PDF, TAKEN, archive, office, streams
from wiego_review.common import file_kinds
from wiego_review.common.file_kinds import ENDINGS, FileType, type_of

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
REFUSED = {
    "page.html": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", file_kinds.WEB),
    "page.txt": (b"\xef\xbb\xbf \n<html></html>", file_kinds.WEB),
    "drawing.svg": (SVG, file_kinds.WEB),
    "drawing.png": (SVG, file_kinds.WEB),
    "all.zip": (archive(one="a", two="b"), file_kinds.ZIPPED),
    "all.docx": (archive(one="a", two="b"), file_kinds.ZIPPED),
    "cut.docx": (office(FileType.DOCX)[:-30], file_kinds.DAMAGED),
    "strange.odt": (archive(mimetype="application/x-other"), file_kinds.DAMAGED),
    "macros.docm": (
        office(FileType.DOCX, '<Override ContentType="application/x.macroEnabled"/>'),
        file_kinds.MACROS,
    ),
    "parts.zip": (archive(**{"[Content_Types].xml": "<Types/>"}), file_kinds.STRANGE),
    "locked.docx": (streams("EncryptedPackage", "EncryptionInfo"), file_kinds.LOCKED),
    "setup.msi": (streams("Binary"), file_kinds.STRANGE),
    "memo.rtf": (b"{\\rtf1 Hello}", file_kinds.STRANGE),
    "tool.exe": (b"MZ\x90\x00\x03\x00\x00\x00", file_kinds.STRANGE),
    "memo.pdf": (b"\x00\x01\x02 no PDF", file_kinds.STRANGE),
    "film.mp4": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", file_kinds.STRANGE),
    "wide.txt": (b"\xff\xfe\x00", file_kinds.STRANGE),
}


@pytest.mark.parametrize("name", TAKEN)
def test_file_is_what_is_in_it(name):
    content, kind = TAKEN[name]

    assert type_of(BytesIO(content), name) == kind


@pytest.mark.parametrize("name", [name for name in TAKEN if TAKEN[name][1] not in file_kinds.TEXTS])
def test_name_does_not_make_a_file_something_else(name):
    content, kind = TAKEN[name]

    assert type_of(BytesIO(content), "page.html") == kind


@pytest.mark.parametrize("name", REFUSED)
def test_file_of_another_kind_is_refused_with_what_to_do(name):
    content, message = REFUSED[name]

    with pytest.raises(ValidationError) as refused:
        type_of(BytesIO(content), name)

    assert refused.value.messages == [str(message)]


def test_pdf_may_begin_a_little_later():
    assert type_of(BytesIO(b"\r\n" * 100 + PDF), "memo.pdf") == FileType.PDF


def test_part_that_unpacks_to_any_size_is_read_to_its_most():
    told = "<Types>" + " " * 30_000_000 + "</Types>"
    content = archive(**{"[Content_Types].xml": told})

    with pytest.raises(ValidationError) as refused:
        type_of(BytesIO(content), "bomb.docx")

    assert refused.value.messages == [str(file_kinds.STRANGE)]


def test_every_type_has_its_endings():
    assert set(ENDINGS) == set(FileType)


@given(st.binary(max_size=200) | st.sampled_from([c for c, _k in TAKEN.values()]), st.text())
def test_whatever_a_file_holds_it_is_of_a_kind_or_refused(content, name):
    for cut in (content, content[: len(content) // 2]):
        try:
            found = type_of(BytesIO(cut), name)
        except ValidationError as problem:
            assert len(problem.messages) == 1
        else:
            assert found in FileType

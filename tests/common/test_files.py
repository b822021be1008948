"""Files come to lie in their place, for good, or leave nothing."""

import os
import stat

import pytest
from django.core.exceptions import ValidationError
from django.db import InterfaceError

from tests.files import PDF, lying, upload
from wiego_review.common import files
from wiego_review.common.file_kinds import FileType
from wiego_review.common.files import (
    MOST,
    BoundedUploadHandler,
    fitting_name,
    incoming,
    laid_down,
    path_of,
)

NAMES = {
    "memo.pdf": "memo.pdf",
    "Memo.PDF": "Memo.pdf",
    "memo": "memo.pdf",
    "memo.docx": "memo.docx.pdf",
    "memo.pdf.exe": "memo.pdf.exe.pdf",
    "../../etc/passwd": "etcpasswd.pdf",
    " été \u202egnp.pdf ": "été gnp.pdf",
    'a"b;\r\nX: 1.pdf': 'a"b;X: 1.pdf',
    "...": "papers.pdf",
    ".pdf": "pdf.pdf",
    "x" * 300 + ".pdf": "x" * 150 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_name_is_kept_as_far_as_a_name_can_be(name):
    assert fitting_name(name, FileType.PDF) == NAMES[name]


def test_file_is_looked_through():
    found = incoming(upload("memo.pdf"))

    assert (found.name, found.type, found.size) == ("memo.pdf", "application/pdf", len(PDF))
    assert found.sha256 == files.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty. Choose another."),
        (
            b"%PDF-" + bytes(MOST),
            "This file is too large: at most 20.0\xa0MB are taken. Make it smaller or part it, or "
            "put it elsewhere and give its link.",
        ),
    ],
)
def test_empty_or_too_large_file_is_refused_with_what_to_do(content, told):
    with pytest.raises(ValidationError) as refused:
        incoming(upload("memo.pdf", content))

    assert refused.value.messages == [told]


def test_file_of_the_very_size_is_taken():
    assert incoming(upload("memo.pdf", b"%PDF-".ljust(MOST, b" "))).size == MOST


def test_of_too_large_a_file_no_more_is_kept_than_tells_it():
    handler, piece = BoundedUploadHandler(), bytes(64 << 10)
    places = range(0, MOST + (10 << 20), len(piece))

    kept = [handler.receive_data_chunk(piece, place) for place in places]

    assert sum(len(each) for each in kept if each) == MOST + len(piece)


def test_kept_file_lies_below_a_name_nobody_knows(media):
    with laid_down(incoming(upload()), lambda stored_as: True) as stored:
        path = path_of(stored.stored_as)

    assert lying(media) == [path]
    assert path.read_bytes() == PDF
    assert "memo" not in str(path.relative_to(media))
    assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0


def test_file_no_row_names_is_taken_out_again(media):
    with laid_down(incoming(upload()), lambda stored_as: False) as stored:
        assert path_of(stored.stored_as).exists()

    assert lying(media) == []


def test_file_of_a_verb_that_failed_is_taken_out_again(media):
    with (
        pytest.raises(ValueError, match="no"),
        laid_down(incoming(upload()), lambda stored_as: False),
    ):
        raise ValueError("no")

    assert lying(media) == []


def test_file_stays_while_nobody_can_say_whether_it_was_kept(media):
    def away(stored_as):
        raise InterfaceError("connection already closed")

    with pytest.raises(InterfaceError, match="commit"), laid_down(incoming(upload()), away):
        raise InterfaceError("commit")

    assert len(lying(media)) == 1


def test_file_that_cannot_be_written_leaves_nothing(media):
    media.mkdir()
    (media / "papers").mkdir(mode=0o500)
    if os.access(media / "papers", os.W_OK):  # root writes everywhere
        (media / "papers").rmdir()
        (media / "papers").write_text("in the way")

    with pytest.raises(OSError), laid_down(incoming(upload()), lambda stored_as: False):
        raise AssertionError("it was not laid down")

    assert [path.name for path in lying(media)] in ([], ["papers"])

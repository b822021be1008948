import io
from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from rest_framework.exceptions import ParseError

from wiego_review.common.parsers import FileParser, StrictJSONParser


def parsed(stream, length):
    asked = SimpleNamespace(META={"CONTENT_LENGTH": str(length)})
    return StrictJSONParser().parse(stream, parser_context={"request": asked})


class Broken(io.BytesIO):
    """A line that breaks off while it is read."""

    def read(self, size=-1):
        raise UnreadablePostError


def test_body_that_is_whole_is_read():
    assert parsed(io.BytesIO(b'{"title": "x"}'), 14) == {"title": "x"}


def test_body_that_is_too_long_is_not_begun():
    with pytest.raises(RequestDataTooBig):
        parsed(Broken(), 3_000_000)


def test_body_that_broke_off_says_what_to_do():
    with pytest.raises(ParseError) as refused:
        parsed(Broken(), 14)
    assert str(refused.value) == "This broke off. Send it again, whole."


def test_file_that_broke_off_says_what_to_do():
    asked = SimpleNamespace(META={"CONTENT_LENGTH": "140"}, upload_handlers=[])
    with pytest.raises(ParseError) as refused:
        FileParser().parse(
            Broken(), "multipart/form-data; boundary=line", {"request": asked, "encoding": "utf-8"}
        )
    assert str(refused.value) == "This broke off. Send it again, whole."

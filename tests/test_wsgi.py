"""What a server hands over before any page or parser sees it."""

from io import BytesIO

import pytest

from wiego_review.wsgi import UNREADABLE, application, readable

STRANGE = [
    "text/plain; charset=hex",
    "text/plain; charset=undefined",
    "text/plain; charset*=nowhere''x",
    "application/x-www-form-urlencoded; charset=base64",
    "application/json; charset=utf-16",
    "multipart/form-data",
    "x;" * 20_000,
]


def asked(method, path, **more):
    """The status line of an answer of the whole application."""
    told = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "next=%2F",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": "3",
        "wsgi.input": BytesIO(b"a=b"),
        "wsgi.url_scheme": "http",
        **more,
    }
    answer = application(environ, lambda status, headers: told.append(status))
    b"".join(answer)
    answer.close()
    return told[0]


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", STRANGE)
def test_body_of_a_type_nobody_reads_is_answered(content_type):
    answers = [
        asked("GET", "/sign-in/", CONTENT_TYPE=content_type),
        asked("POST", "/sign-in/", CONTENT_TYPE=content_type),
        asked("POST", "/api/v1/follow-ups/", CONTENT_TYPE=content_type),
    ]

    assert answers == ["200 OK", "403 Forbidden", "401 Unauthorized"]


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["-5", "many", "1e3", "9" * 30, "٣", ""])
def test_length_that_is_none_is_answered(length):
    answers = [
        asked("POST", "/sign-in/", CONTENT_LENGTH=length),
        asked("POST", "/api/v1/follow-ups/", CONTENT_LENGTH=length),
    ]

    assert answers == ["403 Forbidden", "401 Unauthorized"]


def test_type_is_kept_where_its_text_can_be_read():
    kept = ["text/plain; charset=UTF-8", 'a/b; charset="us-ascii"', "application/json", ""]

    assert [readable(each) for each in kept] == kept
    assert {readable(each) for each in STRANGE[:5]} == {UNREADABLE}

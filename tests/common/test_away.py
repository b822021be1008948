"""A database that is away, full or closed to writing is told as such, and what became of it."""

import errno

import psycopg2
import pytest
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.test import RequestFactory

from actions.models import FollowUp
from wiego_review.common import away
from wiego_review.common.kept import kept, note_kept


@pytest.fixture
def only_read(db):
    """Once called, the database refuses each write, as a read-only one does."""
    on_sqlite = connection.vendor == "sqlite"

    def close():
        connection.check_constraints()  # what waits for the end would have to lock rows
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON" if on_sqlite else "SET TRANSACTION READ ONLY")

    yield close
    if on_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def answer_to(problem, path="/follow-ups/"):
    try:
        raise problem
    except type(problem):
        return away.went_wrong(RequestFactory().get(path))


def test_rest_says_that_nothing_was_saved_where_it_can_only_be_read(team_member, api_of, only_read):
    client = api_of(team_member)
    client.raise_request_exception = False
    only_read()

    answer = client.post("/api/v1/follow-ups/", {"title": "Lost?"}, format="json")

    assert (answer.status_code, answer.json()) == (
        503,
        {
            "code": "unavailable",
            "detail": "This site can only be read just now. Nothing was saved. Tell those who "
            "look after the site, then try again.",
            "fields": {},
            "current": None,
        },
    )
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "private, no-store")
    assert client.get("/api/v1/follow-ups/").status_code == 200
    assert not FollowUp.objects.filter(title="Lost?").exists()


def test_page_says_so_in_our_look_and_without_a_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = answer_to(OperationalError("server closed the connection unexpectedly"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert (
        "<p>The database does not answer just now. Nothing was saved. Wait a few seconds, then "
        "try again.</p>"
    ) in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/follow-ups/", "Sent again as it is, it is saved once."),
        ("/api/v1/", "With the same Idempotency-Key it is saved only once; without one, look"),
    ],
)
def test_what_may_have_been_saved_is_not_denied(path, words):
    kept.set(False)
    note_kept()
    try:
        answer = answer_to(OperationalError("server closed the connection"), path)
    finally:
        kept.set(False)

    assert f"What you sent may have been saved. {words}" in answer.content.decode()


def test_commit_of_django_is_found_under_its_name(db):
    class Closed:
        def commit(self):
            raise connection.Database.OperationalError("server closed the connection")

    other = connection.copy()
    other.connection = Closed()

    with pytest.raises(OperationalError) as lost:
        other.commit()

    assert away.may_be_kept(lost.value, "away") is True


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        (OperationalError("could not connect to server: Connection refused"), "away"),
        (InterfaceError("connection already closed"), "away"),
        (DatabaseError("Save with update_fields did not affect any rows."), ""),
        (OperationalError("database or disk is full"), "full"),
        (OperationalError("disk I/O error"), "full"),
        (OperationalError("attempt to write a readonly database"), "read_only"),
        (OperationalError("database is locked"), "busy"),
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.EROFS, "Read-only file system"), "read_only"),
        (OSError(errno.ENOENT, "No such file"), ""),
        (ProgrammingError("no such column"), ""),
        (ValueError("ours"), ""),
    ],
)
def test_reason_of_a_problem(problem, why):
    assert away.reason(problem) == why


@pytest.mark.parametrize(
    ("code", "why"),
    [("57P01", "away"), ("57014", "busy"), ("40P01", "busy"), ("53100", "full")],
)
def test_reason_of_what_postgresql_says(code, why):
    class Cause(psycopg2.OperationalError):
        pgcode = code

    problem = OperationalError("as the server says")
    problem.__cause__ = Cause()

    assert away.reason(problem) == why


def test_reason_of_a_line_cut_within_an_answer():
    problem = DatabaseError("error with status PGRES_TUPLES_OK and no message from the libpq")
    problem.__cause__ = psycopg2.DatabaseError()

    assert away.reason(problem) == "away"


def test_outage_is_logged_in_a_line(team_member, client_of, only_read, caplog):
    client = client_of(team_member)
    client.raise_request_exception = False
    only_read()

    client.post("/follow-ups/new/", {"title": "Lost?"})

    (line,) = [each for each in caplog.records if each.levelname == "ERROR"]
    assert line.getMessage().startswith("'/follow-ups/new/' is answered 503 (read_only): ")
    assert line.exc_info is None


def test_mistake_of_ours_stays_a_mistake():
    assert answer_to(ValueError("ours")).status_code == 500


def test_verb_that_is_kept_notes_it(db, django_capture_on_commit_callbacks):
    from actions import workflow

    kept.set(False)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            workflow.add_follow_up(title="Kept", by=None)
        assert kept.get() is False

    assert kept.get() is True
    kept.set(False)

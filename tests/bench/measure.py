"""Asking our own server in this process, and timing things side by side."""

import statistics
import time
from contextlib import contextmanager
from io import BytesIO

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import DEFAULT_DB_ALIAS, connections

from programmes.models import User
from wiego_review.wsgi import application


class Browser:
    """A signed-in user whose requests go through the whole application, without a socket."""

    application = application

    def __init__(self, email):
        user = User.objects.get(email=email)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "programmes.accounts.Backend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.cookie = f"sessionid={session.session_key}"

    def get(self, address, accept="") -> bytes:
        """The body of a good answer, as it goes over the wire."""
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT_ENCODING": accept,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        }
        told = []
        answer = self.application(environ, lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()
        if told[0] != "200 OK":
            raise RuntimeError(f"{address}: {told[0]} {body[:500]!r}")
        return body

    def queries(self, address) -> int:
        """How many queries one request makes, after a warm-up."""
        self.get(address)
        seen = []

        def count(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        with connections[DEFAULT_DB_ALIAS].execute_wrapper(count):
            self.get(address)
        return len(seen)

    def in_database(self, address) -> float:
        """The seconds one request spends in the database, after a warm-up."""
        self.get(address)
        spent = []

        def clock(execute, sql, params, many, context):
            start = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent.append(time.perf_counter() - start)

        with connections[DEFAULT_DB_ALIAS].execute_wrapper(clock):
            self.get(address)
        return sum(spent)


@contextmanager
def using(connection):
    """Within the block this connection is the application's database."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before


def side_by_side(calls: dict, rounds: int, warm=2) -> dict:
    """The median seconds of each call, taken in turns so that a busy moment hits all of them."""
    taken = {name: [] for name in calls}
    for number in range(warm + rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            if number >= warm:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}

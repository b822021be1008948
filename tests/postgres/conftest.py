"""Only what SQLite cannot show: real threads, real locks, real plans."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections


@pytest.fixture(autouse=True)
def on_postgresql(db):
    assert connection.vendor == "postgresql"


@pytest.fixture
def at_once():
    """`at_once(calls)`: each in a thread with its own connection, all starting together.

    Returns what each returned or raised, in their order.
    """

    def run(calls, threads=20):
        calls = list(calls)
        start = Barrier(min(threads, len(calls)))

        def work(number):
            if number < start.parties:
                start.wait()
            try:
                return calls[number]()
            except Exception as problem:
                return problem
            finally:
                connections.close_all()

        with ThreadPoolExecutor(start.parties) as pool:
            return list(pool.map(work, range(len(calls))))

    return run

"""Installations of their own for a test: a database, a folder, their own processes.

On PostgreSQL their databases are on the server the tests run on. `filled` has the real data,
`empty` is set up and has nothing, `bare` is not even set up.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg2
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(settings.BASE_DIR)
KEY = "b7Rk2vQ9xW4mZ8tL1pN6sD3fG5hJ0cYqUeAoIiXwVzTrKlMn_-BvCx"
# What an installation knows of itself, and who is signed in: no part of a backup.
OWN = {
    "django_migrations",
    "django_session",
    "programmes_installation",
    "programmes_keptmail",
    "sqlite_sequence",
}
START_SECONDS = 60
# The last lets coverage see what these processes reach.
PASSED_ON = ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_CONFIG")


class Place:
    def __init__(self, folder, url):
        self.folder, self.url = Path(folder), url
        self.media = self.folder / "media"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.more = {}

    @property
    def on_sqlite(self):
        return self.url.startswith("sqlite")

    @property
    def environment(self):
        plain = {n: os.environ[n] for n in PASSED_ON if n in os.environ}
        return {
            **plain,
            "TESTING": "1",
            "DEMO": "0",
            "SECRET_KEY": KEY,
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": self.address,
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "wiego_review.settings",
            **self.more,
        }

    @property
    def address(self):
        return f"http://localhost:{self.port}"

    # --- programs

    def start(self, *command, **options):
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *command, **options):
        """`(exit code, lines it said, lines it complained)` of `manage.py command`."""
        program = self.start("manage.py", *map(str, command), **options)
        said, complained = program.communicate(timeout=600)
        return program.returncode, said.splitlines(), complained.splitlines()

    def python(self, program, *arguments, timeout=600):
        """What a program with Django set up says, in words."""
        code = f"import django; django.setup()\n{program}"
        running = self.start("-c", code, *arguments)
        said, complained = running.communicate(timeout=timeout)
        assert running.returncode == 0, complained
        return said.split()

    # --- the server, as the demo starts it

    def serve(self, **options):
        """Start it in a session of its own and wait until its database answers."""
        from actions.management.commands.demo import server_command

        with (self.folder / "server.log").open("a") as log:
            server = subprocess.Popen(
                server_command(self.port),
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,
            )
        self.wait_for("/readyz", server)
        return server

    def wait_for(self, path, server):
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(self.address + path, timeout=5):
                return
            time.sleep(0.02)
        raise AssertionError((self.folder / "server.log").read_text()[-2000:])

    # --- what is in it

    @contextmanager
    def database(self):
        if self.on_sqlite:
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as found:
                yield found.cursor()
        else:
            with closing(psycopg2.connect(self.url)) as found, found.cursor() as cursor:
                yield cursor
                found.commit()

    def tables(self, cursor):
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if self.on_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        return sorted({name for (name,) in cursor.fetchall()} - OWN)

    def rows(self, tables=None):
        """`{table: its rows as the database has them}`, of all tables or of these."""
        with self.database() as cursor:
            found = {}
            for table in tables or self.tables(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(map(repr, cursor.fetchall()))
            return found

    def one(self, query):
        with self.database() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def files(self):
        """`{name: bytes}` of what lies in the folder of files."""
        found = (path for path in self.media.rglob("*") if path.is_file())
        return {path.relative_to(self.media).as_posix(): path.read_bytes() for path in found}

    def take_down(self):
        if not self.on_sqlite:
            on_server(f"DROP DATABASE IF EXISTS {self.url.rpartition('/')[2]} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)


def kill(server):
    """All of it at once, with nothing said: as when the machine loses its power."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def on_server(command):
    """A command about databases, to the server of the tests."""
    with closing(psycopg2.connect(server_url("postgres"))) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(command)


def server_url(name):
    here = connection.settings_dict
    who = ":".join(filter(None, [here["USER"], here["PASSWORD"]]))
    return f"postgres://{who}@{here['HOST']}:{here['PORT']}/{name}"


KEPT_OPEN = {}


def leave(name):
    """End what the test has begun: a database somebody is in cannot be copied."""
    if connection.vendor == "sqlite" and name not in KEPT_OPEN:
        # In memory it ends with the last who has it open.
        KEPT_OPEN[name] = sqlite3.connect(name, uri=True)
    BaseDatabaseWrapper.close(connection)


class Places:
    """Makes places below a folder, and takes them down when the tests are done."""

    def __init__(self, folder):
        self.folder, self.made = folder, []

    def on_sqlite(self):
        folder = self.folder / uuid4().hex
        return self.keep(Place(folder, f"sqlite:///{folder / 'db.sqlite3'}"))

    def keep(self, place):
        self.made.append(place)
        return place

    def bare(self):
        if connection.vendor == "sqlite":
            return self.on_sqlite()
        return self.on_postgresql("template1")

    def on_postgresql(self, template):
        name = f"place_{uuid4().hex[:12]}"
        on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.keep(Place(self.folder / name, server_url(name)))

    def filled(self):
        """The real data, as the tests have it."""
        name = connection.settings_dict["NAME"]
        leave(name)
        if connection.vendor == "sqlite":
            place = self.on_sqlite()
            with closing(sqlite3.connect(place.folder / "db.sqlite3")) as copy:
                KEPT_OPEN[name].backup(copy)
            return place
        return self.on_postgresql(name)

    def set_up_on_sqlite(self):
        if connection.vendor == "sqlite":
            return self.filled()
        place = self.on_sqlite()
        assert place.run("migrate", "-v0")[0] == 0
        return place

    def empty(self):
        place = self.filled()
        with place.database() as cursor:
            for table in place.tables(cursor):
                if place.on_sqlite:
                    cursor.execute(f'DELETE FROM "{table}"')
                else:
                    cursor.execute(f'TRUNCATE "{table}" RESTART IDENTITY CASCADE')
            cursor.connection.commit()
        return place

    def take_down(self):
        for place in self.made:
            place.take_down()

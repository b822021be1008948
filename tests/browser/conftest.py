"""The system's Chromium on a live server that holds the real data."""

import shutil
import sqlite3
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.conftest import CAST, make_user, open_board
from tests.signing_in import make_fresh

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium():
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def facts(django_db_setup, django_db_blocker):
    """The whole database with the facts in it, kept aside: loading them takes seconds."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with django_db_blocker.unblock():
        connection.ensure_connection()
        connection.connection.backup(kept)
    return kept


@pytest.fixture
def real_data(transactional_db, facts):
    """The facts again, since a browser's test empties the tables behind it."""
    facts.backup(connection.connection)


@pytest.fixture
def cast(real_data):
    return SimpleNamespace(**{name: make_user(name) for name in CAST})


@pytest.fixture
def browse(chromium, live_server, real_data):
    """`browse(user, size=PHONE, javascript=True)`: a signed-in page.

    At the end no page may have broken the content policy or thrown an error.
    """
    contexts, said = [], []

    def make(user=None, size=DESK, javascript=True, board_open=False, **options):
        context = chromium.new_context(
            viewport=size, java_script_enabled=javascript, base_url=live_server.url, **options
        )
        contexts.append(context)
        if user:
            context.add_cookies([session_cookie(user, live_server.url, board_open)])
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert [text for text in said if "status of 4" not in text] == []


def session_cookie(user, url, board_open):
    client = Client()
    client.force_login(user)
    make_fresh(client, user)
    if board_open:
        open_board(client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(key).exists(key)
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}

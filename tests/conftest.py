"""The cast that tries every door, and the real data."""

from dataclasses import replace
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

from wiego_review.common.access import nouns
from wiego_review.common.viewer import Viewer

from . import factories
from .mail_server import MailServer
from .proof import FULL, Proof, lines_of

# A busy machine makes no test fail.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

CAST = {
    "team_member": ("Vanessa Pillay", ["team"]),
    "other_team_member": ("Jane Barrett", ["team"]),
    "coordinator": ("Mike Bird", ["coordinator"]),
    "board_member": ("Lin Lim", ["board"]),
    "chair": ("Renana Jhabvala", ["board", "chair"]),
    "guest": ("Aromar Revi", ["guest"]),
    "administrator": (None, ["administrator"]),
    "stranger": (None, []),
}


def make_user(name):
    """One of the cast, linked to the person of the real data where that is loaded."""
    from programmes.models import Person

    person_name, roles = CAST[name]
    person = None
    if person_name:
        person = Person.objects.filter(name=person_name).first()
        person = person or factories.PersonFactory(name=person_name)
    return factories.UserFactory(email=f"{name}@example.org", person=person, roles=roles)


def cast_fixture(name):
    @pytest.fixture(name=name)
    def fixture(db):
        return make_user(name)

    return fixture


team_member = cast_fixture("team_member")
other_team_member = cast_fixture("other_team_member")
coordinator = cast_fixture("coordinator")
board_member = cast_fixture("board_member")
chair = cast_fixture("chair")
guest = cast_fixture("guest")
administrator = cast_fixture("administrator")
stranger = cast_fixture("stranger")


@pytest.fixture
def cast(db):
    """All of them, by name."""
    return SimpleNamespace(**{name: make_user(name) for name in CAST})


@pytest.fixture
def fresh_limits(settings):
    """A test tries as if it were the first, with a hash that does not take its time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def server(settings):
    """A mail server that mails really go to; away until it is started."""
    found = MailServer()
    settings.EMAIL_BACKEND = "programmes.mail.Backend"
    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield found
    found.stop()


@pytest.fixture
def client_of():
    """`client_of(user)`: a signed-in browser; `board_open=True` after the second step."""

    def make(user, board_open=False):
        client = Client()
        client.force_login(user)
        if board_open:
            open_board(client)
        return client

    return make


def open_board(client):
    import time

    from wiego_review.common.middleware import BOARD_OPENED

    session = client.session
    session[BOARD_OPENED] = time.time()
    session.save()


@pytest.fixture
def api_of():
    """`api_of(user)`: a signed-in REST client."""

    def make(user):
        client = APIClient()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def viewer_of():
    """`viewer_of(user, today=…, board_open=…)`."""

    def make(user, today=date(2017, 6, 15), board_open=False):
        return Viewer(user, board_open=board_open, today=today)

    return make


@pytest.fixture
def kept_from(monkeypatch):
    """`kept_from(*nouns)`: from now on nobody sees a row of these, whatever their role."""

    def keep(*names):
        for name in names:
            monkeypatch.setitem(nouns, name, replace(nouns[name], sees={}))

    return keep


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test database holds the real data, loaded once for a worker's whole run."""
    with django_db_blocker.unblock():
        load_real_data()


def load_real_data():
    call_command("load_seeds", verbosity=0, stdout=StringIO())


@pytest.fixture(scope="session", autouse=True)
def no_file_of_ours(tmp_path_factory):
    """What tests upload lies nowhere near the files of this machine."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def media(settings, tmp_path):
    """The folder of files, empty."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def empty_db(db):
    """A test that wants to know every row there is: the real data is taken out for it."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in ("programmes", "retreats", "actions"):
                for table in (model, *(m.remote_field.through for m in model._meta.many_to_many)):
                    cursor.execute(f"DELETE FROM {table._meta.db_table}")


@pytest.fixture
def places(db, tmp_path):
    """Installations of their own, each with its processes (see `tests/places.py`)."""
    from .places import Places

    made = Places(tmp_path)
    yield made
    made.take_down()


@pytest.fixture
def proof(record_property):
    """The size of a long proof, and where it tells its figure."""
    return Proof(record_property)


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    if FULL and (lines := lines_of(reports)):
        terminalreporter.section("proofs")
        for line in lines:
            terminalreporter.write_line(line)

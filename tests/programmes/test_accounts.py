import re
import socket
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from programmes.models import ChangeSet, Person, User
from programmes.workflow import grant_access
from tests.factories import PersonFactory, UserFactory

USERS = "/admin/programmes/user/"
PASSWORD = "seven-quiet-lamps"


pytestmark = pytest.mark.usefixtures("fresh_limits")


@pytest.fixture
def mails(settings):
    """A real SMTP server on loopback; the list of mails that arrived."""
    from email import message_from_bytes, policy

    arrived = []

    class Keep:
        async def handle_DATA(self, server, session, envelope):
            arrived.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Keep(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield arrived
    controller.stop()


def role_ids(*names):
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def invited(client, **changes):
    data = {
        "email": "New.Person@example.org",
        "groups": role_ids("team"),
        "timezone": "Africa/Accra",
        "language": "en",
        "sent_key": "one-key",
    }
    return client.post(f"{USERS}add/", data | changes)


def link_in(message) -> str:
    text = message.get_content() if hasattr(message, "get_content") else message.body
    (link,) = re.findall(r"https?://\S+/sign-in/\S+", text)
    return "/" + link.split("/", 3)[3]


def set_password(client, link, password=PASSWORD):
    """Follow the mailed link as a browser does, and choose a password."""
    page = client.get(link, follow=True)
    (path, _status) = page.redirect_chain[-1]
    return client.post(path, {"password1": password, "password2": password})


def sign_in(client, email, password=PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def signed_in(client) -> bool:
    return client.get("/api/v1/people/").status_code == 200


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_invitation_by_mail_ends_in_a_signed_in_account(administrator, client_of, mails, committed):
    person = PersonFactory(name="Ama Boateng")

    with committed():
        answer = invited(client_of(administrator), person=person.pk)

    user = User.objects.get(email="new.person@example.org")
    (message,) = mails
    guest = Client()
    set_password(guest, link_in(message))
    later = Client()
    sign_in(later, "new.person@example.org")
    assert answer.status_code == 302
    assert (message["To"], message["Subject"]) == (
        "new.person@example.org",
        "Your account at WIEGO Review",
    )
    assert message.get_content().splitlines()[0] == "Dear Ama Boateng,"
    assert (user.roles, user.person, user.timezone) == ({"team"}, person, "Africa/Accra")
    assert (signed_in(guest), signed_in(later)) == (True, True)


def test_link_of_invitation_works_once(administrator, client_of, committed):
    with committed():
        invited(client_of(administrator))
    link = link_in(mail.outbox[0])
    set_password(Client(), link)

    again = Client().get(link, follow=True)

    assert again.redirect_chain == []
    assert "password1" not in again.content.decode()


def test_invitation_is_one_change_set_that_tells_no_password(administrator, client_of, committed):
    before = ChangeSet.objects.count()

    with committed():
        invited(client_of(administrator))

    user = User.objects.get(email="new.person@example.org")
    done = ChangeSet.objects.latest("at")
    told = set(done.changes.get().fields)
    assert ChangeSet.objects.count() == before + 1
    assert (done.verb, done.via, done.by) == ("invite", "admin", administrator)
    mails = {"mails_monday", "mails_news"}
    assert told == {"email", "timezone", "language", "is_active", "date_joined", "groups"} | mails
    assert not user.has_usable_password()


def test_invitation_sent_twice_invites_once(administrator, client_of, committed):
    client = client_of(administrator)
    with committed():
        invited(client)
        invited(client)

    assert User.objects.filter(email="new.person@example.org").count() == 1
    assert len(mail.outbox) == 1


def test_invitation_of_a_known_address_says_so(administrator, client_of, stranger):
    answer = invited(client_of(administrator), email=stranger.email.upper())

    assert list(answer.context["adminform"].form.errors) == ["email"]
    assert len(mail.outbox) == 0


def test_invitation_again_is_mailed_again(administrator, client_of):
    user = UserFactory(email="late@example.org")
    gone = UserFactory(email="gone@example.org", is_active=False)
    data = {"action": "send_invitation_again", "_selected_action": [user.pk, gone.pk]}

    client_of(administrator).post(USERS, data)

    assert [message.to for message in mail.outbox] == [["late@example.org"]]


@pytest.mark.parametrize("role", ["coordinator", "board_member", "chair", "team_member", "guest"])
def test_accounts_are_the_administrators(cast, client_of, role):
    client = client_of(getattr(cast, role))
    one = f"{USERS}{cast.stranger.pk}/change/"

    answers = [client.get(path).status_code for path in (USERS, f"{USERS}add/", one)]

    assert answers == [404, 404, 404]


def changed(client, user, **changes):
    data = {
        "person": user.person_id or "",
        "groups": list(user.groups.values_list("pk", flat=True)),
        "timezone": user.timezone,
        "language": user.language,
        "is_active": "on" if user.is_active else "",
        "sent_version": user.version,
    }
    return client.post(f"{USERS}{user.pk}/change/", data | changes)


def test_roles_change_at_the_next_request(administrator, team_member, client_of):
    theirs = client_of(team_member)
    before = theirs.get("/admin/").status_code

    changed(client_of(administrator), team_member, groups=role_ids("coordinator"))

    assert (before, theirs.get("/admin/").status_code) == (404, 200)


def test_deactivated_account_is_out_at_the_next_request(administrator, team_member, client_of):
    theirs = client_of(team_member)
    secret = grant_access(team_member, name="Script", expiry=timedelta(days=1))
    program = APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
    before = (signed_in(theirs), program.get("/api/v1/people/").status_code)

    answer = changed(client_of(administrator), team_member, is_active="")

    assert answer.status_code == 302
    assert before == (True, 200)
    assert (signed_in(theirs), program.get("/api/v1/people/").status_code) == (False, 401)


@pytest.mark.parametrize("change", [{"is_active": ""}, {"groups": []}])
def test_nobody_changes_their_own_rights(administrator, client_of, change):
    answer = changed(client_of(administrator), administrator, **change)

    administrator.refresh_from_db()
    assert list(answer.context["adminform"].form.errors) == ["__all__"]
    assert administrator.is_active
    assert set(administrator.groups.values_list("name", flat=True)) == {"administrator"}


def test_address_of_an_account_stays(administrator, team_member, client_of):
    changed(client_of(administrator), team_member, email="thief@example.org", language="fr")

    team_member.refresh_from_db()
    assert (team_member.email, team_member.language) == ("team_member@example.org", "fr")


def test_administrator_sees_people_by_name_only(administrator, client_of, empty_db):
    administrator.save(force_insert=True)
    administrator.groups.set(Group.objects.filter(name="administrator"))
    person = PersonFactory(name="Ama Boateng", title="Treasurer")
    client = client_of(administrator)
    one = f"/admin/programmes/person/{person.pk}/"

    told = [client.get(path) for path in ("/admin/programmes/person/", f"{one}change/")]

    assert [b"Ama Boateng" in each.content for each in told] == [True, True]
    assert [b"Treasurer" in each.content for each in told] == [False, False]
    assert client.get(f"{one}history/").status_code == 404


def test_forgotten_password_by_mail(team_member, mails):
    browser = Client()

    browser.post("/sign-in/password/", {"email": team_member.email})
    (message,) = mails
    set_password(browser, link_in(message))

    assert message["To"] == team_member.email
    assert message["Subject"] == "A new password for WIEGO Review"
    assert signed_in(browser)
    other = Client()
    sign_in(other, team_member.email)
    assert signed_in(other)


def test_forgotten_password_of_nobody_looks_the_same(team_member):
    answers = [
        Client().post("/sign-in/password/", {"email": email}, follow=True)
        for email in (team_member.email, "nobody@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain


def test_forgotten_password_of_a_deactivated_account_opens_nothing(db):
    UserFactory(email="gone@example.org", is_active=False)

    Client().post("/sign-in/password/", {"email": "gone@example.org"})

    assert mail.outbox == []


def demo_user():
    user = UserFactory(email="team@demo.invalid", roles=["team"])
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("demo", [True, False])
def test_demo_account_signs_in_within_the_demo_only(db, settings, demo):
    settings.DEMO = True
    user = demo_user()
    secret = grant_access(user, name="Script", expiry=timedelta(days=1))
    program = APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
    standing, browser = Client(), Client()
    standing.force_login(user)

    settings.DEMO = demo
    sign_in(browser, user.email)

    doors = (signed_in(standing), signed_in(browser), program.get("/api/v1/people/").status_code)
    assert doors == ((True, True, 200) if demo else (False, False, 401))


def test_demo_account_outside_the_demo_is_as_a_wrong_password(db, settings):
    settings.DEMO = False
    stray = demo_user()
    known = UserFactory(email="jane@example.org")
    browser = Client()

    tried = [
        browser.post("/sign-in/", {"login": email, "password": word})
        for email, word in ((stray.email, PASSWORD), (known.email, "wrong"))
    ]

    told = [(each.status_code, each.context["form"].errors) for each in tried]
    assert told[0] == told[1]
    assert told[0][0] == 200
    assert browser.session.get("_auth_user_id") is None


def test_a_room_of_forty_signs_in_from_one_address(db):
    user = UserFactory(email="jane@example.org", roles=["team"])
    user.set_password(PASSWORD)
    user.save()
    others = [UserFactory(email=f"member{n}@example.org", roles=["team"]) for n in range(40)]
    User.objects.filter(pk__in=[each.pk for each in others]).update(password=user.password)

    browsers = [Client() for _each in others]
    for browser, each in zip(browsers, others, strict=True):
        sign_in(browser, each.email, "mistyped")
        sign_in(browser, each.email)

    assert [signed_in(browser) for browser in browsers] == [True] * 40


def test_one_account_tried_too_often_waits_alone(db):
    users = [UserFactory(email=f"{name}@example.org", roles=["team"]) for name in ("ama", "ben")]
    for user in users:
        user.set_password(PASSWORD)
        user.save()
    for _attempt in range(12):
        sign_in(Client(), "ama@example.org", "wrong")

    first, second = Client(), Client()
    sign_in(first, "ama@example.org")
    sign_in(second, "ben@example.org")

    assert (signed_in(first), signed_in(second)) == (False, True)


def test_nobody_signs_up(client):
    answers = [client.get(path).status_code for path in ("/sign-in/signup/", "/accounts/signup/")]

    assert answers == [404, 404]


def test_second_step_ends_by_itself(board_member, client_of, settings):
    client = client_of(board_member, board_open=True)
    opened = client.get("/admin/").context["board_open"]
    session = client.session
    session["board_opened_at"] = time.time() - settings.BOARD_OPEN_SECONDS - 1
    session.save()

    assert (opened, client.get("/admin/").context["board_open"]) == (True, False)


def test_people_have_at_most_one_account(administrator, team_member, client_of):
    answer = invited(client_of(administrator), person=team_member.person_id)

    assert list(answer.context["adminform"].form.errors) == ["person"]
    assert Person.objects.get(pk=team_member.person_id).user == team_member


@pytest.mark.parametrize("role", ["administrator", "guest"])
def test_who_knows_people_by_name_reads_no_history_of_them(cast, client_of, role):
    from programmes.workflow import edit

    person = Person.objects.get(name="Aromar Revi")
    edit(person, title="Treasurer of the Union", by=cast.coordinator)

    page = client_of(getattr(cast, role)).get(f"/people/{person.slug}/")

    assert (page.status_code, page.context["history"]) == (200, [])
    assert "Treasurer of the Union" not in page.content.decode()


def test_own_zone_and_language_are_saved(team_member, client_of):
    chosen = {"timezone": "Africa/Accra", "language": "es"}
    answer = client_of(team_member).post("/account/", chosen)

    saved = User.objects.get(pk=team_member.pk)
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert (saved.timezone, saved.language, saved.version) == ("Africa/Accra", "es", 2)


@pytest.mark.parametrize("right", ["has_invite_permission", "has_take_off_step_permission"])
def test_presses_on_accounts_are_the_administrators(right, cast):
    office = admin.site.get_model_admin(User)

    may = [name for name, user in vars(cast).items() if getattr(office, right)(of(user))]

    assert may == ["administrator"]


def of(user):
    return SimpleNamespace(user=user)

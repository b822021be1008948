"""A lost second step, and an account that is closed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from programmes import workflow
from programmes.models import ChangeSet, User
from tests.factories import UserFactory
from tests.rest import url
from tests.signing_in import (
    app_code,
    is_in,
    recovery_codes,
    sign_in,
    steps_of,
    with_app,
    with_password,
)
from wiego_review.common.errors import Refused

USERS = "/admin/programmes/user/"


pytestmark = pytest.mark.usefixtures("fresh_limits")


def take_off(client, *users):
    data = {
        "action": "take_second_step_off",
        "_selected_action": [each.pk for each in users],
    }
    return client.post(USERS, data, follow=True)


def signed_in(user):
    browser = Client()
    sign_in(browser, user.email)
    if steps_of(user):
        browser.post("/sign-in/second-step/", {"code": app_code()})
    assert is_in(browser)
    return browser


def test_lost_second_step_is_taken_off_by_an_administrator(administrator, team_member, client_of):
    recovery_codes(with_app(with_password(team_member)))
    standing = signed_in(team_member)

    page = take_off(client_of(administrator), team_member)

    done = ChangeSet.objects.latest("at")
    again = Client()
    sign_in(again, team_member.email)
    assert steps_of(team_member) == []
    assert (is_in(standing), is_in(again)) == (False, True)
    assert (done.verb, done.by, done.via) == ("take_off_step", administrator, "admin")
    assert done.changes.get().fields == {"second_step": [["recovery_codes", "totp"], []]}
    assert [str(each) for each in page.context["messages"]] == [
        "The second step of team_member@example.org is taken off. "
        "Make sure that it was them who asked."
    ]


def test_who_lost_the_second_step_has_a_mail(administrator, team_member, client_of):
    take_off(client_of(administrator), with_app(team_member))

    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        [team_member.email],
        "How you sign in to WIEGO Review",
    )
    assert "An administrator took your second step off" in message.body
    assert "/account/\n" in message.body


def test_second_step_that_is_none_is_not_taken_off(administrator, team_member, client_of):
    page = take_off(client_of(administrator), team_member)

    assert [str(each) for each in page.context["messages"]] == [
        "team_member@example.org has no second step."
    ]
    assert len(mail.outbox) == 0


def test_second_step_taken_off_is_told_in_the_history(administrator, team_member, client_of):
    recovery_codes(with_app(team_member))
    client = client_of(administrator)
    take_off(client, team_member)

    page = client.get(f"{USERS}{team_member.pk}/history/").content.decode()

    assert "You took" in page or "took the second step off, because it was lost" in page
    assert "Second step: recovery codes; app → –" in page


def test_who_must_have_a_second_step_is_led_to_a_new_one(
    administrator, coordinator, client_of, settings
):
    take_off(client_of(administrator), with_app(with_password(coordinator)))
    settings.SECOND_STEP_REQUIRED = ["coordinator"]
    browser = Client()

    sign_in(browser, coordinator.email)

    assert browser.get("/").url == "/account/second-step/"
    assert browser.get("/account/second-step/app/").status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "team_member", "board_member", "guest"])
def test_only_administrators_take_second_steps_off(role, cast, client_of):
    with_app(cast.stranger)

    take_off(client_of(getattr(cast, role)), cast.stranger)

    assert steps_of(cast.stranger) == ["totp"]


def test_closed_account_ends_everywhere_and_stays_ended(administrator, team_member):
    recovery_codes(with_app(with_password(team_member)))
    browser = signed_in(team_member)
    tokens = [
        workflow.grant_access(team_member, name="A sheet", expiry=expiry)
        for expiry in (timedelta(days=1), None)
    ]
    programs = [APIClient(headers={"Authorization": f"Token {each}"}) for each in tokens]

    workflow.edit(team_member, is_active=False, by=administrator)
    closed = [is_in(browser), *(each.get(url("people")).status_code for each in programs)]
    workflow.edit(User.objects.get(pk=team_member.pk), is_active=True, by=administrator)
    opened = [is_in(browser), *(each.get(url("people")).status_code for each in programs)]

    assert (closed, opened) == ([False, 401, 401], [False, 401, 401])
    assert steps_of(team_member) == []


def test_closed_account_is_told_so_at_the_door(administrator, team_member):
    workflow.edit(with_password(team_member), is_active=False, by=administrator)
    browser = Client()

    browser.post("/sign-in/code/", {"email": team_member.email})
    sign_in(browser, team_member.email)

    assert len(mail.outbox) == 0
    assert not is_in(browser)


def test_change_that_closes_nothing_ends_nothing(administrator, team_member):
    browser = signed_in(with_app(with_password(team_member)))

    workflow.edit(team_member, language="fr", by=administrator)

    assert is_in(browser)
    assert steps_of(team_member) == ["totp"]


def test_verb_refuses_where_there_is_nothing_to_take_off(administrator, team_member):
    with pytest.raises(Refused):
        workflow.take_off_step(team_member, by=administrator)


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """`heard(verb, …)`: who has a mail because of it."""

    def do(verb, *args, **values):
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **values)
        return sorted(each.to[0] for each in mail.outbox)

    return do


def groups(*names):
    return list(Group.objects.filter(name__in=names))


def test_who_is_made_a_board_member_is_told_to_the_board(heard, cast, settings):
    settings.DEMO = False
    UserFactory(email="stray@demo.invalid", roles=["board"])

    told = heard(workflow.edit, cast.team_member, groups=groups("board"), by=cast.administrator)

    assert told == [cast.board_member.email, cast.chair.email]
    assert mail.outbox[0].body.splitlines()[:3] == [
        "Dear Lin Lim,",
        "",
        "Vanessa Pillay is a Board member in WIEGO Review from now on, and reads what is Board "
        "only. An administrator set this.",
    ]


def test_board_member_invited_or_let_in_again_is_told_to_the_board(heard, cast):
    asked = {"email": "new@example.org", "roles": groups("board"), "by": cast.administrator}
    invited = heard(workflow.invite, **asked)
    mail.outbox.clear()
    workflow.edit(cast.chair, is_active=False, by=cast.administrator)
    mail.outbox.clear()
    again = heard(workflow.edit, cast.chair, is_active=True, by=cast.administrator)

    assert invited == [cast.board_member.email, cast.chair.email]
    assert again == [cast.board_member.email, "new@example.org"]


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("team_member", {"groups": ["coordinator"]}),
        ("board_member", {"groups": ["board", "chair"]}),
        ("board_member", {"timezone": "Africa/Accra"}),
        ("board_member", {"groups": ["team"]}),
        ("team_member", {"groups": ["board"], "is_active": False}),
    ],
)
def test_change_that_brings_nobody_to_the_board_is_told_nobody(who, change, heard, cast):
    values = {**change, **({"groups": groups(*change["groups"])} if "groups" in change else {})}
    assert heard(workflow.edit, getattr(cast, who), by=cast.administrator, **values) == []

"""Which mails come by themselves: on one's own page, and by the link and button of a mail."""

import pytest
from django.test import Client

from programmes.models import Change, ChangeSet, MailKind, User
from programmes.unsubscribing import off_link
from tests import factories
from wiego_review.common.signed_links import SignedLink

pytestmark = pytest.mark.django_db
PRESSED = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def user(db):
    return factories.UserFactory(roles=["team"])


def path_of(user, kind="monday"):
    return off_link(user, kind).removeprefix("http://localhost:8000")


def switches(user):
    user = User.objects.get(pk=user.pk)
    return {kind.value: user.wants(kind) for kind in MailKind}


def test_page_switches_each_kind(user, client_of):
    client = client_of(user)
    assert switches(user) == {"monday": True, "news": True}

    answer = client.post("/account/mails/", {"mails_news": "on"}, follow=True)

    assert switches(user) == {"monday": False, "news": True}
    assert [str(each) for each in answer.context["messages"]] == ["Saved."]
    assert answer.context["form"].initial["mails_monday"] is False


def test_page_is_reached_from_the_menu_and_the_account(user, client_of):
    link = '<a href="/account/mails/">'

    found = client_of(user).get("/account/").content.decode()

    assert found.count(link) == 2


def test_account_of_nobody_is_told_why_nothing_comes(client_of):
    user = factories.UserFactory(roles=["team"], person=None)

    assert "not linked to a person" in client_of(user).get("/account/mails/").content.decode()


def test_link_changes_nothing_until_it_is_pressed(user):
    answer = Client().get(path_of(user))

    assert (answer.status_code, switches(user)["monday"]) == (200, True)
    assert "No more of these mails?" in answer.content.decode()
    assert Client().post(path_of(user), {"List-Unsubscribe": "Perhaps"}).status_code == 200
    assert switches(user)["monday"] is True


def test_mail_program_switches_off_in_one_step_without_a_form(user):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(path_of(user), PRESSED)

    assert (answer.status_code, switches(user)) == (200, {"monday": False, "news": True})
    assert "These mails come no more." in answer.content.decode()


def test_switching_off_twice_is_done_once_and_told_in_the_history(user):
    for _again in range(2):
        assert Client().post(path_of(user), PRESSED).status_code == 200

    (done,) = ChangeSet.objects.filter(verb="set_mails")
    (change,) = Change.objects.filter(change_set=done)
    assert (done.by, done.via) == (user, "mail")
    assert change.fields == {"mails_monday": [True, False]}


def test_link_of_a_closed_account_still_switches_off(user):
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert Client().post(path_of(user), PRESSED).status_code == 200
    assert switches(user)["monday"] is False


def test_link_nobody_wrote_is_not_there(user):
    good = path_of(user)
    other = factories.UserFactory()
    wrong = [
        good.replace("monday", "news"),
        good[:-2] + ("A/" if good[-2] != "A" else "B/"),
        path_of(other).split(".")[0] + "." + good.split(".")[1],
        "/mails/off/monday/",
        "/mails/off/.../",
        SignedLink("mails-off").to("never", user.pk).removeprefix("http://localhost:8000"),
        SignedLink("mails-off").to("monday", 7).removeprefix("http://localhost:8000"),
        SignedLink("mails-off").to("monday").removeprefix("http://localhost:8000"),
    ]

    assert [Client().post(path, PRESSED).status_code for path in wrong] == [404] * len(wrong)
    assert switches(user) == switches(other) == {"monday": True, "news": True}


def test_link_says_nothing_of_whose_it_is(user):
    text = Client().get(path_of(user)).content.decode()

    assert [word for word in (user.email, str(user.person)) if word in text] == []

"""Answering from a mail: the links as they arrived, opened by somebody who is not signed in."""

import re
from datetime import date
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from actions import answers, workflow
from actions.models import FollowUp, Update
from actions.rounds import send_round
from programmes.models import ChangeSet, User
from tests import factories

pytestmark = pytest.mark.django_db
HOME = "http://localhost:8000"
LINK = re.compile(r"^  (\S.*): http://localhost:8000(/answer/\S+)$", re.M)
MONDAY = date(2017, 6, 12)


@pytest.fixture
def morning(empty_db):
    with time_machine.travel("2017-06-12 08:00") as clock:
        yield clock


@pytest.fixture
def reader(morning):
    return factories.UserFactory(roles=["team"])


@pytest.fixture
def late(reader):
    """A follow-up the reader leads, that is late."""
    follow_up = factories.FollowUpFactory(
        title="A webinar", due_on=date(2017, 6, 7), last_word_on=date(2017, 6, 1)
    )
    factories.AssignmentFactory(follow_up=follow_up, person=reader.person)
    return follow_up


def links():
    """`{words: path}` of the answers in the mails of a round."""
    mail.outbox.clear()
    send_round()
    found = {}
    for each in mail.outbox:
        arrived = message_from_bytes(each.message().as_bytes(), policy=policy.default)
        text = arrived.get_body(("plain",)).get_content()
        found |= dict(LINK.findall(text))
        html = arrived.get_body(("html",)).get_content()
        assert all(f'"{HOME}{path}"' in html for path in found.values())
    return found


def press(path, **data):
    """What it says after a press, and the status of the press itself."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path, data)
    pressed = answer.status_code
    if pressed == 302:
        answer = client.get(answer["Location"])
    return pressed, said(answer)


def said(answer):
    return re.search(r"<h1>(.*?)</h1>", answer.content.decode()).group(1)


THANKS = "Thank you, this is answered."
GONE = "This link does not work any more."


def test_mail_offers_the_answers_there_are(late):
    assert list(links()) == ["Done", "On track", "More time", "Needs help", "Not me"]


def test_looking_changes_nothing_and_tells_what_a_press_does(reader, late):
    changes = ChangeSet.objects.count()
    for words, path in links().items():
        answer = Client().get(path)
        text = answer.content.decode()

        assert (answer.status_code, said(answer)) == (200, words)
        assert "A webinar" in text and f"You answer as {reader.person}" in text
        assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert ChangeSet.objects.count() == changes


@pytest.mark.parametrize(
    ("words", "data", "state", "verb"),
    [
        ("Done", {"text": "All came."}, "done", "complete"),
        ("On track", {}, "under_way", "update"),
        ("More time", {"when": "next_week", "why": "Lima."}, "not_started", "move_due"),
        ("Needs help", {"text": "A speaker."}, "needs_help", "ask_help"),
        ("Not me", {}, "not_started", "decline"),
    ],
)
def test_press_does_it_once_from_a_mail(reader, late, words, data, state, verb):
    path = links()[words]

    assert press(path, **data) == (302, THANKS)
    assert press(path, **data) == (200, THANKS)
    late.refresh_from_db()
    (done,) = ChangeSet.objects.filter(verb=verb)
    assert (late.state, done.by, done.via) == (state, reader, "mail")


def test_on_track_is_an_update_in_ones_own_words(late):
    press(links()["On track"], text="Lima has answered.")

    assert Update.objects.get().text == "On track. Lima has answered."


def test_more_time_says_what_is_missing_and_keeps_what_was_typed(late):
    path = links()["More time"]
    answer = Client().post(path, {"when": "next_week", "why": ""})
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "Not saved yet" in text and "Say why." in text
    assert press(path, when="next_week", why="Lima.") == (302, THANKS)
    late.refresh_from_db()
    assert (late.due_on, late.slips) == (date(2017, 6, 19), 1)


def test_history_says_that_it_came_by_mail(reader, late, client_of):
    press(links()["More time"], when="next_week", why="Waiting for Lima.")

    text = " ".join(client_of(reader).get(f"/follow-ups/{late.ref}/").content.decode().split())

    assert f"{reader.person} moved the date, by mail" in text
    assert "Why: Waiting for Lima." in text


def test_given_is_taken_or_given_back(reader):
    giver = factories.UserFactory(roles=["coordinator"])
    follow_up = factories.FollowUpFactory()
    assignment = workflow.assign(follow_up, party=reader.person, by=giver)
    found = links()

    assert list(found) == ["OK, I have it", "Not me"]
    assert press(found["OK, I have it"]) == (302, THANKS)
    assignment.refresh_from_db()
    assert assignment.answer == "accepted"


def test_not_me_leaves_nothing_to_answer_and_tells_no_title(late):
    found = links()
    press(found["Not me"])

    for words in ("Done", "On track", "More time", "Needs help"):
        answer = Client().get(found[words])
        assert (answer.status_code, said(answer)) == (410, GONE)
        assert "A webinar" not in answer.content.decode()
        assert press(found[words], when="next_week", why="x") == (410, GONE)


@pytest.mark.parametrize("values", [{"is_active": False}, {"person": None}])
def test_link_of_who_has_left_does_nothing(reader, late, values):
    found = links()
    User.objects.filter(pk=reader.pk).update(**values)

    for path in found.values():
        assert press(path, when="next_week", why="x") == (410, GONE)
        assert "A webinar" not in Client().get(path).content.decode()
    late.refresh_from_db()
    assert late.state == "not_started"


def test_link_of_who_lost_the_role_does_nothing(reader, late):
    found = links()
    reader.groups.clear()

    assert {press(path, when="next_week", why="x") for path in found.values()} == {(410, GONE)}


def test_link_to_what_is_sealed_since_says_nothing_of_it(reader, late):
    reader.groups.set(reader.groups.model.objects.filter(name="chair"))
    found = links()
    FollowUp.objects.filter(pk=late.pk).update(sealed=True)

    for path in found.values():
        answer = Client().get(path)
        assert (answer.status_code, said(answer)) == (410, GONE)
        assert "A webinar" not in answer.content.decode()


def test_old_link_says_so(late, morning):
    path = links()["Done"]

    morning.move_to("2017-06-26 23:00")
    assert Client().get(path).status_code == 200
    morning.move_to("2017-06-27 01:00")
    assert press(path) == (410, "This link is too old.")


def test_what_a_colleague_closed_meanwhile_is_left_so(late):
    found = links()
    workflow.complete(late, by=factories.UserFactory(roles=["coordinator"]))

    assert press(found["More time"], when="next_week", why="x") == (
        200,
        "This is closed already.",
    )


def test_link_nobody_wrote_is_not_there(reader, late):
    token = links()["Done"].split("/")[2]
    told, signature = token.split(".")
    word, user, record, until = told.split("-")
    other = factories.UserFactory(roles=["team"])
    forged = [
        "x",
        told,
        f"{told}.",
        f"time-{user}-{record}-{until}.{signature}",
        f"{word}-{user}-{record}-zzzz.{signature}",
        f"{told}.{signature[:-1]}",
    ]
    forged = [f"/answer/{each}/" for each in forged]
    signed = [
        ("burn", reader.pk, late.pk, 1),
        ("done", reader.pk, late.pk),
        ("done", 7, late.pk, 1),
    ]
    signed = [answers.LINK.to(*each).removeprefix(HOME) for each in signed]

    tried = [ask(path) for ask in (Client().get, Client().post) for path in forged + signed]
    assert {(each.status_code, said(each)) for each in tried} == {(404, "This link is not whole.")}
    assert len({each.content for each in tried}) == 1
    strange = answers.LINK.to("done", other.pk, late.pk, timezone.localdate().toordinal())
    assert press(strange.removeprefix(HOME)) == (410, GONE)


def test_link_is_its_own_account_whoever_is_signed_in(reader, late, client_of):
    path = links()["Done"]
    other = factories.UserFactory(roles=["coordinator"])

    client_of(other).post(path)

    assert ChangeSet.objects.get(verb="complete").by == reader


def test_help_is_told_to_coordinators_once(reader, late, morning):
    coordinator = factories.UserFactory(roles=["coordinator"], email="mike@example.org")
    factories.UserFactory(roles=["team"])
    sealed = factories.FollowUpFactory(sealed=True, last_word_on=MONDAY)
    workflow.ask_help(sealed, text="For the Board.", by=factories.UserFactory(roles=["chair"]))
    press(links()["Needs help"], text="A speaker from Lima.")
    mail.outbox.clear()
    send_round()

    (told,) = mail.outbox
    assert (told.to, told.subject) == ([coordinator.email], "New for you")
    assert f"{reader.person} asked for help, by mail: A speaker from Lima." in told.body
    morning.move_to("2017-06-14 08:00")
    mail.outbox.clear()
    send_round()
    assert mail.outbox == []


def test_help_is_asked_for_on_the_page_and_over_rest(reader, late, client_of, api_of):
    page = client_of(reader).post(f"/follow-ups/{late.ref}/help/", {"text": ""})
    late.refresh_from_db()
    assert (page.status_code, late.state) == (302, "needs_help")
    workflow.complete(late, by=reader)

    rest = api_of(reader).post(f"/api/v1/follow-ups/{late.ref}/ask-help/", {}, format="json")

    assert (rest.status_code, rest.json()["code"]) == (409, "refused")

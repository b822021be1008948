"""The round of mails: to whom, when, what stands in them, as a real mail server has them."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions import workflow
from actions.models import FollowUp
from programmes import mail
from programmes.models import KeptMail, Mailing
from programmes.workflow import set_mails
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY = "2017-06-12 08:00"
TODAY = date(2017, 6, 12)


@pytest.fixture
def at(empty_db, server):
    """`at("2017-06-12 08:00")`: the round at that moment; what arrived, `[(to, subject)]`."""
    server.start()

    def send(moment):
        server.mails.clear()
        with time_machine.travel(moment, tick=False):
            call_command("send_mail_round", stdout=StringIO())
        return sorted(server.told)

    return send


def reader(name="ama", **values):
    values = {"roles": ["team"], "email": f"{name}@example.org", **values}
    return factories.UserFactory(**values)


def given(user, title="A webinar", due=date(2017, 6, 7), role="lead", **values):
    """A follow-up this account's person has, with a word in spring."""
    values = {"last_word_on": date(2017, 5, 1), "due_on": due, **values}
    follow_up = factories.FollowUpFactory(title=title, **values)
    factories.AssignmentFactory(follow_up=follow_up, person=user.person, role=role)
    return follow_up


def text_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(message):
    return message.get_body(("html",)).get_content()


def headings(message):
    """The parts of a mail and the titles in each: `{heading: [title]}`."""
    found, lines = {}, text_of(message).splitlines()
    for line in lines:
        if line.endswith(")") and not line.startswith((" ", "*", "-")):
            titles = found.setdefault(line.rpartition(" (")[0], [])
        elif line.startswith("* "):
            titles.append(line[2:])
    return found


def test_monday_mail_holds_what_waits_in_its_parts(at, server):
    user, other = reader(), reader("kofi")
    given(user, "Late")
    given(user, "Soon", due=date(2017, 6, 26))
    given(user, "Far", due=date(2017, 6, 27))
    given(user, "Done", state="done")
    given(user, "Suggested", state="suggested")
    given(user, "Silent", last_word_on=date(2016, 6, 1))
    asked = factories.FollowUpFactory(title="Asked", last_word_on=date(2017, 6, 1))
    workflow.assign(asked, party=user.person, by=other)
    told = given(user, "Told", due=None)
    with time_machine.travel("2017-06-10 08:00"):
        workflow.update(told, text="Lima has answered.", by=other)

    assert at(MONDAY) == [("ama@example.org", "Monday mail: 1 late, 1 due soon, 1 given to you")]
    (message,) = server.mails
    assert headings(message) == {
        "Late": ["Late"],
        "Due within two weeks": ["Soon"],
        "Given to you, and not answered": ["Asked"],
        "What has changed": ["Told"],
    }
    happened = [line[4:] for line in text_of(message).splitlines() if line.startswith("  - ")]
    stood = "Where it stands: Not started → Under way"
    assert happened == [f"10 Jun 2017, 08:00 · {other} wrote: Lima has answered. · {stood}"]


def test_monday_mail_is_text_with_a_plain_html_twin(at, server):
    user = reader()
    late = given(user, "Salt & <b>pepper</b>")
    at(MONDAY)
    (message,) = server.mails

    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    link = f"http://localhost:8000/follow-ups/{late.ref}/"
    assert f"* Salt & <b>pepper</b>\n  Other · Lead: {user.person}\n" in text_of(message)
    assert f"\n  {link}\n" in text_of(message)
    assert f'<a href="{link}">Salt &amp; &lt;b&gt;pepper&lt;/b&gt;</a>' in html_of(message)
    for body in (text_of(message), " ".join(html_of(message).split())):
        assert "You have this mail because you lead these follow-ups" in body
        assert "http://localhost:8000/account/mails/" in body


def test_mail_of_somebody_with_much_stays_small(at, server):
    user = reader()
    for number in range(20):
        title = f"{number} {'ü' * 240}"
        given(user, title, due=date(2017, 6, 1 + number % 25))
    at(MONDAY)
    (message,) = server.mails

    assert len(html_of(message).encode()) < 20_000
    assert "more: http://localhost:8000/" in text_of(message)


def test_nothing_is_sent_where_there_is_nothing(at):
    user = reader()
    given(user, "Far", due=date(2018, 6, 1))
    given(user, "Silent", last_word_on=date(2016, 6, 1))
    asked = factories.FollowUpFactory(title="Old", last_word_on=date(2016, 6, 1))
    asked.due_on = date(2016, 6, 1)
    asked.save()
    factories.AssignmentFactory(follow_up=asked, person=user.person, given_by=reader("kofi"))

    assert at(MONDAY) == []
    given(user)
    assert at("2017-06-12 09:00") == []


@pytest.mark.parametrize(
    ("zone", "moment", "number"),
    [
        ("UTC", "2017-06-12 06:59", 0),
        ("UTC", "2017-06-12 07:00", 1),
        ("UTC", "2017-06-13 23:59", 1),
        ("UTC", "2017-06-14 00:00", 0),
        ("UTC", "2017-06-11 12:00", 0),
        ("Asia/Kolkata", "2017-06-12 01:29", 0),
        ("Asia/Kolkata", "2017-06-12 01:30", 1),
        ("America/Lima", "2017-06-12 11:59", 0),
        ("America/Lima", "2017-06-12 12:00", 1),
        ("Pacific/Auckland", "2017-06-11 19:00", 1),
    ],
)
def test_monday_mail_comes_at_the_readers_own_monday_morning(at, zone, moment, number):
    given(reader(timezone=zone))

    assert len(at(moment)) == number


def test_monday_mail_comes_once_a_week(at):
    given(reader())
    moments = ("2017-06-12 07:00", "2017-06-12 07:10", "2017-06-13 12:00", "2017-06-19 07:00")

    assert [len(at(moment)) for moment in moments] == [1, 0, 0, 1]


def test_what_has_changed_is_told_once_and_nothing_one_did_oneself(at, server):
    user, other = reader(), reader("kofi")
    follow_up = given(user, due=None)
    with time_machine.travel("2017-06-01 08:00"):
        workflow.update(follow_up, text="Long ago.", by=other)
    with time_machine.travel("2017-06-08 08:00"):
        workflow.update(follow_up, text="In this week.", by=other)
        workflow.update(follow_up, text="By myself.", by=user)
    assert at(MONDAY) == [("ama@example.org", "Monday mail: what has changed")]
    text = text_of(server.mails[0])
    told = [word for word in ("Long ago", "In this week", "By myself") if word in text]
    assert told == ["In this week"]
    with time_machine.travel("2017-06-12 10:00"):
        workflow.update(follow_up, text="After the mail.", by=other)
    at("2017-06-19 08:00")
    text = text_of(server.mails[0])
    assert [word for word in ("In this week", "After the mail") if word in text] == [
        "After the mail"
    ]


def test_group_that_leads_is_reminded_through_its_director(at):
    programme, body = factories.ProgrammeFactory(), factories.BodyFactory()
    people = {}
    for name, values in {
        "director": {"programme": programme, "role": "director"},
        "member": {"programme": programme, "role": "member"},
        "left": {"programme": programme, "role": "director", "ended_on": date(2017, 3, 1)},
        "convener": {"programme": None, "body": body, "role": "convener"},
    }.items():
        people[name] = reader(name)
        factories.MembershipFactory(person=people[name].person, **values)
    for group in ({"programme": programme}, {"body": body}):
        follow_up = factories.FollowUpFactory(due_on=date(2017, 6, 7))
        factories.AssignmentFactory(follow_up=follow_up, person=None, **group)

    assert [to for to, _subject in at(MONDAY)] == ["convener@example.org", "director@example.org"]


@pytest.mark.parametrize(
    "values",
    [{"is_active": False}, {"roles": []}, {"email": "ama@demo.invalid"}, {"mails_monday": False}],
)
def test_nobody_is_mailed_who_may_not_or_would_not(at, values):
    given(reader(**values))

    assert at(MONDAY) == []


def test_whoever_lacks_the_second_step_they_must_have_is_not_mailed(at, settings):
    given(reader(roles=["coordinator"]))
    settings.SECOND_STEP_REQUIRED = ["coordinator"]

    assert at(MONDAY) == []


def test_account_of_nobody_is_not_mailed(at):
    factories.UserFactory(person=None, roles=["team"])

    assert at(MONDAY) == []


def test_what_is_new_comes_once_a_day_in_one_mail(at, server):
    user, other = reader(), reader("kofi", roles=["coordinator"])

    def give(title, moment):
        with time_machine.travel(moment):
            follow_up = factories.FollowUpFactory(title=title)
            workflow.assign(follow_up, party=user.person, by=other)

    give("First", "2017-06-14 06:00")
    give("Second", "2017-06-14 06:30")
    assert at("2017-06-14 06:59") == []
    assert at("2017-06-14 07:00") == [("ama@example.org", "New for you: 2")]
    (titles,) = headings(server.mails[0]).values()
    assert sorted(titles) == ["First", "Second"]
    give("Third", "2017-06-14 09:00")
    assert at("2017-06-14 23:00") == []
    assert at("2017-06-15 07:00") == [("ama@example.org", "New for you")]
    assert headings(server.mails[0]) == {"Given to you, and not answered": ["Third"]}
    assert at("2017-06-16 07:00") == []


def test_what_monday_told_is_not_new_after_it(at):
    user = reader()
    factories.AssignmentFactory(person=user.person, given_by=reader("kofi"))

    assert at(MONDAY) == [("ama@example.org", "Monday mail: 1 given to you")]
    assert at("2017-06-13 08:00") == []


def test_switched_off_is_off_at_the_next_round(at):
    user = reader()
    factories.AssignmentFactory(person=user.person, given_by=reader("kofi"))
    set_mails(user, by=user, mails_news=False)

    assert at("2017-06-14 08:00") == []
    set_mails(user, by=user, mails_news=True)
    assert at("2017-06-14 08:00") == [("ama@example.org", "New for you")]


def test_sealed_is_in_no_mail_of_the_board_either(at):
    chair = reader(roles=["chair"])
    given(chair, "For the Board", sealed=True)
    follow_up = given(chair, "Open", due=None)
    with time_machine.travel("2017-06-10 08:00"):
        workflow.update(follow_up, text="Between us.", sealed=True, by=reader("kofi"))

    assert at(MONDAY) == []


def test_guest_is_told_of_what_is_given_to_them(at, server):
    guest = reader(roles=["guest"])
    given(guest, "Read the paper")
    given(reader("kofi"), "Something else")

    at(MONDAY)

    assert [headings(each) for each in server.mails if "ama" in each["To"]] == [
        {"Late": ["Read the paper"]}
    ]


def test_mail_has_its_own_id_and_a_way_out(at, server):
    user = reader()
    given(user)
    at(MONDAY)
    (message,) = server.mails
    (mailing,) = Mailing.objects.all()

    assert message["Message-ID"] == mailing.message_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        message["List-Unsubscribe"].strip().startswith("<http://localhost:8000/mails/off/monday-")
    )
    assert (mailing.period, mailing.done_at is None) == (TODAY, False)


def test_mail_of_a_killed_round_goes_again_under_the_same_id(at, server):
    given(reader())
    at(MONDAY)
    first = server.mails[0]["Message-ID"]
    Mailing.objects.update(done_at=None)

    assert at("2017-06-12 08:09") == []
    assert len(at("2017-06-12 08:11")) == 1
    assert server.mails[0]["Message-ID"] == first


def test_mail_that_has_to_wait_is_handed_over_and_keeps_its_id(at, server):
    given(reader())
    server.stop()
    with time_machine.travel(MONDAY, tick=False):
        call_command("send_mail_round", stdout=StringIO())
    server.start()
    assert KeptMail.objects.count() == 1
    (mailing,) = Mailing.objects.all()

    assert at("2017-06-12 08:30") == []
    mail.send_kept()

    assert [each["Message-ID"] for each in server.mails] == [mailing.message_id]


def test_copy_that_may_send_no_mail_begins_no_round(at):
    given(reader())
    mail.hold()

    assert (at(MONDAY), KeptMail.objects.count(), Mailing.objects.count()) == ([], 0, 0)
    mail.let_go()
    assert len(at(MONDAY)) == 1


def test_mail_another_process_has_is_left_to_it_and_so_is_what_it_tells(at):
    user = reader()
    factories.AssignmentFactory(person=user.person, given_by=reader("kofi"))
    with time_machine.travel(MONDAY, tick=False):
        assert Mailing.objects.claim(user, "monday", TODAY, timezone.now())

    assert at("2017-06-12 08:05") == []


def test_mail_that_goes_wrong_stops_no_other(at, server):
    bad, good = reader(), reader("kofi")
    given(bad)
    given(good)
    type(bad).objects.filter(pk=bad.pk).update(timezone="Nowhere/At_all")

    with pytest.raises(CommandError) as told:
        at(MONDAY)

    assert str(told.value).startswith("1 Monday mails, 0 of what is new. 2 went wrong")
    assert server.told == [("kofi@example.org", "Monday mail: 1 late")]


def test_round_shows_what_it_would_send_and_sends_nothing(at, server):
    given(reader())
    out = StringIO()
    with time_machine.travel(MONDAY, tick=False):
        call_command("send_mail_round", "--show", "AMA@example.org", stdout=out)

    assert out.getvalue().splitlines()[0] == "Monday mail: 1 late"
    assert (server.mails, Mailing.objects.count()) == ([], 0)
    with pytest.raises(CommandError):
        call_command("send_mail_round", "--show", "nobody@example.org")


def test_follow_up_without_any_word_is_not_quiet(empty_db):
    follow_up = factories.FollowUpFactory(due_on=TODAY - timedelta(days=5), last_word_on=None)

    assert list(FollowUp.objects.not_quiet(TODAY)) == [follow_up]

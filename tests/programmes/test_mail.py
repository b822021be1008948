"""The mail server is away, or this copy may not send: nothing is lost, and it is told."""

from io import StringIO

import pytest
import time_machine
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.test import Client

from programmes import mail
from programmes.models import KeptMail, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def send(subject, to="ama@example.org"):
    return EmailMessage(subject, f"{subject}.", to=[to]).send()


def waiting():
    return list(KeptMail.objects.order_by("pk").values_list("mail__subject", flat=True))


def command(*arguments):
    out = StringIO()
    call_command("send_mail", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_mail_goes_where_the_server_answers(server):
    server.start()

    assert (send("One"), server.told, waiting()) == (1, [("ama@example.org", "One")], [])


def test_mail_is_kept_while_the_server_is_away_and_goes_by_command(server):
    assert (send("One"), send("Two"), waiting()) == (0, 0, ["One", "Two"])

    with pytest.raises(CommandError) as refused:
        command()
    assert str(refused.value) == "0 sent, 2 could not go. Run this again later."

    server.start()
    assert command() == ["2 sent, none waits."]
    assert (server.told, waiting()) == (
        [("ama@example.org", "One"), ("ama@example.org", "Two")],
        [],
    )
    assert command() == ["0 sent, none waits."]


def test_mails_of_an_hour_without_a_server_all_go_once(server):
    """Six a quarter of an hour, with a try to send them in each."""
    subjects = []
    with time_machine.travel("2017-06-15 10:00", tick=False) as clock:
        for quarter in range(4):
            for number in range(6):
                subjects.append(f"{quarter}-{number}")
                send(subjects[-1])
            with pytest.raises(CommandError):
                command()
            clock.shift(900)
        assert waiting() == subjects
        server.start()
        assert command() == ["24 sent, none waits."]
        command()

    assert [each["Subject"] for each in server.mails] == subjects
    assert waiting() == []


def test_kept_mails_go_with_the_next_that_does(server):
    send("One")
    server.start()
    send("Two")

    assert (sorted(server.told), waiting()) == (
        [("ama@example.org", "One"), ("ama@example.org", "Two")],
        [],
    )


def test_mail_one_address_refuses_stops_no_other(server):
    send("One", to="gone@example.org")
    send("Two")
    server.refused.add("gone@example.org")
    server.start()

    assert mail.send_kept() == 1
    assert (server.told, waiting()) == ([("ama@example.org", "Two")], ["One"])
    (kept,) = KeptMail.objects.all()
    assert kept.problem.startswith("SMTPRecipientsRefused")


def test_kept_mail_another_process_is_sending_is_left_to_it(server):
    send("One")
    server.start()
    (kept,) = KeptMail.objects.all()

    assert (KeptMail.objects.claim(kept.pk), KeptMail.objects.claim(kept.pk)) == (True, False)
    assert (mail.send_kept(), server.mails) == (0, [])


def test_kept_mail_is_sent_as_it_was(server):
    message = EmailMultiAlternatives(
        "Grüße",
        "Text – with signs.",
        "Review <review@example.org>",
        ["ama@example.org"],
        cc=["jane@example.org"],
        bcc=["secret@example.org"],
        reply_to=["answer@example.org"],
        headers={"X-Why": "a test"},
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    message.attach("list.csv", "a;b", "text/csv")
    message.attach("paper.pdf", b"%PDF\x00\xff", "application/pdf")
    kept = mail.from_json(mail.as_json(message))

    def plain(each):
        sent = each.message()
        for name in ("Date", "Message-ID"):
            del sent[name]
        text = sent.as_string()
        borders = [part.get_boundary() for part in sent.walk() if part.is_multipart()]
        for number, border in enumerate(borders):
            text = text.replace(border, f"border {number}")
        return text

    assert plain(kept) == plain(message)
    assert kept.recipients() == message.recipients()


def test_held_mail_waits_until_it_is_allowed(server):
    server.start()
    command("off")
    assert (send("One"), server.mails, waiting()) == (0, [], ["One"])

    with pytest.raises(CommandError) as refused:
        command()
    assert str(refused.value) == (
        "Mail is held back here; 1 mail waits. Look at them with `send_mail list`, throw them "
        "away with `send_mail drop`, then allow mail with `send_mail on`."
    )

    assert command("on") == ["From now on this copy sends mail.", "1 sent, none waits."]
    assert server.told == [("ama@example.org", "One")]


def test_held_mail_that_is_thrown_away_is_told(server):
    command("off")
    send("One")

    told = command("drop")

    assert [line.partition(" ama")[2] for line in told[:1]] == [
        "@example.org: One (held back: this copy sends no mail yet)"
    ]
    assert told[1:] == ["1 mail waits.", "They are thrown away."]
    assert waiting() == []


def test_forgotten_password_while_the_server_is_away_is_answered_alike(server):
    UserFactory(email="ama@example.org").set_password("x")

    known, unknown = (
        Client().post("/sign-in/password/", {"email": email}, follow=True)
        for email in ("ama@example.org", "nobody@example.org")
    )

    assert known.redirect_chain == unknown.redirect_chain
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert KeptMail.objects.count() == 1


@pytest.mark.parametrize("held", [False, True])
def test_invitation_that_cannot_go_is_told_and_kept(server, held, administrator, client_of):
    if held:
        mail.hold()
    user = UserFactory(email="late@example.org")
    data = {"action": "send_invitation_again", "_selected_action": [user.pk]}

    answer = client_of(administrator).post("/admin/programmes/user/", data, follow=True)

    why = {
        True: "this copy sends no mail until those who look after the site allow it. Tell them "
        "that it waits.",
        False: "the mail server does not answer. It goes as soon as the server is back; you need "
        "not send it again.",
    }
    assert [str(each) for each in answer.context["messages"]] == [
        f"The mail to late@example.org is kept here: {why[held]}",
        "0 invitations sent.",
    ]
    assert waiting() == ["Your account at WIEGO Review"]


def test_account_whose_invitation_cannot_go_is_there(
    server, administrator, client_of, django_capture_on_commit_callbacks
):
    data = {"email": "new@example.org", "timezone": "UTC", "language": "en", "sent_key": "k"}

    with django_capture_on_commit_callbacks(execute=True):
        client_of(administrator).post("/admin/programmes/user/add/", data)

    assert User.objects.filter(email="new@example.org").exists()
    assert waiting() == ["Your account at WIEGO Review"]

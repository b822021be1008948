from programmes import emails
from tests.factories import PersonFactory, UserFactory


def test_invitation_says_why_it_came_and_what_to_do(db, settings):
    settings.SITE_URL = "https://review.example.org"
    user = UserFactory(email="ama@example.org", person=PersonFactory(name="Ama O'Neill & Co"))

    message = emails.invitation(user)

    lines = message.body.splitlines()
    assert (message.to, message.subject) == (["ama@example.org"], "Your account at WIEGO Review")
    assert lines[0] == "Dear Ama O'Neill & Co,"
    assert [line for line in lines if line.startswith("http")] == [emails.password_link(user)]
    assert emails.password_link(user).startswith("https://review.example.org/sign-in/password/")
    assert "for 7 days" in message.body


def test_invitation_of_an_account_without_person_has_no_name(db):
    message = emails.invitation(UserFactory(person=None))

    assert message.body.splitlines()[0] == "Good day,"


def test_invitation_leaves_the_language_of_whoever_sends_it(db):
    from django.utils import translation

    with translation.override("fr"):
        emails.invitation(UserFactory(language="es"))
        assert translation.get_language() == "fr"

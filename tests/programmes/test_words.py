"""The words of forms that others make."""

import pytest
from django.urls import reverse

from programmes import forms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("PasswordChangeForm", ["Present password", "New password", "New password, once more"]),
        ("FirstPasswordForm", ["New password", "New password, once more"]),
        ("PasswordFromMailForm", ["New password", "New password, once more"]),
        ("ForgottenPasswordForm", ["E-mail"]),
    ],
)
def test_password_forms_speak_as_the_others(form, labels):
    form = getattr(forms, form)()

    assert [str(each.label) for each in form] == labels
    assert {each.field.widget.attrs["placeholder"] for each in form} == {""}


def test_password_page_has_our_labels(client_of, team_member):
    team_member.set_password("a long enough pass phrase")
    team_member.save()
    text = client_of(team_member).get(reverse("account_change_password")).content.decode()

    assert text.count(">New password, once more<") == 1


def test_invitation_says_what_comes_of_choosing_nobody(client_of, administrator):
    answer = client_of(administrator).get(reverse("admin:programmes_user_add"))
    told = (
        "Choose who this is. Until an account is linked to a person, others see “Somebody” "
        "where it wrote something."
    )

    assert answer.context["adminform"].form.fields["person"].help_text == told
    assert told in answer.content.decode()

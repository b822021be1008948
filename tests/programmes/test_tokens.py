"""Access for programs: what a token opens, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from programmes import workflow as ground
from programmes.models import AccessToken
from tests.factories import (
    FollowUpFactory,
)
from tests.rest import codes, posted, url
from tests.signing_in import make_fresh, with_app


@pytest.fixture
def secret_of():
    def make(user, days=1):
        return ground.grant_access(user, name="A sheet", expiry=timedelta(days=days))

    return make


def program(secret):
    return APIClient(headers={"Authorization": f"Token {secret}"})


def test_token_reads_and_writes_without_csrf_and_is_marked_used(team_member, secret_of):
    api = APIClient(
        headers={"Authorization": f"Token {secret_of(team_member)}"}, enforce_csrf_checks=True
    )

    read = api.get(url("follow-ups"))
    written = posted(api, url("follow-ups"), {"title": "From a sheet"})

    used = AccessToken.objects.get(user=team_member).last_used_at
    assert (read.status_code, written.status_code) == (200, 201)
    assert read["Cache-Control"] == "private, no-store"
    assert timezone.now() - used < timedelta(minutes=1)


def test_token_ends_on_its_day_and_stays_on_the_page(team_member, secret_of):
    secret = secret_of(team_member, days=-1)

    assert codes(program(secret).get(url("follow-ups"))) == (401, "authentication_failed")
    assert AccessToken.objects.filter(user=team_member).count() == 1


def test_token_ended_on_the_page_opens_nothing(client_of, team_member, secret_of):
    secret = secret_of(team_member)
    token = AccessToken.objects.get(user=team_member)

    client_of(team_member).post(f"/account/programs/{token.token_key}/end/")

    assert codes(program(secret).get(url("follow-ups"))) == (401, "authentication_failed")


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "x@demo.invalid"}])
def test_token_of_one_who_may_not_sign_in_opens_nothing(change, team_member, secret_of, settings):
    settings.DEMO = False
    secret = secret_of(team_member)
    type(team_member).objects.filter(pk=team_member.pk).update(**change)

    assert codes(program(secret).get(url("follow-ups"))) == (401, "authentication_failed")


def test_token_never_opens_board_matter(client_of, board_member, secret_of):
    sealed = FollowUpFactory(sealed=True)
    page = client_of(board_member, board_open=True)

    assert page.get(url("follow-ups", sealed.ref)).status_code == 200
    answer = program(secret_of(board_member)).get(url("follow-ups", sealed.ref))
    assert codes(answer) == (404, "not_found")


def test_token_is_stronger_than_a_session_beside_it(client_of, board_member, guest, secret_of):
    page = client_of(board_member, board_open=True)
    secret = secret_of(guest)

    seen = page.get(url("bodies"), headers={"Authorization": f"Token {secret}"}).json()

    assert seen["count"] == 0


def test_token_asks_for_the_second_step_its_owner_must_have(coordinator, secret_of, settings):
    secret = secret_of(coordinator)
    settings.SECOND_STEP_REQUIRED = ["coordinator"]

    without = program(secret).get(url("follow-ups"))
    with_app(coordinator)

    assert codes(without) == (403, "second_step_required")
    assert program(secret).get(url("follow-ups")).status_code == 200


def test_token_is_made_by_who_proved_themselves_lately(client_of, team_member):
    client, asked = client_of(team_member), {"name": "A sheet", "days": 30}

    led = client.post("/account/programs/", asked)
    page = client.get("/account/programs/").content.decode()
    made_before = team_member.auth_token_set.count()
    made = make_fresh(client, team_member).post("/account/programs/", asked)

    assert (led.status_code, led.url) == (302, "/account/prove/?next=/account/programs/")
    assert "Show first that it is you" in page
    assert (made_before, made.status_code) == (0, 200)
    assert [each.name for each in team_member.auth_token_set.all()] == ["A sheet"]


def test_token_that_ended_is_told_so(client_of, team_member, secret_of):
    secret_of(team_member, days=-1)

    page = client_of(team_member).get("/account/programs/").content.decode()

    assert ("· ended" in page, "/end/" in page) == (True, False)


def test_token_of_somebody_else_is_missing_and_stays(
    client_of, team_member, coordinator, secret_of
):
    secret_of(team_member)
    (theirs,) = team_member.auth_token_set.all()

    answer = client_of(coordinator).post(f"/account/programs/{theirs.token_key}/end/")

    theirs.refresh_from_db()
    assert (answer.status_code, theirs.has_ended) == (404, False)

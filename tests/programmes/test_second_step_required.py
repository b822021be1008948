"""Roles that must have a second step: nothing else before it, on pages, admin and REST."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from programmes.checks import no_demo_accounts
from programmes.workflow import grant_access
from tests.factories import UserFactory
from tests.rest import codes, posted, url
from tests.signing_in import make_fresh, with_app
from wiego_review.common.errors import Refused

SETUP = "/account/second-step/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_STEP_REQUIRED = ["coordinator", "administrator"]


@pytest.mark.parametrize("name", ["coordinator", "administrator"])
@pytest.mark.parametrize("address", ["/", "/people/", "/admin/", "/account/programs/", "/nowhere"])
def test_page_leads_to_the_second_step(name, address, cast, client_of):
    client = client_of(getattr(cast, name))

    asked = [client.get(address), client.post(address, {"title": "Lost?"})]

    if address == "/nowhere":
        assert [each.status_code for each in asked] == [404, 404]
    else:
        assert [(each.status_code, each.url) for each in asked] == [(302, SETUP)] * 2


def test_fragment_leads_the_whole_page_there(coordinator, client_of):
    answer = client_of(coordinator).get("/people/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == SETUP


def test_second_step_can_be_set_up_and_opens_everything(coordinator, client_of):
    client = make_fresh(client_of(coordinator), coordinator)
    pages = [client.get(f"{SETUP}{page}").status_code for page in ("", "app/", "passkeys/add/")]

    with_app(coordinator)

    assert pages == [200, 200, 200]
    assert client.get("/people/").status_code == 200
    assert client.get(url("people")).status_code == 200


def test_rest_by_session_says_what_to_do(coordinator, api_of):
    api = api_of(coordinator)

    asked = [api.get(url("people")), posted(api, url("follow-ups"), {"title": "A memo"})]

    assert [codes(each) for each in asked] == [(403, "second_step_required")] * 2
    assert asked[0].json()["detail"].startswith("Set up a second step first:")


def test_program_gets_access_only_with_a_second_step(coordinator):
    with pytest.raises(Refused):
        grant_access(coordinator, name="A sheet", expiry=timedelta(days=1))

    with_app(coordinator)
    del coordinator.has_second_step

    secret = grant_access(coordinator, name="A sheet", expiry=timedelta(days=1))
    program = APIClient(headers={"Authorization": f"Token {secret}"})
    assert program.get(url("people")).status_code == 200


@pytest.mark.parametrize("name", ["team_member", "board_member", "guest", "stranger"])
def test_others_need_none(name, cast, client_of):
    assert client_of(getattr(cast, name)).get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(coordinator, client_of):
    coordinator.authenticator_set.create(type="recovery_codes", data={})

    assert client_of(coordinator).get("/").status_code == 302


def test_sign_out_stays_open(coordinator, client_of):
    client = client_of(coordinator)

    client.post("/sign-in/out/")

    assert client.session.get("_auth_user_id") is None


def test_deployment_check_tells_of_demo_accounts(db, settings):
    settings.DEMO = False
    UserFactory(email="team@demo.invalid")
    UserFactory(email="gone@demo.invalid", is_active=False)

    (told,) = no_demo_accounts(None)

    assert told.msg == "There is 1 account of the demo (…@demo.invalid)."


def test_deployment_check_is_content_without_demo_accounts(db, settings):
    settings.DEMO = False
    UserFactory(email="gone@demo.invalid", is_active=False)

    assert no_demo_accounts(None) == []


def test_who_set_up_a_second_step_goes_on_to_the_page_they_wanted(coordinator, client_of):
    client = make_fresh(client_of(coordinator), coordinator)
    client.get("/people/?search=jane")
    with_app(coordinator)

    codes = client.post(f"{SETUP}codes/new/", follow=True).content.decode()
    client.get("/people/")
    later = client.post(f"{SETUP}codes/new/", follow=True).content.decode()

    onward = '<a class="button" href="{}">I have them. Go on</a>'
    assert onward.format("/people/?search=jane") in " ".join(codes.split())
    assert onward.format("/") in " ".join(later.split())

"""The admin's own doors lead to the one sign-in, and answer nobody else."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def led(client, address):
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/admin/", "/admin/login/?next=/admin/"),
        ("/admin/login/", "/sign-in/?next=/admin/"),
        ("/admin/login/?next=/admin/actions/followup/", "/sign-in/?next=/admin/actions/followup/"),
    ],
)
def test_who_is_not_signed_in_is_led_to_sign_in(address, place):
    assert led(Client(), address) == (302, place)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/admin/login/", "/admin/"),
        ("/admin/logout/", "/sign-in/out/"),
        ("/admin/password_change/", "/sign-in/password/change/"),
    ],
)
def test_office_leads_on_to_the_pages_of_signing_in(address, place, coordinator, client_of):
    assert led(client_of(coordinator), address) == (302, place)


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/"])
def test_office_is_missing_for_a_guest(address, guest, client_of):
    assert led(client_of(guest), address) == (404, None)


def test_list_without_a_listing_says_what_it_does_not_know(administrator, client_of):
    answer = client_of(administrator).get("/admin/programmes/user/?colour=red")
    assert answer.status_code == 400
    assert list(answer.context["cl"].result_list) == []


def test_file_of_a_list_that_was_not_understood_is_the_page(coordinator, client_of):
    answer = client_of(coordinator).get("/admin/actions/followup/?export=csv&kind=dance")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert list(answer.context["cl"].result_list) == []

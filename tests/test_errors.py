"""What goes wrong outside the views: in one form below /api/, with the headers everywhere."""

from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path

from wiego_review import urls

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def break_down(request):
    raise RuntimeError("on purpose")


def misunderstand(request):
    raise SuspiciousOperation("on purpose")


def forbid(request):
    raise PermissionDenied


VIEWS = {"broken": break_down, "strange": misunderstand, "closed": forbid}
for view in VIEWS.values():
    view.login_required = False
urlpatterns = [
    *(path(f"{start}{name}/", view) for name, view in VIEWS.items() for start in ("", "api/v1/")),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

OUTCOMES = [
    ("broken/", 500, "error", "Something went wrong here. Try again later."),
    ("strange/", 400, "bad_request", "This was not understood."),
    ("closed/", 403, "permission_denied", "This is not for you."),
]


@pytest.fixture
def browser():
    client = Client()
    client.raise_request_exception = False
    return client


@override_settings(ROOT_URLCONF="tests.test_errors")
@pytest.mark.parametrize(("address", "status", "code", "detail"), OUTCOMES)
@pytest.mark.django_db
def test_error_below_the_api_has_the_form_of_its_errors(address, status, code, detail, browser):
    answer = browser.post(f"/api/v1/{address}")

    assert answer.status_code == status
    assert answer.json() == {"code": code, "detail": detail, "fields": {}, "current": None}
    assert answer["Cache-Control"] == "private, no-store"


@override_settings(ROOT_URLCONF="tests.test_errors")
@pytest.mark.parametrize(("address", "status", "code", "detail"), OUTCOMES)
@pytest.mark.django_db
def test_error_elsewhere_is_a_page(address, status, code, detail, browser):
    answer = browser.get(f"/{address}")

    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize("address", ["/api/", "/api/v2/", "/api/v1/nothing/", "/api/v1/people//"])
def test_unknown_address_below_the_api_is_missing_to_those_signed_in(
    address, client_of, team_member, client
):
    told = [client.get(address), client_of(team_member).get(address)]

    assert [each.status_code for each in told] == [401, 404]
    assert [each.json()["code"] for each in told] == ["not_authenticated", "not_found"]


def test_address_of_no_route_below_the_api_is_missing(client_of, team_member):
    answer = client_of(team_member).get("/api/v1/two%0Alines/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("secure", [True, False])
@pytest.mark.parametrize("address", ["/", "/api/v1/people/", "/healthz"])
def test_strange_host_is_refused_with_the_headers(address, secure, client, settings):
    settings.SECURE_SSL_REDIRECT = secure

    answer = client.get(address, headers={"Host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["Content-Type"].startswith(
        "application/json" if address.startswith("/api/") else "text/html"
    )


def test_every_kind_of_answer_has_the_headers(client_of, team_member, client):
    signed_in = client_of(team_member)
    asked = [
        client.get("/"),
        client.get("/sign-in/"),
        client.get("/nowhere/"),
        client.get("/api/v1/people/"),
        client.get("/static/review/review.css"),
        signed_in.get("/api/v1/people"),
        signed_in.get("/api/v1/docs/"),
        signed_in.get("/follow-ups/?export=csv"),
        signed_in.get("/admin/"),
    ]

    for answer in asked:
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_write_to_an_address_without_its_slash_is_sent_on_whole(client_of, team_member):
    answer = client_of(team_member).post("/api/v1/follow-ups", {}, "application/json")

    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/follow-ups/")


@pytest.mark.parametrize("address", ["/", "/people/", "/follow-ups/?kind=task", "/people/nobody/"])
def test_anonymous_is_led_to_the_sign_in_whatever_the_page(db, address):
    answer = Client().get(address)
    assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={quote(address)}")

"""What REST refuses, and in which form."""

from rest_framework.test import APIClient

from tests.factories import (
    FollowUpFactory,
)
from tests.rest import codes, posted, url


def test_hidden_and_missing_answer_the_same(api_of, team_member):
    api = api_of(team_member)
    sealed = FollowUpFactory(sealed=True)

    hidden = api.get(url("follow-ups", sealed.ref))
    missing = api.get(url("follow-ups", "F-ZZZZZZZZ"))
    strange = api.get(url("follow-ups", "%00"))

    assert hidden.content == missing.content == strange.content
    assert codes(hidden) == (404, "not_found")


def test_errors_have_one_form(api_of, team_member, stranger):
    api = api_of(team_member)
    person = url("people", "mike-bird")
    follow_ups = url("follow-ups")
    raw = {"content_type": "application/json"}
    foreign = FollowUpFactory()

    answers = [
        APIClient().get(follow_ups),
        APIClient(headers={"Authorization": "Token abc"}).get(follow_ups),
        APIClient(headers={"Authorization": "Token a\x00c"}).get(follow_ups),
        APIClient(headers={"Authorization": "Token ü"}).get(follow_ups),
        api.get(url("nothing")),
        api.get(url("nothing", "at", "all")),
        api.post(person, {}, format="json"),
        api.delete(person),
        api.put(follow_ups, {}, format="json"),
        api.options(follow_ups),
        api.get(follow_ups, headers={"Accept": "text/html"}),
        api.post(follow_ups, "title=x", content_type="application/x-www-form-urlencoded"),
        api.post(follow_ups, "{", **raw),
        api.post(follow_ups, '{"title": NaN}', **raw),
        api.post(follow_ups, b'{"title": "\xff"}', **raw),
        api.post(follow_ups, '{"title": "\\ud800"}', **raw),
        api.post(follow_ups, "[" * 100_000 + "]" * 100_000, **raw),
        api.post(follow_ups, '{"a":' * 3_000 + "1" + "}" * 3_000, **raw),
        api.post(follow_ups, '{"title": "a", "title": "b"}', **raw),
        api.post(follow_ups, '{"title": "x"}'.encode("utf-16"), **raw),
        api.post(follow_ups, '{"title": "x"}', CONTENT_LENGTH="many", **raw),
        api.post(follow_ups, '{"title": "x"}', CONTENT_LENGTH="9", **raw),
        api.post(follow_ups, "[]", **raw),
        api.post(follow_ups, '{"title": ' + "9" * 5_000 + "}", **raw),
        api.post(follow_ups, '{"title": "' + "x" * 3_000_000 + '"}', **raw),
        api_of(stranger).post(follow_ups, {"title": "x"}, format="json"),
        posted(api, url("follow-ups", foreign.ref, "complete"), {}),
    ]

    assert [codes(answer) for answer in answers] == [
        (401, "not_authenticated"),
        (401, "authentication_failed"),
        (401, "authentication_failed"),
        (401, "authentication_failed"),
        (404, "not_found"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (405, "method_not_allowed"),
        (405, "method_not_allowed"),
        (405, "method_not_allowed"),
        (406, "not_acceptable"),
        (415, "unsupported_media_type"),
        *[(400, "parse_error")] * 8,
        (411, "length_required"),
        (400, "parse_error"),
        (400, "invalid"),
        (400, "parse_error"),
        (413, "too_large"),
        (403, "permission_denied"),
        (403, "permission_denied"),
    ]


def test_session_writes_need_the_csrf_token(team_member):
    api = APIClient(enforce_csrf_checks=True)
    api.force_login(team_member)

    answer = posted(api, url("follow-ups"), {"title": "x"})

    assert codes(answer) == (403, "permission_denied")


def test_name_that_stands_twice_in_an_object_is_named(api_of, team_member):
    body = '{"title": "x", "leads": [{"text": "a", "text": "b"}]}'

    answer = api_of(team_member).post(url("follow-ups"), body, content_type="application/json")

    assert answer.json()["detail"] == "“text” stands here twice. Send it once."


def test_text_with_nothing_to_see_is_empty_at_every_door(api_of, client_of, team_member):
    hidden = "\u200b\u202e\ufeff"

    told = posted(api_of(team_member), url("follow-ups"), {"title": hidden})
    page = client_of(team_member).post("/follow-ups/new/", {"title": hidden})

    assert codes(told) == (400, "invalid")
    assert told.json()["fields"] == {"title": ["Say what is to be done."]}
    assert page.context["form"].errors == {"title": ["Say what is to be done."]}


def test_what_nobody_sees_is_left_out_of_what_is_stored(api_of, team_member):
    sent = {"title": "Mig\u200bration \u202epolicy", "leads": [{"text": "Jo\u00adhn"}]}

    told = posted(api_of(team_member), url("follow-ups"), sent).json()

    assert (told["title"], told["leads"][0]["name"]) == ("Migration policy", "John")

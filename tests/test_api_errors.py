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
        *[(400, "parse_error")] * 6,
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

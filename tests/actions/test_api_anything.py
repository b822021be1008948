"""Whatever REST is sent, it answers."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from tests.rest import ALL, codes, url

TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["\x00", "'", "%", "_", "=1", "F-00000000", "9" * 400, "2017-06-05", "true", "-1", "ß", "İ"]
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXT, each, max_size=3),
    max_leaves=6,
)
FUZZ = tries(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.mark.parametrize("noun", ALL)
def test_whatever_a_list_is_asked_it_answers(noun, api_of, team_member):
    from django.urls import resolve

    api = api_of(team_member)
    listing = resolve(url(noun)).func.cls.listing
    names = [*listing.filterset.base_filters, "ordering", "page", "page_size", "cursor"]

    @FUZZ
    @given(st.dictionaries(st.sampled_from(names), st.lists(TEXT, min_size=1, max_size=2)))
    def ask(query):
        answer = api.get(
            url(noun), {n: [v.encode("utf-8", "replace") for v in vs] for n, vs in query.items()}
        )
        assert answer.status_code in (200, 400)
        assert answer.status_code == 200 or codes(answer) == (400, "bad_query")

    ask()


@pytest.mark.parametrize("noun", ALL)
@FUZZ
@given(key=TEXT.filter(lambda text: text not in ("", ".", "..")))
def test_whatever_record_is_asked_for_it_answers(noun, key, api_of, team_member):
    from urllib.parse import quote

    answer = api_of(team_member).get(url(noun, quote(key.encode("utf-8", "replace"), safe="")))

    assert answer.status_code in (200, 404)


WRITES = [
    ("follow-ups", None, "title kind note retreat leads sectors due_on due_until ongoing"),
    ("follow-ups", "PATCH", "title kind leads due_on due_text version issue"),
    ("follow-ups", "complete", "text version"),
    ("follow-ups", "move-due", "due_on due_until due_text why version"),
    ("follow-ups", "assign", "party role version"),
    ("follow-ups", "reopen", "version"),
    ("assignments", None, "follow_up party role"),
    ("updates", None, "follow_up text as_told_by told_how"),
]


@pytest.mark.parametrize(("noun", "verb", "fields"), WRITES)
def test_whatever_is_sent_to_a_verb_it_answers(noun, verb, fields, api_of, coordinator, led):
    api = api_of(coordinator)
    key = led.ref if verb else None
    address = url(noun, key, None if verb == "PATCH" else verb)
    send = api.patch if verb == "PATCH" else api.post
    names = [*fields.split(), "colour"]

    @FUZZ
    @given(st.one_of(JSON, st.dictionaries(st.sampled_from(names), JSON | st.just(led.ref))))
    def write(data):
        answer = send(address, json.dumps(data), content_type="application/json")
        assert answer.status_code in (200, 201, 400, 409, 428)
        if answer.status_code >= 400:
            codes(answer)

    write()

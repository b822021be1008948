"""The same idempotency key twice happens once."""

import pytest

from actions.models import FollowUp, Update
from programmes.models import ChangeSet
from tests.factories import (
    FollowUpFactory,
)
from tests.rest import codes, posted, url


def test_same_key_twice_happens_once_and_answers_the_same(api_of, coordinator, led):
    api = api_of(coordinator)
    before = FollowUp.objects.count()
    keyed = {"Idempotency-Key": "one"}
    first = posted(api, url("follow-ups"), {"title": "Once"}, **keyed)
    again = posted(api, url("follow-ups"), {"title": "Once"}, **keyed)
    note = {"Idempotency-Key": "two"}
    written = [
        posted(api, url("updates"), {"follow_up": led.ref, "text": "Sent."}, **note)
        for _time in range(2)
    ]

    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert written[0].content == written[1].content
    assert FollowUp.objects.count() == before + 1
    assert Update.objects.filter(follow_up=led).count() == 1


def test_key_used_for_something_else_is_409(api_of, coordinator, led):
    api = api_of(coordinator)
    other = FollowUpFactory()
    keyed = {"Idempotency-Key": "one"}
    done = posted(api, url("follow-ups", led.ref, "complete"), {}, **keyed)

    another_record = posted(api, url("follow-ups", other.ref, "complete"), {}, **keyed)
    another_verb = posted(api, url("follow-ups", led.ref, "reopen"), {}, **keyed)

    assert done.json()["state"] == "done"
    assert codes(another_record) == codes(another_verb) == (409, "key_used")
    assert FollowUp.objects.get(pk=other.pk).state == "not_started"


@pytest.mark.parametrize(
    ("noun", "first", "second"),
    [
        ("follow-ups", {"title": "Once"}, {"title": "Twice"}),
        ("follow-ups", {"title": "Once"}, {"title": "Once", "note": "Lima"}),
        ("follow-ups", {"title": "Once", "leads": ["Mike Bird"]}, {"title": "Once", "leads": []}),
        ("updates", {"text": "Sent."}, {"text": "Not sent."}),
        ("assignments", {"party": "mike-bird"}, {"party": "jane-barrett"}),
    ],
)
def test_key_with_another_body_is_409_and_nothing_is_written(
    noun, first, second, api_of, coordinator, led
):
    api = api_of(coordinator)
    about = {} if noun == "follow-ups" else {"follow_up": led.ref}
    keyed = {"Idempotency-Key": "one"}
    answers = [posted(api, url(noun), {**about, **body}, **keyed) for body in (first, second)]
    again = posted(api, url(noun), dict(reversed({**about, **first}.items())), **keyed)

    assert codes(answers[1]) == (409, "key_used")
    assert answers[1].json()["detail"] == "This key came with something else. Send a fresh one."
    assert (again.status_code, again.content) == (201, answers[0].content)
    assert ChangeSet.objects.filter(by=coordinator).count() == 1


def test_edit_sent_again_is_answered_and_another_is_409(api_of, coordinator, led):
    api = api_of(coordinator)

    def patched(**data):
        headers = {"Idempotency-Key": "one", "If-Match": '"1"'}
        return api.patch(url("follow-ups", led.ref), data, format="json", headers=headers)

    first, again, other = patched(note="Lima"), patched(note="Lima"), patched(note="Accra")

    assert (again.status_code, again.content) == (200, first.content)
    assert codes(other) == (409, "key_used")
    assert FollowUp.objects.get(pk=led.pk).note == "Lima"


def test_key_sent_again_answers_as_the_record_may_be_seen_now(api_of, team_member, coordinator):
    api, keyed = api_of(team_member), {"Idempotency-Key": "one"}
    ref = posted(api, url("follow-ups"), {"title": "Once"}, **keyed).json()["ref"]
    about = {"follow_up": ref, "text": "Sent."}
    note = posted(api, url("updates"), about, **{"Idempotency-Key": "two"})
    added = FollowUp.objects.get(title="Once")
    FollowUp.objects.filter(pk=added.pk).update(sealed=True, title="What the Board said")
    count = FollowUp.objects.count()

    again = posted(api, url("follow-ups"), {"title": "Once"}, **keyed)
    other = posted(api, url("follow-ups"), {"title": "Twice"}, **keyed)
    done = posted(api, url("follow-ups", ref, "complete"), {}, **{"Idempotency-Key": "three"})
    note_again = posted(api, url("updates"), about, **{"Idempotency-Key": "two"})

    assert note.status_code == 201
    assert codes(again) == codes(done) == (404, "not_found")
    assert codes(other) == (409, "key_used")
    assert note_again.json()["fields"] == {"follow_up": [f"There is no “{ref}” here."]}
    assert FollowUp.objects.count() == count
    assert Update.objects.filter(follow_up=added).count() == 1


@pytest.mark.parametrize("key", ["x" * 81, "\x07", "ü"])
def test_key_of_the_wrong_form_is_400(key, api_of, coordinator):
    answer = posted(
        api_of(coordinator), url("follow-ups"), {"title": "x"}, **{"Idempotency-Key": key}
    )

    assert codes(answer) == (400, "invalid")

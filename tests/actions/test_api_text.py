"""Where REST wants a text, it takes a text and nothing else."""

import json

import pytest

from actions.models import FollowUp, Update
from tests.rest import codes, url

pytestmark = pytest.mark.django_db
NO_TEXTS = ["1e400", "-1e400", "5", "2.50", "true", "[]", "{}"]


def sent(send, address, **fields):
    """A body written by hand: `1e400` is a number in JSON, and in Python beyond all numbers."""
    body = ", ".join(f"{json.dumps(name)}: {value}" for name, value in fields.items())
    return send(address, f"{{{body}}}", content_type="application/json")


@pytest.mark.parametrize("value", NO_TEXTS)
@pytest.mark.parametrize("field", ["title", "note", "due_text", "retreat", "issue"])
def test_follow_up_takes_texts_alone(field, value, api_of, coordinator):
    fields = {"title": '"Write it"', field: value}
    answer = sent(api_of(coordinator).post, url("follow-ups"), **fields)

    assert codes(answer) == (400, "invalid")
    assert answer.json()["fields"] == {field: ["Send a text, in quotes."]}
    assert not FollowUp.objects.filter(title__in=["Write it", "inf", "5", "2.5"]).exists()


@pytest.mark.parametrize("value", NO_TEXTS)
def test_verbs_take_texts_alone(value, api_of, coordinator, led):
    api = api_of(coordinator)
    answers = {
        "text": sent(api.post, url("follow-ups", led.ref, "complete"), version="1", text=value),
        "why": sent(
            api.post, url("follow-ups", led.ref, "move-due"), version="1", due_on="null", why=value
        ),
        "title": sent(api.patch, url("follow-ups", led.ref), version="1", title=value),
        "follow_up": sent(api.post, url("updates"), follow_up=value, text='"Word"'),
    }

    told = {name: (codes(each), each.json()["fields"]) for name, each in answers.items()}
    refused = ((400, "invalid"), ["Send a text, in quotes."])
    assert told == {name: (refused[0], {name: refused[1]}) for name in answers}
    led.refresh_from_db()
    assert (led.title, led.state) == ("Migration", "not_started")
    assert not Update.objects.filter(follow_up=led).exists()

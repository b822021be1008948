from types import SimpleNamespace

import pytest
from django.http import Http404, QueryDict

from actions.listings import LISTINGS
from actions.models import FollowUp
from wiego_review.common import pages
from wiego_review.common.errors import Conflict, Refused
from wiego_review.common.kept_words import in_words


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (None, "Saved."),
        (Refused("It is done."), "It is done."),
        (
            Conflict(SimpleNamespace(version=2), {}),
            "Somebody changed this meanwhile. Look again, then answer.",
        ),
    ],
)
def test_press_says_on_the_next_page_what_became_of_it(problem, told, monkeypatch):
    said, pressed = [], SimpleNamespace(user="somebody", POST=QueryDict("key=k1"))
    monkeypatch.setattr(pages.messages, "success", lambda request, text: said.append(text))
    monkeypatch.setattr(pages.messages, "error", lambda request, text: said.append(text))

    def verb(record, *, by, key):
        said.append((record, by, key))
        if problem:
            raise problem

    pages.press(pressed, verb, "record")

    assert said == [("record", "somebody", "k1"), told]


def test_row_of_a_record_that_is_gone_is_missing(viewer_of, team_member):
    with pytest.raises(Http404):
        pages.row_of(LISTINGS[0].rows, FollowUp(pk=1), viewer_of(team_member))


def test_words_of_a_list_are_kept_each():
    assert list(in_words([["Ghana", "Peru"], None, "x", 7])) == ["Ghana", "Peru", "x", "7"]

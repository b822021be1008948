"""Which words and names are near one that nothing holds."""

from collections import Counter

import pytest
from django.db.models import Q

from programmes.models.groups import MembershipQuerySet
from wiego_review.common.meant import like_name, nearest, vocabulary

KNOWN = Counter(["bangkok", "delhi", "lima", "accra", "zimbabwe", "fundraising", "seek", "love"])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("bangcock", "bangkok"),
        ("dehli", "delhi"),
        ("limma", "lima"),
        ("akkra", "accra"),
        ("zimbabve", "zimbabwe"),
        ("fundrasing", "fundraising"),
        ("zzzzqqqq", ""),
        ("allowed", ""),
        ("geneva", ""),
    ],
)
def test_nearest_word_begins_alike_and_sounds_alike(word, meant):
    assert nearest(word, KNOWN) == meant


def test_of_words_as_near_the_more_frequent_is_meant():
    assert nearest("wharv", Counter({"wharf": 1, "wharg": 3})) == "wharg"


@pytest.mark.parametrize(
    ("text", "name", "alike"),
    [
        ("aromar ravi", "aromar revi", True),
        ("martty chenn", "marty chen", True),
        ("solidarty budgeting", "marty chen", False),
        ("geneva", "wiego", False),
        ("lin", "lin lim", True),
        ("lim", "lima", False),
        ("anything", "", False),
    ],
)
def test_name_is_alike_where_each_word_is(text, name, alike):
    assert like_name(text, name) == alike


@pytest.mark.django_db
def test_noun_without_a_row_to_be_seen_brings_no_words(team_member, viewer_of, monkeypatch):
    words = vocabulary(viewer_of(team_member))
    monkeypatch.setitem(MembershipQuerySet.GRAINS, "open", lambda viewer: Q(pk__in=[]))

    kept = vocabulary(viewer_of(team_member))

    assert (kept["bangkok"], kept.total() < words.total()) == (words["bangkok"], True)

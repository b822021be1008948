"""Which words and names are near one that nothing holds."""

from collections import Counter

import pytest

from wiego_review.common.meant import like_name, nearest

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

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiego_review.common.text import fold, person_sort_key, search_text, seen


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Françoise Carré", "francoise carre"),
        ("  Françoise   CARRÉ ", "francoise carre"),
        ("Lucía, Fernández", "lucia fernandez"),
        ("Østergård Łukasz Groß Đorđe", "ostergard lukasz gross dorde"),
        ("Ǿ", "o"),
        ("WIEGO's two-pager", "wiego s two pager"),
        ("snake_case", "snake case"),
        ("–…·", ""),
        ("İstanbul ısı", "istanbul isi"),
        ("Ja\u200bne Bar\xadrett", "jane barrett"),
        ("two\x0blines", "two lines"),
    ],
)
def test_fold_compares_what_people_write(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_fold_twice_is_fold_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_fold_of_two_words_is_the_two_folded(one, other):
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}".strip()


@given(st.text(max_size=60))
def test_fold_does_not_mind_case(text):
    assert fold(text.lower()) == fold(text.lower().upper().lower())


def test_person_sort_key_puts_the_last_name_first():
    assert person_sort_key("Marty Alter Chen") == "chen marty alter"
    assert person_sort_key("Sofia") == "sofia"
    assert person_sort_key("") == ""


def test_search_text_says_each_part_once():
    assert search_text("Jané", "jane", "", "!", "Barrett") == "jane | barrett"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Lucía Fernández", "Lucía Fernández"),
        ("one\ttwo\nthree", "one\ttwo\nthree"),
        ("two\x0blines\u2028more", "two\nlines\nmore"),
        ("Jane\u202e ttenraB", "Jane ttenraB"),
        ("\ufeffJa\u200bne\u200d Bar\xadrett\x1b", "Jane Barrett"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष 👩\u200d🌾", "क्\u200dष 👩\u200d🌾"),
        ("\u200b\u202e\ufeff", ""),
        (" \u200d\u3164\u2800\ufe0f\n", ""),
        ("–", "–"),
    ],
)
def test_seen_leaves_out_what_nobody_sees(written, shown):
    assert seen(written) == shown
    assert fold(seen(written)) == fold(written)

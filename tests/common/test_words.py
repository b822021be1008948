"""Which words of a question count, and in which forms they are found."""

import pytest

from wiego_review.common.words import Word, asked_words, other_form


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("memos", "memo"), ("cities", "city"), ("city", "cities"), ("policies", "policy"),
        ("leads", "lead"), ("led", "lead"), ("women", "woman"), ("processes", "process"),
        ("changed", "change"), ("alfers", "alfer"), ("paris", ""), ("thais", ""), ("dias", ""),
        ("process", ""), ("status", ""), ("delhi", ""), ("day", ""), ("c189s", ""),
        ("moocs", "mooc"),
    ],
)  # fmt: skip
def test_a_word_has_one_other_form_and_never_a_short_one(word, form):
    assert other_form(word) == form


@pytest.mark.parametrize("name", ["Alfers", "Paris", "Thais", "Dias", "Jenna", "Soumaré", "Banu"])
def test_a_name_is_found_as_it_is_written(name):
    (word,) = asked_words(name)

    assert [text for text in (f"of {word.text}", f"x{word.text}y") if word.within(text)] == [
        f"of {word.text}",
        f"x{word.text}y",
    ]


def test_form_is_found_only_where_a_word_begins():
    word = Word("units", "unit")
    texts = ["unit", "a unit of it", "united", "community", "communities and units"]

    assert [word.within(text) for text in texts] == [True, True, True, False, True]
    assert [list(word.spans(text)) for text in texts] == [
        [(0, 4)], [(2, 6)], [(0, 6)], [], [(16, 21), (16, 21)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who leads the migration?", ["leads", "migration"]),
        ("sessions not held", ["sessions", "not", "held"]),
        ("who", ["who"]),
        ("of the", ["of", "the"]),
        ("Jane, Jane", ["jane"]),
        ("–", []),
        ("", []),
    ],
)
def test_words_that_carry_nothing_are_left_out_unless_there_are_no_others(question, words):
    assert [word.text for word in asked_words(question)] == words


def test_label_is_asked_by_its_words_or_a_beginning_of_four_letters():
    label = "Given to somebody absent"

    asked = {text: asked_words(text)[0].names(label) for text in ("absent", "some", "abs", "body")}
    assert asked == {"absent": True, "some": True, "abs": False, "body": False}

"""The sentence something was found in, and where the words stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiego_review.common.excerpts import LONGEST, best_sentence, folded_places, pieces
from wiego_review.common.text import fold
from wiego_review.common.words import Word, asked_words


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Adama Soumaré of Dakar", ("soumare",), ["Soumaré"]),
        ("Soumare\u0301!", ("soumare",), ["Soumare\u0301"]),
        ("C-189, and C189", ("c189",), ["C189"]),
        ("Home-based workers", ("home", "base"), ["Home", "base"]),
        ("anecdotes", ("ecdo", "dote"), ["ecdote"]),
        ("An anecdote of a dot, or dots", ("dot",), ["dot", "dot"]),
        ("Workers of R-204 (204)", ("r", "204"), ["R", "204", "204"]),
        ("Straße", ("strasse",), ["Straße"]),
        ("<b>bold</b>", ("bold",), ["bold"]),
        ("nothing", ("words",), []),
        ("", ("words",), []),
        ("Two Memos, a memo; commemorated", ("memos", "memo"), ["Memos", "memo"]),
    ],
)
def test_found_words_are_marked_as_they_are_written(text, words, marked):
    told = pieces(text, [Word(*words)] if words[0] == "memos" else [Word(each) for each in words])

    assert [piece for piece, found in told if found] == marked
    assert "".join(piece for piece, _found in told) == text


@given(st.text(), st.text(min_size=1))
def test_pieces_are_the_text_whatever_is_marked(text, question):
    told = pieces(text, asked_words(question))

    assert "".join(piece for piece, _found in told) == text


@given(st.text())
def test_folded_letter_by_letter_is_folded_at_once(text):
    folded, places = folded_places(text)

    assert folded.split() == fold(text).split()
    assert len(folded) == len(places)


def test_the_sentence_with_most_words_is_told():
    text = "Nothing of it. Vendors met in Lima. In Accra the street vendors met.\n" + "Done. " * 30

    assert best_sentence(text, asked_words("street vendors")) == "In Accra the street vendors met."
    assert best_sentence(text, asked_words("Lima")) == "Vendors met in Lima."


def test_long_sentence_is_cut_around_what_was_found():
    text = "word " * 200 + "Zanzibar " + "word " * 200

    told = best_sentence(text, asked_words("Zanzibar"))

    assert len(told) <= LONGEST + 4
    assert "Zanzibar" in told
    assert (told[:2], told[-2:]) == ("… ", " …")


def test_short_text_is_told_whole():
    text = "Vendors met in Lima.  In Accra they did not."

    told = [best_sentence(text, asked_words(word)) for word in ("Lima", "Delhi")]
    assert told == ["Vendors met in Lima. In Accra they did not.", ""]


def test_long_sentence_is_cut_where_most_words_stand():
    text = "word " * 80 + "Lima " + "word " * 80 + "Accra and Dakar " + "word " * 80

    told = best_sentence(text, asked_words("Lima Accra Dakar"))

    assert ("Accra and Dakar" in told, "Lima" in told) == (True, False)

"""Which words of a question count, and in which forms they are found."""

import pytest

from wiego_review.common.words import NONE, Word, asked_words, contains_words, other_form


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("memos", "memo"), ("cities", "city"), ("city", "cities"), ("policies", "policy"),
        ("leads", "lead"), ("led", "lead"), ("women", "woman"), ("processes", "process"),
        ("changed", "change"), ("alfers", "alfer"), ("paris", ""), ("thais", ""), ("das", ""),
        ("process", ""), ("status", ""), ("delhi", ""), ("day", ""), ("c189s", ""),
        ("dias", "dia"), ("moocs", "mooc"), ("dots", "dot"), ("sdg11", "sdg 11"), ("c189", "c 189"),
        ("2017", ""), ("decided", "deci"), ("decisions", "deci"), ("decide", "deci"),
    ],
)  # fmt: skip
def test_a_word_has_one_other_form_and_never_one_of_two_letters(word, form):
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
        ("How much is still on, and on how many days any more?", ["days"]),
        ("R-204, C 189, a 4", ["r204", "c189", "4"]),
        ("Jane, Jane", ["jane"]),
        (
            "What did people say when we came?",
            ["what", "did", "people", "say", "when", "we", "came"],
        ),
        ("What did people say of Brexit?", ["brexit"]),
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


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("one", ["one", "of one | two", "two | one", "ones"]),
        ("ix", ["ix", "appendix | ix", "ix and x"]),
        ("4", ["4", "day 4", "4 of 5", "day | 4 | 5"]),
        ("2017", ["in 2017", "2017 18"]),
        ("dots", ["dots", "a dot", "dot democracy", "anecdots"]),
        ("sdg11", ["sdg11", "of sdg 11"]),
        ("mooc", ["mooc", "moocs", "amooc"]),
    ],
)
def test_short_word_is_found_only_where_a_word_begins_and_marked_there(asked, held):
    others = [
        "money", "someone", "viii", "appendix", "sixix ixi", "2024", "14", "45", "4th", "20171",
        "anecdote", "dotted", "sdg 1", "sdg 110", "asdg 11", "moo",
    ]  # fmt: skip
    (word,) = asked_words(asked)

    assert [text for text in [*held, *others] if word.within(text)] == held
    assert [text for text in [*held, *others] if list(word.spans(text))] == held


def test_label_is_asked_by_the_other_form_of_its_words():
    asked = {text: asked_words(text)[0].names("Dot votes") for text in ("dots", "vote", "ote")}

    assert asked == {"dots": True, "vote": True, "ote": False}


def test_decided_and_decision_are_one_word():
    texts = ["was decided", "decisions", "to decide", "decimal", "indecisive"]

    for asked in ("decided", "decision", "decides"):
        (word,) = asked_words(asked)
        held = [text for text in texts[:4] if word.within(text)]
        assert held[:3] == texts[:3]
        assert word.names("Decisions")


def test_ordinal_is_a_number_only_before_a_day():
    third, _day = asked_words("third day")

    assert [third.within(text) for text in ("day 3", "the third", "day 13")] == [True, True, False]
    assert [word.within("day 3") for word in asked_words("third party")] == [False, False]


def test_year_is_a_number_of_four_digits():
    assert [asked_words(each)[0].year for each in ("2017", "20171", "x2017", "1350")] == [
        2017,
        None,
        None,
        None,
    ]


def test_question_of_signs_only_finds_nothing():
    assert contains_words("search_text", " – ? ") is NONE

import pytest
from django.core.exceptions import ValidationError

from actions.lines import MOST_LINES, few_enough, read_lines


def read(text):
    return [(line.number, line.kind, line.text) for line in read_lines(text)]


def test_headings_tell_the_kind_of_what_is_below():
    text = """
- Webinars on 2 issues: leading to memos
 - Migration: Jane
 - Formalization: Marty
- Two-pagers on 6 issues:
 - Gender: Sonia
Working Groups
Africa (Vanessa)
"""
    assert read(text) == [
        (3, "webinar", "Migration: Jane"),
        (4, "webinar", "Formalization: Marty"),
        (6, "two_pager", "Gender: Sonia"),
        (8, "working_group", "Africa (Vanessa)"),
    ]


def test_kind_ends_with_the_list_below_its_heading():
    text = "1 – prepare summaries, in two steps:\n\n- cull them\n- translate them\n\n2 – link them"
    assert [kind for _number, kind, _text in read(text)] == ["summary", "summary", ""]


def test_bullets_numbers_and_marks_of_markdown_are_no_words():
    text = "# Actions\n\n* **Migration**\n• Gender\n(3) Law\n4. Space\n---\n- [ ] Menu\n"
    assert read(text) == [
        (3, "", "Migration"),
        (4, "", "Gender"),
        (5, "", "Law"),
        (6, "", "Space"),
        (8, "", "Menu"),
    ]


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("We spoke of it\nACTION: Jane to write\nAI: ask them", [False, True, True]),
        ("- [ ] Write it\n- [x] Ask them", [True, False]),
        ("Write it\nAsk them", [True, True]),
        ("Acción: escribir\nÀ faire : écrire\nHablamos", [True, True, False]),
        (f"{'They spoke of it. ' * 12}\nWrite it", [False, True]),
    ],
)
def test_what_minutes_tag_is_likely_to_be_done(text, likely):
    assert [line.likely for line in read_lines(text)] == likely


def test_tags_are_no_part_of_what_is_to_be_done():
    text = "ACTION: Jane to write\nTask: ask them\n[x] sent"
    assert [each for *_rest, each in read(text)] == ["Jane to write", "ask them", "sent"]


def test_table_with_names_of_columns():
    (line,) = read_lines("Who\tWhat\tBy when\nJane; Marty\tA menu\tearly June\n")
    assert line.cells == (("leads", "Jane; Marty"), ("title", "A menu"), ("due", "early June"))


def test_table_with_names_for_some_columns_and_rows_cut_short():
    one, two = read_lines("Tarea\tQuién\t\nUn menú\tCarmen\tpronto\tsí\nOtro\n")
    assert one.cells == (("title", "Un menú"), ("leads", "Carmen"), ("", "pronto"), ("", "sí"))
    assert two.cells == (("title", "Otro"),)


def test_table_without_names_begins_with_what_is_to_be_done():
    (line,) = read_lines("A menu\tJane\t12 June")
    assert line.cells == (("title", "A menu"), ("", "Jane"), ("", "12 June"))


def test_more_lines_than_a_page_shows_are_told():
    few_enough("line\n\n" * MOST_LINES)
    with pytest.raises(ValidationError) as refused:
        few_enough("line\n" * (MOST_LINES + 1))
    assert refused.value.messages == [
        "At most 100 lines at once, here are 101. Leave some for a second time."
    ]

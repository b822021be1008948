from types import SimpleNamespace

from django import forms
from django.test import RequestFactory

from wiego_review.common.pages import count_words
from wiego_review.common.templatetags import words


def test_noun_without_a_page_has_no_address(db):
    asked = [("day", "Y-00000001"), ("dance", "x"), ("day", "")]
    assert [words.address(noun, key) for noun, key in asked] == ["", "", ""]


def test_list_asked_differently_drops_what_is_empty():
    request = RequestFactory().get("/follow-ups/?kind=webinar&search=&page=3")
    assert words.asked(request, retreat="bellagio-2017") == "?kind=webinar&retreat=bellagio-2017"


class Passwords(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput)


class Titled(forms.Form):
    title = forms.CharField()


def test_form_shown_again_says_what_is_kept():
    on_top, beside = Titled({"title": "x"}), Titled({})
    on_top.add_error(None, "No.")
    told = [words.not_saved(form) for form in (Passwords({}), on_top, beside)]
    assert told == [
        "",
        "Not saved yet. What you typed is still here.",
        "Not saved yet: look at what is marked below. What you typed is still here.",
    ]


def test_count_is_told_up_to_the_cap():
    told = [count_words(1, False), count_words(7, False), count_words(10_000, True)]
    assert told == ["1 row", "7 rows", "more than 10000"]


def test_name_in_words_is_shown_as_it_is():
    assert words.link({}, "Sofia", "person") == "Sofia"


def test_address_of_a_paper_is_a_link():
    cell = SimpleNamespace(name="link", kind="text", source="link")
    assert words.cell_html({}, cell, {"link": "https://wiego.org/a?b&c"}) == (
        '<a href="https://wiego.org/a?b&amp;c" rel="noreferrer">https://wiego.org/a?b&amp;c</a>'
    )

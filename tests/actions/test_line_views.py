"""Pasted lines, looked over on the page and saved in one go."""

import re
from datetime import date
from html import unescape

import pytest

from actions.models import FollowUp
from programmes.models import ChangeSet, Person
from retreats.models import Retreat, StrategicIssue

pytestmark = pytest.mark.django_db

PAGE = "/follow-ups/lines/"
TEXT = """Two-pagers on 2 issues:
- Responsibility: Laura Alfes and Francoise to lead
- Gender budgets: Marty Chen, Sonia Dias; with Zebedee, by the first week of June
"""


@pytest.fixture
def page(client_of, team_member):
    return client_of(team_member)


def look(page, text=TEXT, **values):
    return page.post(PAGE, {"text": text, "on": "2017-04-28", "key": "k", "look": "1", **values})


def fields(answer) -> dict:
    """What a browser would send of the drafts shown."""
    sent = {"text": TEXT, "on": "2017-04-28", "key": "k", "save": "1"}
    for draft in answer.context["drafts"]:
        for field in draft:
            if field.value() not in (None, False, ""):
                sent[field.html_name] = "on" if field.value() is True else field.value()
    return sent


def told(answer):
    found = re.findall(r"<ul class=\"errorlist[^>]*><li>([^<]*)", answer.text)
    return [unescape(each) for each in found]


def added():
    found = FollowUp.objects.filter(title__in=["Responsibility", "Gender budgets"]).order_by(
        "title"
    )
    return {
        each.title: sorted((a.role, str(a.shown)) for a in each.assignments.all()) for each in found
    }


def test_drafts_are_shown_and_nothing_is_saved(page):
    before = FollowUp.objects.count(), ChangeSet.objects.count()

    answer = look(page)

    drafts = answer.context["drafts"]
    assert [draft.summary() for draft in drafts] == [
        ["Responsibility", "Two-pager", "Laura Alferts; Francoise"],
        ["Gender budgets", "Two-pager", "Marty Chen; Sonia Dias", "with Zebedee", "1–7 Jun 2017"],
    ]
    assert [[field.label for field in draft.questions()] for draft in drafts] == [
        ["Who is “Francoise”?"],
        ["Nobody is called “Zebedee” here."],
    ]
    assert (FollowUp.objects.count(), ChangeSet.objects.count()) == before


def test_names_that_are_not_sure_are_asked_before_anything_is_saved(page):
    answer = page.post(PAGE, fields(look(page)))

    assert told(answer) == [
        "Nothing is saved yet: some of them want to be looked at. They are open below.",
        "Choose, or write another name below.",
        "Choose, or write another name below.",
    ]
    assert added() == {}


def test_answered_drafts_are_saved_in_one_go(page):
    francoise = Person.objects.get(name="Francoise Carre")
    bellagio = Retreat.objects.get(slug="bellagio-2017")
    sent = fields(look(page)) | {"d0-who0": francoise.slug, "d1-who0": "-"}

    answer = page.post(PAGE, sent | {"retreat": bellagio.slug}, follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["Saved: 2 follow-ups."]
    assert added() == {
        "Responsibility": [("lead", "Francoise Carre"), ("lead", "Laura Alferts")],
        "Gender budgets": [("lead", "Marty Chen"), ("lead", "Sonia Dias"), ("support", "Zebedee")],
    }
    gender = FollowUp.objects.get(
        title="Gender budgets", retreat=bellagio, created_by__isnull=False
    )
    assert (gender.kind, gender.due_on, gender.due_until) == (
        "two_pager",
        date(2017, 6, 1),
        date(2017, 6, 7),
    )
    assert gender.due_text == "by the first week of June"
    assert not Person.objects.filter(name="Zebedee").exists()


def test_drafts_sent_twice_are_saved_once(page):
    sent = fields(look(page)) | {"d0-who0": "-", "d1-who0": "-"}
    for _each in range(2):
        page.post(PAGE, sent)
    assert FollowUp.objects.filter(title__in=["Responsibility", "Gender budgets"]).count() == 2


def test_draft_that_is_not_ticked_is_left_out(page):
    sent = fields(look(page)) | {"d0-who0": "-"}
    del sent["d1-keep"]

    page.post(PAGE, sent)

    assert list(added()) == ["Responsibility"]


def test_nothing_ticked_is_told(page):
    sent = {k: v for k, v in fields(look(page)).items() if not k.endswith("keep")}
    assert told(page.post(PAGE, sent)) == ["Tick at least one of them."]


def test_one_draft_that_cannot_be_saved_keeps_all_unsaved(page):
    sent = fields(look(page)) | {"d0-who0": "-", "d1-who0": "-", "d1-title": "…"}

    answer = page.post(PAGE, sent)

    assert told(answer)[1:] == ["Say what is to be done."]
    assert added() == {}


def test_what_was_changed_in_a_draft_is_saved_so(page):
    sent = fields(look(page)) | {
        "d0-leads": "Mike Bird",
        "d0-due_text": "ongoing",
        "d1-who0": "-",
        "d1-title": "Gender budgets",
    }

    page.post(PAGE, sent)

    changed = FollowUp.objects.get(title="Responsibility")
    assert added()["Responsibility"] == [("lead", "Mike Bird")]
    assert (changed.ongoing, changed.due_on) == (True, None)


def test_day_that_may_be_two_is_asked(page):
    sent = fields(look(page)) | {"d0-who0": "-", "d1-who0": "-", "d1-due_text": "6/5/2017"}
    assert told(page.post(PAGE, sent))[1:] == [
        "This may be two days. Write the month in letters, as “12 June 2017”."
    ]


def test_what_it_concerns_is_kept_where_it_stays_ticked(page):
    bellagio = StrategicIssue.objects.filter(retreats__slug="bellagio-2017").first()
    text = f'Menu of rights #law #"{bellagio.title}"\nMenu of wrongs #law'
    sent = fields(look(page, text)) | {"text": text}

    page.post(PAGE, sent)

    kept = FollowUp.objects.get(title="Menu of rights")
    assert ([each.name for each in kept.programmes.all()], kept.issue) == (["Law"], bellagio)
    page.post(
        PAGE, sent | {"d0-filed": [], "d0-title": "Menu of duties", "key": "l", "d0-key": "l"}
    )
    kept = FollowUp.objects.get(title="Menu of duties")
    assert (kept.programmes.count(), kept.issue) == (0, None)


def test_back_to_the_text_keeps_it(page):
    answer = page.post(PAGE, {"text": TEXT, "on": "2017-04-28", "back": "1"})
    assert answer.context["drafts"] == []
    assert answer.context["form"]["text"].value() == TEXT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Fill this in."),
        (" \n ", "Fill this in."),
        ("Webinars:\n", "There is nothing to be done in these lines."),
        (
            "Menu\n" * 101,
            "At most 100 lines at once, here are 101. Leave some for a second time.",
        ),
    ],
)
def test_text_without_lines_or_with_too_many_is_told(page, text, message):
    assert message in told(look(page, text))


def test_who_may_not_add_may_not_paste(client_of, guest):
    assert client_of(guest).get(PAGE).status_code == 403

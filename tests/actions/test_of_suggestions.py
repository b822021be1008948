"""A follow-up made of a suggestion: begun with its words, and both name each other."""

import re

import pytest

from actions.models import FollowUp
from actions.panels import what_came_of_it
from retreats.models import Suggestion
from tests import factories as make

pytestmark = pytest.mark.django_db
PRESS = "Make a follow-up of it"


@pytest.fixture
def suggestion():
    return Suggestion.objects.create(
        retreat=make.RetreatFactory(name="Kadoma"), title="a bulletin for all", taken_up="no"
    )


def form_of(suggestion):
    return f"/suggestions/{suggestion.ref}/follow-up/"


@pytest.mark.parametrize("role", ["team_member", "coordinator"])
def test_suggestion_leads_to_a_form_begun_with_its_words(request, client_of, suggestion, role):
    client = client_of(request.getfixturevalue(role))

    page = client.get(f"/suggestions/{suggestion.ref}/").content.decode()
    form = client.get(form_of(suggestion))

    assert re.findall(rf'href="([^"]*)">{PRESS}</a>', page) == [form_of(suggestion)]
    start = form.context["form"].initial
    assert (start["title"], start["retreat"]) == ("A bulletin for all", suggestion.retreat.slug)
    assert f'href="/suggestions/{suggestion.ref}/">A bulletin for all</a>' in form.content.decode()


def test_follow_up_and_its_suggestion_name_each_other(client_of, team_member, suggestion):
    client = client_of(team_member)
    form = client.get(form_of(suggestion)).context["form"]
    sent = {"title": "A bulletin", "retreat": suggestion.retreat.slug, "key": form.initial["key"]}

    answers = [client.post(form_of(suggestion), sent) for _time in range(2)]

    made = FollowUp.objects.get(title="A bulletin")
    assert [answer["Location"] for answer in answers] == [f"/follow-ups/{made.ref}/"] * 2
    assert (made.retreat, [*made.suggestions.all()]) == (suggestion.retreat, [suggestion])
    of_it = client.get(f"/suggestions/{suggestion.ref}/").content.decode()
    assert f'href="/follow-ups/{made.ref}/"' in of_it
    assert PRESS in of_it
    assert (
        f'href="/suggestions/{suggestion.ref}/"'
        in client.get(answers[0]["Location"]).content.decode()
    )


def test_form_says_what_came_of_the_suggestion_already(client_of, team_member, suggestion):
    made, sealed = make.FollowUpFactory(), make.FollowUpFactory(sealed=True)
    suggestion.follow_ups.add(made, sealed)

    form = client_of(team_member).get(form_of(suggestion))

    assert [*form.context["beside"]["already"]] == [made]


def test_form_that_is_wrong_keeps_what_it_comes_from(client_of, team_member, suggestion):
    answer = client_of(team_member).post(form_of(suggestion), {"title": ""})

    assert answer.context["beside"]["record"] == suggestion
    assert not FollowUp.objects.filter(suggestions=suggestion).exists()


@pytest.mark.parametrize("role", ["guest", "administrator", "stranger"])
def test_suggestion_nobody_may_see_leads_nowhere(request, client_of, suggestion, role):
    client = client_of(request.getfixturevalue(role))

    assert client.get(form_of(suggestion)).status_code == 404
    assert client.post(form_of(suggestion), {"title": "A bulletin"}).status_code == 404
    assert not FollowUp.objects.filter(title="A bulletin").exists()


def test_suggestion_that_is_not_there_leads_nowhere(client_of, team_member):
    assert client_of(team_member).get("/suggestions/G-00000000/follow-up/").status_code == 404


@pytest.mark.parametrize(("role", "offered"), [("team_member", True), ("guest", False)])
def test_press_is_for_those_who_may_add(request, viewer_of, suggestion, role, offered):
    panel = what_came_of_it(suggestion, viewer_of(request.getfixturevalue(role)))

    assert (panel is not None) == offered

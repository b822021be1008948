"""What a follow-up concerns: ticked under More, shown on its page, one verb behind it."""

import pytest

from actions import workflow
from actions.models import FollowUp
from programmes.models import City, Commitment, Programme, Region, Sector
from programmes.workflow import merge
from tests.actions.told import fresh, verbs
from tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

MODELS = {
    "programmes": Programme,
    "sectors": Sector,
    "regions": Region,
    "cities": City,
    "commitments": Commitment,
}


@pytest.fixture
def first():
    return {name: model.objects.order_by("slug")[0] for name, model in MODELS.items()}


def held(follow_up):
    return {name: list(getattr(follow_up, name).all()) for name in MODELS}


def test_new_follow_up_is_filed_under_what_is_ticked(client_of, team_member, first):
    sent = {name: [each.slug] for name, each in first.items()}
    client = client_of(team_member)
    client.post("/follow-ups/new/", {"title": "Filed", "when": "none", **sent})

    follow_up = FollowUp.objects.get(title="Filed")
    assert held(follow_up) == {name: [each] for name, each in first.items()}
    text = client.get(f"/follow-ups/{follow_up.ref}/").content.decode()
    assert [name for name, each in first.items() if each.name not in text] == []


@pytest.mark.parametrize("name", MODELS)
def test_edit_takes_off_what_is_not_ticked_any_more(client_of, team_member, first, name):
    filed = {each: [record] for each, record in first.items()}
    follow_up = workflow.add_follow_up(title="Filed", by=team_member, **filed)
    sent = {each: [record.slug] for each, record in first.items() if each != name}

    sent |= {"title": "Filed", "version": 1, "kind": "task"}
    client_of(team_member).post(f"/follow-ups/{follow_up.ref}/edit/", sent)

    assert held(follow_up) == {**filed, name: []}
    assert verbs(team_member) == ["add_follow_up", "edit_follow_up"]


def test_office_changes_what_it_concerns_by_the_same_verb(client_of, coordinator, first):
    follow_up = workflow.add_follow_up(title="Filed", by=coordinator)
    client, address = client_of(coordinator), f"/admin/actions/followup/{follow_up.pk}/change/"
    shown = client.get(address).context["adminform"].form
    sent = {name: [each.pk] for name, each in first.items()}
    sent |= {"title": "Filed", "kind": "task", "sent_version": 1, "sent_key": "k"}
    sent |= {"leads": "", "supports": ""}

    client.post(address, sent)

    assert [name for name in MODELS if name not in shown.fields] == []
    assert held(fresh(follow_up)) == {name: [each] for name, each in first.items()}
    assert verbs(coordinator) == ["add_follow_up", "edit_follow_up"]


def test_what_became_another_is_not_offered(client_of, coordinator):
    one, into = ProgrammeFactory(name="Care"), ProgrammeFactory(name="Care work")
    merge(one, into=into, by=coordinator)
    client = client_of(coordinator)

    ticks = client.get("/follow-ups/new/").context["form"].fields["programmes"].queryset
    typed = {"app_label": "actions", "model_name": "followup", "field_name": "programmes"}
    found = client.get("/admin/autocomplete/", {**typed, "term": "care"}).json()["results"]
    plans = client.get("/plans/", {"programme": one.slug}).context["filterset"]

    assert [one in ticks, into in ticks] == [False, True]
    assert [each["text"] for each in found] == ["Care work"]
    assert plans.form.cleaned_data["programme"] == [into]

import pytest

from programmes.models import Alias, Person
from tests.factories import (
    FollowUpFactory,
    PersonFactory,
)


def autocomplete(client, model, field, term=""):
    app, name = model.split(".")
    query = {"app_label": app, "model_name": name, "field_name": field, "term": term}
    response = client.get("/admin/autocomplete/", query)
    found = response.json()["results"] if response.status_code == 200 else None
    return response.status_code, found and sorted(each["text"] for each in found)


def test_autocomplete_leaves_out_what_is_sealed(cast, client_of):
    FollowUpFactory(title="Zanzibar paper", search_text="zanzibar paper")
    FollowUpFactory(title="Zanzibar contract", search_text="zanzibar contract", sealed=True)

    found = [
        autocomplete(client, "actions.followup", "parent", "zanzibar")
        for client in (
            client_of(cast.coordinator),
            client_of(cast.board_member),
            client_of(cast.board_member, board_open=True),
        )
    ]

    open_to_all, with_sealed = ["Zanzibar paper"], ["Zanzibar contract", "Zanzibar paper"]
    assert found == [(200, open_to_all), (200, open_to_all), (200, with_sealed)]


def test_autocomplete_finds_other_spelling(empty_db, coordinator, client_of):
    from programmes.workflow import add

    person = add(Person, name="Marty Chen", by=None, via="command")
    add(Alias, name="Martha Chen", person=person, by=None, via="command")

    found = autocomplete(client_of(coordinator), "programmes.membership", "person", "martha")

    assert found == (200, ["Marty Chen"])


@pytest.mark.parametrize(
    "model, field",
    [
        ("actions.followup", "retreat"),
        ("programmes.membership", "person"),
        ("programmes.person", "organisation"),
        ("programmes.user", "groups"),
        ("programmes.user", "nonsense"),
        ("programmes.changeset", "by"),
    ],
)
def test_autocomplete_of_what_is_hidden_is_missing(administrator, client_of, model, field):
    assert autocomplete(client_of(administrator), model, field)[0] == 404


def test_autocomplete_of_people_for_administrator_is_by_name(empty_db, administrator, client_of):
    PersonFactory(name="Marty Chen", search_text="marty chen | martha chen | adviser")

    client = client_of(administrator)

    assert autocomplete(client, "programmes.user", "person", "chen") == (200, ["Marty Chen"])
    assert autocomplete(client, "programmes.user", "person", "adviser")[1] == []


def test_autocomplete_of_accounts_is_missing_for_a_team_member(team_member, client_of):
    assert autocomplete(client_of(team_member), "programmes.user", "person", "a") == (404, None)

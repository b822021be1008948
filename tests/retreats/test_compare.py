"""Retreats side by side, for those who see less than all."""

import pytest

pytestmark = pytest.mark.django_db
BELLAGIO = "/retreats/compare/?retreat=bellagio-2017"


def titles(client, address=BELLAGIO):
    return {line.title for line in client.get(address).context["lines"]}


@pytest.mark.parametrize(
    ("noun", "line"),
    [
        ("headcount", "Announced"),
        ("participant", "Named"),
        ("strategicissue", "Strategic issues"),
        ("note", "What was said"),
        ("suggestion", "Suggestions"),
        ("followup", "Follow-ups"),
        ("decision", "Decisions"),
    ],
)
def test_line_is_for_those_who_see_its_noun(client_of, team_member, kept_from, noun, line):
    client = client_of(team_member)
    whole = titles(client)

    kept_from(noun)

    assert whole - titles(client) == {line}


def test_nothing_is_begun_with_that_is_not_seen(client_of, team_member, kept_from):
    kept_from("retreat")

    answer = client_of(team_member).get("/retreats/compare/")

    assert (answer.status_code, answer.context["retreats"]) == (200, [])

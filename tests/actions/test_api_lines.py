"""Lines read as drafts on REST and on the command line. Nothing is saved."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from actions.models import FollowUp
from programmes.models import ChangeSet

pytestmark = pytest.mark.django_db

PARSE = "/api/v1/follow-ups/parse/"


def parse(api, **sent):
    return api.post(PARSE, sent, format="json")


def test_draft_of_a_line_is_told_whole(api_of, team_member):
    text = (
        "\nwebinar: Migration and space (Jane Barrett with Francoise), by first week of June #law"
    )
    sent = {"text": text, "on": "2017-04-28", "retreat": "bellagio-2017"}

    answer = parse(api_of(team_member), **sent)

    assert answer.json() == {
        "retreat": {"slug": "bellagio-2017", "name": answer.json()["retreat"]["name"]},
        "drafts": [
            {
                "line": 2,
                "text": text.strip(),
                "title": "Migration and space",
                "kind": "webinar",
                "leads": [
                    {
                        "text": "Jane Barrett",
                        "party": {"slug": "jane-barrett", "name": "Jane Barrett", "kind": "person"},
                        "candidates": [],
                    }
                ],
                "supports": [
                    {
                        "text": "Francoise",
                        "party": None,
                        "candidates": [
                            {
                                "slug": "francoise-carre",
                                "name": "Francoise Carre",
                                "kind": "person",
                            }
                        ],
                    }
                ],
                "due_on": "2017-06-01",
                "due_until": "2017-06-07",
                "due_anchor": None,
                "due_text": "by first week of June",
                "ongoing": False,
                "programmes": [{"slug": "law", "name": "Law"}],
                "sectors": [],
                "regions": [],
                "cities": [],
                "commitments": [],
                "issue": None,
                "note": "",
                "likely": True,
                "unclear": ["Who is “Francoise”? Francoise Carre?"],
            }
        ],
    }


def test_nothing_is_saved(api_of, team_member):
    before = FollowUp.objects.count(), ChangeSet.objects.count()
    assert parse(api_of(team_member), text="Write it").status_code == 200
    assert (FollowUp.objects.count(), ChangeSet.objects.count()) == before


def test_due_hangs_on_the_retreat_it_names(api_of, team_member):
    (draft,) = parse(
        api_of(team_member), text="Write it, before the Team Retreat", on="2017-06-15"
    ).json()["drafts"]
    assert (draft["due_anchor"], draft["due_on"]) == ("team-retreat-2017", "2017-11-12")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "text"),
        ({"text": "a\n" * 101}, "text"),
        ({"text": "a", "on": "soon"}, "on"),
        ({"text": "a", "retreat": "nowhere"}, "retreat"),
        ({"text": "a", "colour": "red"}, "colour"),
    ],
)
def test_wrong_input_is_told_by_field(api_of, team_member, sent, wrong):
    answer = parse(api_of(team_member), **sent)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [wrong])


@pytest.mark.parametrize("who", ["guest", "administrator", "stranger"])
def test_who_may_not_add_may_not_ask(api_of, cast, who):
    assert parse(api_of(getattr(cast, who)), text="Write it").status_code == 403


def test_command_reads_what_stands_on_its_input(monkeypatch, db):
    monkeypatch.setattr("sys.stdin", StringIO("Menu (Mike Bird), in two weeks\n"))
    out = StringIO()
    call_command("parse_follow_ups", "--on", "2017-04-28", stdout=out)
    (draft,) = json.loads(out.getvalue())["drafts"]
    assert (draft["title"], draft["leads"][0]["party"]["name"], draft["due_on"]) == (
        "Menu",
        "Mike Bird",
        "2017-05-12",
    )

"""Papers the documents name and that are not in our files."""

import pytest

from actions.models import FollowUp, Output
from retreats.models import Session
from tests.rest import url

pytestmark = pytest.mark.django_db

NAMED = "named in the documents, not in our files"


def test_papers_of_the_documents_have_no_link_and_one_is_here():
    assert set(Output.objects.values_list("url", flat=True)) == {""}
    assert [each.title for each in Output.objects.filter(named_only=False)] == [
        "report of the Bellagio Retreat"
    ]


def test_appendix_is_shown_on_the_session_it_is_named_in(client_of, team_member):
    session = Session.objects.get(title="Team Size & Structure")
    text = client_of(team_member).get(f"/sessions/{session.ref}/").content.decode()

    assert "Appendix VIII" in text
    assert NAMED in text


def test_paper_is_shown_on_the_retreat_and_on_the_follow_up(client_of, team_member):
    client = client_of(team_member)
    agenda = FollowUp.objects.get(title="share the agenda of that meeting")
    pages = [client.get("/retreats/bellagio-2012/"), client.get(f"/follow-ups/{agenda.ref}/")]

    assert [page.content.decode().count(NAMED) for page in pages] == [2, 1]


def test_page_of_a_paper_says_that_it_is_not_here(client_of, team_member):
    paper = Output.objects.get(title="Appendix VIII")
    text = client_of(team_member).get(f"/papers/{paper.ref}/").content.decode()

    assert "Appendix VIII, named in the documents, is not in our files." in text
    assert "line 336" in text


def test_papers_named_only_are_a_list(client_of, api_of, team_member):
    rows = client_of(team_member).get("/papers/?named_only=true").context["rows"]
    rest = api_of(team_member).get(url("outputs"), {"named_only": "true"}).json()["results"]

    assert len(rows) == Output.objects.count() - 1
    assert [row["ref"] for row in rest] == [row["ref"] for row in rows]
    assert {row["named_only"] for row in rows} == {True}


def test_guest_sees_no_papers(client_of, guest):
    paper = Output.objects.get(title="Appendix VIII")
    client = client_of(guest)

    assert client.get("/papers/").context["rows"] == []
    assert client.get(f"/papers/{paper.ref}/").status_code == 404

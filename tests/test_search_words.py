"""What a question is understood to ask: forms of words, short ones, and most of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes import workflow as programmes_workflow
from programmes.models import SourceDocument
from programmes.workflow import refresh_search
from retreats.models import Note, Session, StrategicIssue
from tests import factories as make
from tests.rest import START, codes
from tests.test_search import WORD, found, hits
from wiego_review.common.searching import Search
from wiego_review.common.viewer import Viewer
from wiego_review.common.words import MOST_ASKED, asked_words

pytestmark = pytest.mark.django_db
FORMS = ("memos", "memo")
CONFIRMED = "Laura Alfars as the Director of the Social Protection programme"
BREXIT = "After Brexit WIEGO has fewer options with the European Commission and probably DFID."


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("sessions not held", ("session", "Culture & Values + Partnerships")),
        ("who leads migration", ("follow-up", "Migration")),
        ("Jane migration", ("follow-up", "Migration")),
        ("Renana MOOC", ("follow-up", "on-going course (a MOOC) for city officials")),
        ("taken up by no one", ("suggestion", "seize the narrative")),
        ("appendix IX", ("input", "two assessments by the fundraising team")),
        ("dots", ("vote", '"dot democracy" exercise')),
        ("SDG 11", ("commitment", "SDG 11")),
        ("sdg11", ("commitment", "SDG 11")),
        ("R-204", ("commitment", "Recommendation 204")),
        ("C 189", ("commitment", "Convention 189")),
        ("Who is not on the team in Bangkok any more?", ("city", "Bangkok")),
        ("how many people attended in 2017", ("headcount", "Board: 9 of 10")),
        ("who was absent", ("absent", "Ela Bhatt")),
        ("who was missing in 2017", ("absent", "Ela Bhatt")),
        ("who could not come in 2017", ("absent", "Ela Bhatt")),
        ("what did the Board decide on the third day", ("decision", CONFIRMED)),
        ("What did we say about Brexit?", ("note", BREXIT)),
    ],
)
def test_a_question_is_understood_by_its_words(team_member, question, first):
    assert found(team_member, question)[0] == first


def test_short_words_are_found_alike_by_both_readers_of_words(team_member):
    """In a column of the database and in a text that is read."""
    told = ["ix", "day ix | 4", "ix 4 | day", "pixie 4", "day 14 ix", "4", "of 45 ixes", "ix | 40"]
    for number, text in enumerate(told):
        make.IssueFactory(title=f"{WORD} {number}")
        StrategicIssue.objects.filter(title=f"{WORD} {number}").update(search_text=text)
    for asked in ("ix", "4", "da", "day", "days", "x"):
        (word,) = asked_words(asked)
        rows = StrategicIssue.objects.filter(title__startswith=WORD)
        held = rows.filter(word.condition("search_text")).values_list("search_text", flat=True)
        assert sorted(held) == sorted(text for text in told if word.within(text))


def test_plural_is_found_by_the_singular(team_member):
    told = [[each.title for each in hits(team_member, q, kinds=("follow-up",))] for q in FORMS]

    assert (told[0], len(told[0])) == (told[1], 5)


def test_note_is_found_by_its_session_retreat_and_speaker_as_they_are_called_now(team_member):
    retreat, speaker = make.RetreatFactory(name="Kadoma"), make.PersonFactory(name="Quirina Zweig")
    refresh_search(speaker)
    session = programmes_workflow.add(
        Session, retreat=retreat, title="Harbour", by=team_member, via="page"
    )
    programmes_workflow.add(
        Note, retreat=retreat, session=session, text=WORD, said_by=[speaker], by=team_member
    )

    def asked():
        names = ("kadoma", "harbour", "quirina", "mutare", "seaside", "zoraida")
        tried = {name: Search(Viewer(team_member), f"zyxwav {name}") for name in names}
        return [name for name, each in tried.items() if each.counts and not each.in_part]

    assert asked() == ["kadoma", "harbour", "quirina"]
    for record, values in (
        (retreat, {"name": "Mutare"}),
        (session, {"title": "Seaside"}),
        (speaker, {"name": "Zoraida Zweig"}),
    ):
        programmes_workflow.edit(record, by=team_member, **values)
    told = Note.objects.get(text=WORD).search_text
    assert told == "zyxwav | seaside | mutare | zoraida zweig"


def test_where_nothing_holds_all_words_those_with_most_come_first(client_of, api_of, team_member):
    for title in (f"{WORD} harbour", "Harbour quay wharf", "Harbour", f"{WORD} only"):
        make.IssueFactory(title=title)
    asked = "the zyxwav harbours nowhereatall"

    page = client_of(team_member).get("/search/", {"search": asked})
    rest = api_of(team_member).get(f"{START}search/?search={asked}").json()

    assert found(team_member, asked) == [("issue", f"{WORD} harbour")]
    assert "Nothing holds all of these words. These hold most of them:" in page.content.decode()
    assert (rest["words"], rest["words_held"]) == (["zyxwav", "harbours", "nowhereatall"], 2)
    assert [hit["title"] for hit in rest["results"]] == [f"{WORD} harbour"]


def test_rarer_word_counts_more_where_hits_hold_as_many(team_member):
    for title in ("Quayside one", "Quayside two", "Wharfage one"):
        make.IssueFactory(title=title)

    told = found(team_member, "quayside wharfage")

    assert told == [("issue", each) for each in ("Wharfage one", "Quayside one", "Quayside two")]


def test_misspelt_name_beside_other_words_is_offered(client_of, api_of, team_member):
    rest = api_of(team_member).get(f"{START}search/?search=Laura+Alfferts").json()
    page = client_of(team_member).get("/search/?search=Laura+Alfferts").content.decode()

    assert (rest["words_held"], [each["name"] for each in rest["did_you_mean"]]) == (
        1,
        ["Laura Alferts"],
    )
    assert "Did you mean:" in page
    assert rest["did_you_mean"][0]["url"].endswith("/who/laura-alferts/")


def test_queries_stay_few_however_many_words_nothing_holds(team_member):
    assert team_member.roles
    asked = Search(Viewer(team_member), " ".join(f"zyx{n} wiego{n}" for n in range(60)))

    with CaptureQueriesContext(connection) as counting:
        assert asked.count() == (0, False)

    assert len(counting) == 2 + 2  # all the words, each alone, and two nouns read by hand


def test_line_of_an_attached_text_is_a_hit_that_leads_to_it(client_of, team_member):
    document = SourceDocument.objects.create(slug="minutes", title="Minutes", digest="1" * 64)
    text = f"First\n\nOn {WORD} things\n"
    programmes_workflow.attach(document, text=text, by=None, via="command")

    (hit,) = hits(team_member, "things zyxwav")

    told = (hit.kind, hit.title, hit.where, hit.text, hit.url)
    address = "/documents/minutes/?line=3#line-3"
    assert told == ("passage", "Minutes", "Line 3", f"On {WORD} things", address)
    assert f"{WORD} things" in client_of(team_member).get(address).content.decode()
    programmes_workflow.attach(document, text="", by=None, via="command")
    assert hits(team_member, "zyxwav") == []


def test_step_that_is_found_names_what_it_is_part_of(api_of, team_member):
    answer = api_of(team_member).get("/api/v1/search/", {"search": "dakar training"})

    found = [each for each in answer.json()["results"] if each["kind"] == "follow-up"]
    assert [(each["title"], each["of"]) for each in found] == [
        ("Dakar Training", "pool existing materials")
    ]


def test_question_of_very_many_words_is_refused_on_every_door(client_of, api_of, team_member):
    told = "This is too much at once. Search for at most 30 words."
    most, more = (" ".join(f"ab{n}" for n in range(MOST_ASKED + n)) for n in (0, 1))

    for address in ("/search/", "/issues/"):
        pages = [client_of(team_member).get(address, {"search": asked}) for asked in (most, more)]
        assert [page.status_code for page in pages] == [200, 400], address
        assert told in pages[1].content.decode()
    for address in (f"{START}search/", f"{START}issues/"):
        rest = [api_of(team_member).get(address, {"search": asked}) for asked in (most, more)]
        assert (rest[0].status_code, codes(rest[1])) == (200, (400, "bad_query")), address


def test_queries_stay_few_where_hits_hold_some_of_many_words(team_member):
    make.IssueFactory(title=f"{WORD} harbour quay wharf pier mole")
    assert team_member.roles
    asked = Search(Viewer(team_member), "zyxwav harbour quay wharf nowhereatall neverheardof")

    with CaptureQueriesContext(connection) as counting:
        assert (asked.held, asked.count()) == (4, (1, False))

    assert len(counting) == 4 + 2  # all, each alone, how many at most, those; two read by hand


def test_hit_found_through_another_spelling_tells_it(team_member):
    told = {hit.kind: (hit.where, hit.text) for hit in hits(team_member, "Bamu")}
    spelt = {hit.kind: (hit.where, hit.text) for hit in hits(team_member, "R204")}

    named = "Pamhidzai Banu, Pamhi Bamu"
    assert (told["role"], told["work"]) == (
        ("Also written as", "Pamhi Bamu"),
        ("People", named),
    )
    assert told["follow-up"] == ("Lead", named)
    assert spelt["provision"] == (
        "Also written as",
        "ILO Recommendation 204, R204, Recommendation 204",
    )

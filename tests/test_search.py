"""One search over everything: by any spelling, for everybody only what they may read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import workflow as actions_workflow
from actions.models import Update
from programmes.models import (
    CommitmentWork,
    Contradiction,
    Membership,
    Passage,
    SourceDocument,
    Understanding,
)
from programmes.workflow import refresh_search
from retreats.models import (
    Ballot,
    BallotOption,
    HeadCount,
    Note,
    Participant,
    ReviewInput,
    ReviewStep,
    Suggestion,
)
from tests import factories as make
from tests.rest import START, codes
from wiego_review.common.kept_words import keep_words
from wiego_review.common.search import every, searchables
from wiego_review.common.searching import Search
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db
WORD = "Zyxwäv"
SEALED = {"followup", "note", "decision", "output", "update"}


def hits(user, question, board_open=False, **asked):
    return Search(Viewer(user, board_open=board_open), question, **asked).page(0, 100)


def found(user, question, **asked):
    return [(hit.kind, hit.title) for hit in hits(user, question, **asked)]


def kinds(told):
    return {hit.kind for hit in told}


# --- spellings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "kind", "title", "where"),
    [
        ("Alferts", "person", "Laura Alferts", ""),
        ("Bamu", "person", "Pamhidzai Banu", "Also written as"),
        ("soumare", "person", "Adama Soumaré", ""),
        ("R204", "commitment", "Recommendation 204", "Also written as"),
        ("MOOC", "follow-up", "on-going course (a MOOC) for city officials", ""),
        ("dot", "vote", "“dot democracy” exercise", ""),
        ("chen marty", "person", "Marty Chen", ""),
    ],
)
def test_any_spelling_finds(team_member, question, kind, title, where):
    first = hits(team_member, question)[0]

    plain = first.title.replace('"', "“", 1).replace('"', "”", 1)
    assert (first.kind, plain, first.where) == (kind, title, where)
    assert first.url


def test_a_reference_finds_its_record(team_member):
    follow_up = make.FollowUpFactory(title="Count them")

    assert found(team_member, follow_up.ref.lower()) == [("follow-up", "Count them")]


def test_near_spelling_is_offered_where_nothing_is_found(client_of, team_member):
    page = client_of(team_member).get("/search/?search=Martty+Chenn").content.decode()

    assert "Did you mean:" in page
    assert 'href="/who/marty-chen/"' in page


# --- where, and narrowed ------------------------------------------------------


def test_hit_tells_the_sentence_and_marks_the_words_safely(client_of, team_member):
    note = f"First. Here {WORD} <script>alert(1)</script> stands. Last."
    actions_workflow.refresh_follow_up(make.FollowUpFactory(title="Count them", note=note))

    page = client_of(team_member).get("/search/", {"search": "zyxwav <script>"}).content.decode()

    sentence = f"Here <mark>{WORD}</mark> &lt;<mark>script</mark>&gt;alert(1)&lt;/"
    assert sentence in page
    assert "<script>alert" not in page


def test_search_is_narrowed_by_kind_year_and_retreat(team_member):
    retreat = make.RetreatFactory(
        name=f"{WORD} early", starts_on="2003-05-01", ends_on="2003-05-02"
    )
    other = make.RetreatFactory(name="Other", starts_on="2009-05-01", ends_on="2009-05-02")
    for each in (retreat, other):
        note = Note(retreat=each, text=f"{WORD} {each.name}")
        note.full_clean()
        note.save()
    named = make.PersonFactory(name=f"{WORD} Lima")
    for each in (retreat, other, named):
        refresh_search(each)

    def told(**asked):
        return sorted(title for _kind, title in found(team_member, "zyxwav", **asked))

    early = [f"{WORD} {retreat.name}", retreat.name]
    assert told() == sorted([*early, f"{WORD} Other", named.name])
    assert told(kinds=("note",)) == sorted([early[0], f"{WORD} Other"])
    assert told(narrowed={"year": 2009}) == [f"{WORD} Other"]
    assert told(narrowed={"retreat": retreat.pk}) == sorted(early)


def test_page_tells_the_state_in_its_address_and_pages_on(client_of, api_of, team_member):
    client = client_of(team_member)
    first = client.get("/search/?search=wiego&kind=note&page_size=2")
    second = client.get("/search/?search=wiego&kind=note&page_size=2&page=2")
    rest = api_of(team_member).get(f"{START}search/?search=wiego&kind=note&page_size=2&page=2")

    titles = [[hit.title for hit in page.context["hits"]] for page in (first, second)]
    assert len({*titles[0], *titles[1]}) == 4
    assert [hit["title"] for hit in rest.json()["results"]] == titles[1]
    assert rest.json()["count"] == first.context["count"] == second.context["count"]
    assert "page=2" in first.content.decode()
    assert rest.json()["previous"].endswith("page=1")


@pytest.mark.parametrize(
    "query",
    ["colour=red", "year=abc", "year=1", "retreat=nowhere", "kind=secret", "page=0", "search=%00",
     "page=1&page=2", "retreat=%00", "search=" + "a" * 1001,
     "search=" + "+".join(f"ab{n}" for n in range(31))],
)  # fmt: skip
def test_what_is_not_understood_is_told(client_of, api_of, team_member, query):
    assert client_of(team_member).get(f"/search/?{query}").status_code == 400
    assert codes(api_of(team_member).get(f"{START}search/?{query}")) == (400, "bad_query")


@pytest.mark.parametrize("question", ["", "–", "%", "zzzzqqqq"])
def test_nothing_found_says_what_to_do(client_of, team_member, question):
    answer = client_of(team_member).get("/search/", {"search": question})

    assert answer.status_code == 200
    assert re.search(r'class="empty">\s*<p>', answer.content.decode())


def test_box_is_on_each_page(client_of, team_member):
    for address in ("/", "/people/", "/account/"):
        page = client_of(team_member).get(address).content.decode()
        assert 'role="search" action="/search/"' in page


# --- who finds what -----------------------------------------------------------


def one_of_each(sealed=False):
    """A row of every noun that holds the word, sealed where it can be."""
    retreat = make.RetreatFactory(name=f"{WORD} retreat")
    session = make.SessionFactory(retreat=retreat, title=f"{WORD} session")
    follow_up = make.FollowUpFactory(title=f"{WORD} follow-up", sealed=sealed)
    plan, commitment = make.PlanFactory(name=f"{WORD} plan"), make.CommitmentFactory(name=WORD)
    review = make.ReviewFactory(name=f"{WORD} review")
    ballot = Ballot(session=session, title=f"{WORD} vote")
    document = SourceDocument(slug="paper", title=f"{WORD} paper", digest="0" * 64)
    named = make.PersonFactory(name=f"{WORD} person")
    rows = [
        named, make.ProgrammeFactory(name=f"{WORD} programme"),
        make.BodyFactory(name=f"{WORD} body"), make.OrganisationFactory(name=f"{WORD} org"),
        make.CityFactory(name=f"{WORD} city"), make.SectorFactory(name=f"{WORD} sector"),
        make.RegionFactory(name=f"{WORD} region"), plan, commitment, review, retreat, session,
        make.PlanPointFactory(plan=plan, text=WORD), follow_up,
        make.ProvisionFactory(commitment=commitment, text=WORD),
        make.FactFactory(text=WORD, person=make.PersonFactory(name="Somebody")),
        Contradiction(kind="number", text=WORD, search_text="zyxwav"),
        document,
        Passage(document=document, line=7, text=f"Of {WORD} only.", search_text="of zyxwav only"),
        Understanding(record=retreat, text=WORD), make.IssueFactory(title=WORD),
        make.DayFactory(retreat=retreat, heading=WORD), ballot,
        BallotOption(ballot=ballot, text=WORD, announced_position=1, dots=1),
        Suggestion(retreat=retreat, title=WORD, taken_up="no"),
        ReviewInput(review=review, kind="survey", title=WORD),
        ReviewStep(review=review, order=1, title=WORD),
        Note(retreat=retreat, text=WORD, sealed=sealed),
        make.DecisionFactory(title=WORD, sealed=sealed),
        make.OutputFactory(follow_up=follow_up, title=WORD, sealed=sealed),
        Update(follow_up=follow_up, text=WORD, sealed=sealed),
        CommitmentWork(text=WORD), HeadCount(retreat=retreat, as_named=WORD, number=3),
        Membership(person=make.PersonFactory(name="Member"), programme=make.ProgrammeFactory(),
                   title=WORD),
        Participant(retreat=retreat, person=named),
    ]  # fmt: skip
    for row in rows:
        row.clean()
        row.save()
        if hasattr(row, "found_by"):
            refresh_search(row)
        elif isinstance(row, CommitmentWork):
            row.commitments.add(commitment)
        elif row._meta.model_name == "followup":
            actions_workflow.refresh_follow_up(row)
        keep_words(row)
    found = {row._meta.model_name: row for row in rows}
    away = make.PersonFactory(name=f"{WORD} away")
    refresh_search(away)
    absent = make.ParticipantFactory(retreat=retreat, person=away, attended="no")
    return {**found, "participant absent": absent}


def test_every_noun_that_is_searched_is_tried():
    assert set(one_of_each()) == {n for n, each in searchables.items() if not each.in_lists_only}


@pytest.mark.parametrize("role", ["team_member", "coordinator", "board_member", "chair"])
def test_the_network_finds_every_noun(request, role):
    user = request.getfixturevalue(role)
    rows = one_of_each()

    told = hits(user, "zyxwav")

    assert kinds(told) == {searchables[noun].kind for noun in rows}
    assert [hit for hit in told if not hit.url] == []


@pytest.mark.parametrize(
    ("role", "kinds_seen"),
    [("guest", set()), ("administrator", {"person"}), ("stranger", set())],
)
def test_others_find_what_they_may_see(request, client_of, role, kinds_seen):
    user = request.getfixturevalue(role)
    rows = one_of_each()

    told = hits(user, "zyxwav")

    assert kinds(told) == kinds_seen
    assert client_of(user).get("/search/?search=zyxwav").context["count"] == len(told)
    if role == "guest":
        assert {each.noun for each in every(Viewer(user))} < set(rows)


@pytest.mark.parametrize("noun", sorted(SEALED))
def test_sealed_word_is_found_by_the_board_with_a_fresh_step_alone(cast, noun):
    kind = searchables[noun].kind
    row = one_of_each(sealed=True)[noun]
    for user in vars(cast).values():
        assert kind not in kinds(hits(user, "zyxwav")), user
        assert kind not in kinds(hits(user, row.ref if row.ref_prefix else WORD)), user
        of_the_board = "board" in user.roles
        assert (kind in kinds(hits(user, "zyxwav", board_open=True))) == of_the_board


def test_page_of_the_board_finds_what_is_sealed_only_after_the_second_step(
    client_of, api_of, board_member
):
    one_of_each(sealed=True)
    sealed = {searchables[noun].kind for noun in SEALED}

    pages = [client_of(board_member, board_open=each) for each in (False, True)]
    seen = [kinds(each.get("/search/?search=zyxwav").context["hits"]) for each in pages]
    rest = api_of(board_member).get(f"{START}search/?search=zyxwav").json()["results"]

    assert (seen[0] & sealed, seen[1] & sealed) == (set(), sealed)
    assert {hit["kind"] for hit in rest} & sealed == set()


def test_guest_finds_only_by_words_they_read(guest, team_member):
    retreat = make.RetreatFactory(name="Kadoma")
    make.ParticipantFactory(retreat=retreat, person=guest.person)
    met = make.PersonFactory(name="Quirina Zweig", title="Treasurer of Kadoma")
    make.AliasFactory(name="Zuzu", person=met)
    make.ParticipantFactory(retreat=retreat, person=met)
    led = make.PersonFactory(name="Absent Abel")
    given = actions_workflow.add_follow_up(
        title="Café paper", leads=[led], supports=[guest.person], by=team_member, via="page"
    )
    make.SessionFactory(retreat=retreat, title="Kadoma behind doors", audience="team")
    for each in (met, retreat):
        refresh_search(each)

    assert found(guest, "zweig") == [(kind, "Quirina Zweig") for kind in ("person", "participant")]
    assert found(guest, "treasurer") == found(guest, "zuzu") == []
    assert found(guest, "abel") == [("person", "Absent Abel")]
    assert found(guest, "cafe") == found(guest, given.title) == [("follow-up", "Café paper")]
    assert found(guest, "kadoma") == [("retreat", "Kadoma")]
    assert [hit.of for hit in hits(guest, "cafe")] == [""]
    assert ("person", "Quirina Zweig") in found(team_member, "zuzu")


# --- cost ---------------------------------------------------------------------


def test_one_query_counts_all_and_each_kind_on_the_page_takes_one(team_member):
    one_of_each()
    asked = Search(Viewer(team_member), "zyxwav")
    assert team_member.roles

    with CaptureQueriesContext(connection) as counting:
        assert asked.count()[0] == sum(asked.counts.values())
    with CaptureQueriesContext(connection) as reading:
        told = asked.page(0, 100)

    named = 4 + 3  # spellings of the four parties; who has a follow-up, their names, programmes
    assert len(counting) == 1 + 2  # and two nouns with few rows, read by hand
    assert len(reading) <= len(kinds(told)) + named


def test_search_says_how_far_its_pages_go(client_of, api_of, team_member):
    told = "Pages go as far as 10,000 rows. Narrow the search instead."
    page = client_of(team_member).get("/search/?search=wiego&page=9999")
    rest = api_of(team_member).get(f"{START}search/?search=wiego&page=9999")

    assert (page.status_code, rest.status_code) == (400, 400)
    assert told in page.content.decode()
    assert rest.json()["fields"] == {"page": [told]}

"""What is told by name or beside a record comes to who sees each noun it is read from.

Today's roles see these nouns together; here one of them is kept from everybody.
"""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.utils import timezone

from programmes import documents, matching, parties, rows, searches, told
from programmes.history import key_of
from programmes.models import CommitmentWork, Organisation, Passage, Person, SourceDocument
from programmes.pages import readers_of
from programmes.plan_admin import WorkFilterSet
from tests import factories as make
from wiego_review.common.access import nouns

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(empty_db):
    """Somebody with another spelling, whom another became."""
    kept = make.PersonFactory(name="Zora Kept", slug="zora-kept")
    make.AliasFactory(name="Zorah Qept", person=kept)
    make.PersonFactory(name="Gone Person", slug="gone-person", merged_into=kept)
    return kept


@pytest.fixture
def organisation(empty_db):
    """One that was understood, with a yes, to be the same as another, which has an older name."""
    one, other = make.OrganisationFactory(name="One"), make.OrganisationFactory(name="Other")
    make.OrganisationNameFactory(organisation=other, name="An old name")
    make.OrganisationRoleFactory(organisation=one)
    kind = ContentType.objects.get_for_model(Organisation)
    make.UnderstandingFactory(
        record=one,
        other_type=kind,
        other_id=other.pk,
        answer="yes",
        answered_by=make.UserFactory(),
        answered_at=timezone.now(),
    )
    return one


@pytest.fixture
def document(empty_db):
    document = SourceDocument.objects.create(slug="minutes", title="Minutes", text="One\nTwo")
    Passage.objects.create(document=document, line=2, text="Two", search_text="two")
    return document


@pytest.fixture
def work(empty_db):
    work = make.CommitmentWorkFactory()
    work.commitments.add(make.CommitmentFactory(name="Convention", search_text="homes"))
    return work


def passage(document, reader):
    place = {"document": {"slug": document.slug}, "first_line": 1, "last_line": 1}
    documents.add_passages([place], reader)
    return place.get("passage")


def works_of(work, reader):
    asked = QueryDict("search=homes")
    return WorkFilterSet(asked, CommitmentWork.objects.all(), viewer=reader).qs


def also_written(one, reader):
    return rows.aliases_cell(Person).source.fetch([one.pk], reader).get(one.pk, ())


# `{what: (fixture, how it is asked, the nouns it is read from)}`
TOLD = {
    "spelling": (
        "person",
        lambda one, reader: matching.by_spelling(reader, "Zorah Qept", ("person",)),
        ["person", "alias"],
    ),
    "name": (
        "person",
        lambda one, reader: matching.by_spelling(reader, "Zora Kept", ("person",)),
        ["person"],
    ),
    "slug": (
        "person",
        lambda one, reader: matching.by_slug(reader, "zora-kept", ("person",)),
        ["person"],
    ),
    "what it became": (
        "person",
        lambda one, reader: matching.merged(reader, Person.objects.filter(slug="gone-person")),
        ["person"],
    ),
    "part of a name": (
        "person",
        lambda one, reader: matching.by_part(reader, "Kept", ("person",)),
        ["person"],
    ),
    "part of a spelling": (
        "person",
        lambda one, reader: matching.by_part(reader, "Qept", ("person",)),
        ["person", "alias"],
    ),
    "known spelling": (
        "person",
        lambda one, reader: matching.known_spellings(reader, ["Zorah Qept"], ("person",)),
        ["alias"],
    ),
    "known name": (
        "person",
        lambda one, reader: matching.known_spellings(reader, ["Gone Person"], ("person",)),
        ["person"],
    ),
    "name like it": (
        "person",
        lambda one, reader: matching.Suggestions(reader).near("Zora Kebt", ("person",)),
        ["person"],
    ),
    "names to type": ("person", lambda one, reader: parties.names_known(reader), ["person"]),
    "also written as": (
        "person",
        lambda one, reader: "Zorah Qept" in also_written(one, reader),
        ["alias"],
    ),
    "became it": (
        "person",
        lambda one, reader: "Gone Person" in also_written(one, reader),
        ["person"],
    ),
    "spellings of a hit": (
        "person",
        lambda one, reader: searches.spellings("person")([one.pk], reader),
        ["alias"],
    ),
    "key in a conflict": (
        "person",
        lambda one, reader: key_of(Person, one.pk, reader),
        ["person"],
    ),
    "names by the year": (
        "organisation",
        lambda one, reader: told.fetch_names([one.pk], reader)[one.pk],
        ["organisation", "organisationname", "understanding"],
    ),
    "part played": (
        "organisation",
        lambda one, reader: told.fetch_parts([one.pk], reader),
        ["organisationrole"],
    ),
    "passage": ("document", passage, ["sourcedocument"]),
    "line of a hit": (
        "document",
        lambda one, reader: searches.lines([one.passages.get().pk], reader),
        ["passage"],
    ),
    "work on a commitment": ("work", works_of, ["commitment"]),
}
CASES = [(what, missing) for what, (*_told, nouns) in TOLD.items() for missing in (None, *nouns)]


@pytest.mark.parametrize(("what", "missing"), CASES)
def test_what_is_told_comes_to_who_sees_each_noun(what, missing, request, kept_from, viewer_of):
    fixture, ask, _nouns = TOLD[what]
    record = request.getfixturevalue(fixture)
    reader = viewer_of(make.UserFactory(roles=["coordinator"]))
    kept_from(*filter(None, [missing]))

    assert bool(ask(record, reader)) == (missing is None)


def test_spelling_is_like_a_name_to_who_sees_the_person_whole(
    person, guest, team_member, viewer_of
):
    guest.person = person
    guest.save()
    readers = [viewer_of(each) for each in (team_member, guest)]

    found = [matching.Suggestions(each).near("Zorah Qebt") for each in readers]

    assert found == [[person], []]


def test_membership_taken_back_is_nobodys_to_see(coordinator, viewer_of):
    kept, gone = (
        make.MembershipFactory(),
        make.MembershipFactory(understood_from=make.UnderstandingFactory(), taken_back=True),
    )
    seen = type(kept).objects.visible_to(viewer_of(coordinator))
    assert [seen.filter(pk=each.pk).exists() for each in (kept, gone)] == [True, False]


def test_record_that_is_sealed_is_told_to_be_for_the_board():
    told = [
        readers_of("decision", SimpleNamespace(**more))
        for more in ({"sealed": True}, {"sealed": False}, {})
    ]
    assert told == [["board"], [*nouns["decision"].sees], [*nouns["decision"].sees]]

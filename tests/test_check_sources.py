"""The command that holds what was loaded against the documents themselves."""

import hashlib
from collections import Counter
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from actions.management.commands.check_sources import WORDS, facts
from actions.models import Decision, FollowUp, Output
from programmes import workflow
from programmes.models import Person, Source, SourceDocument
from retreats.models import HeadCount
from tests.factories import (
    AliasFactory,
    ContradictionFactory,
    FollowUpFactory,
    PersonFactory,
    RetreatFactory,
)

# What no document here tells of any record so far.
NEVER_TOLD = {("City", "left_text")}

TEXT = """# Minutes

Present: *Jane Barrett*, Lucía
Fernandez and “Kofi”.
1. Two-pager on mi-
gration – for the Team\tRetreat.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "minutes.md").write_bytes(TEXT.encode())
    (tmp_path / "other.bin").write_bytes(b"\xff\x00")
    (tmp_path / "more").mkdir()
    return tmp_path


@pytest.fixture
def place(empty_db):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    document = SourceDocument.objects.create(slug="minutes", title="Minutes", digest=digest)

    def put(record, first, last):
        Source.objects.create(
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            document=document,
            first_line=first,
            last_line=last,
        )
        return record

    return put


def check(folder):
    """`(exit code, lines)`."""
    out = StringIO()
    try:
        call_command("check_sources", str(folder), stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_words_that_stand_in_their_lines_pass(folder, place):
    place(PersonFactory(name="jane barrett"), 3, 3)
    place(PersonFactory(name="Lucía Fernandez"), 3, 4)
    place(AliasFactory(name='"Kofi"', person=PersonFactory(name="Kofi Owusu")), 4, 4)
    place(FollowUpFactory(title="two-pager on migration", due_text="for the team retreat"), 5, 6)

    assert check(folder) == (0, ["5 stand in their lines, 0 do not."])


def test_words_that_stand_elsewhere_or_nowhere_are_told(folder, place):
    place(PersonFactory(name="Jane Barrett"), 4, 5)
    place(PersonFactory(name="Fernández"), 3, 4)
    place(FollowUpFactory(title="Two-pager", due_text="by June"), 5, 99)

    code, lines = check(folder)

    assert code == 1
    assert sorted(lines) == [
        "1 stand in their lines, 3 do not.",
        "followup due_text “by June”: not in Minutes, 5–99",
        "person name “Fernández”: not in Minutes, 3–4",
        "person name “Jane Barrett”: not in Minutes, 4–5",
    ]


def test_words_somebody_set_since_are_not_the_documents(folder, place, coordinator):
    person = place(PersonFactory(name="Jane Barrett"), 3, 3)
    workflow.rename(person, name="Dr Jane Barrett", by=coordinator)

    assert check(folder) == (0, ["0 stand in their lines, 0 do not."])


def test_document_that_changed_is_not_taken_for_it(folder, place):
    place(PersonFactory(name="Jane Barrett"), 3, 3)
    (folder / "minutes.md").write_text(TEXT + "!")

    with pytest.raises(CommandError, match="None of the documents"):
        check(folder)


def test_folder_that_is_not_there_is_told(tmp_path, empty_db):
    with pytest.raises(CommandError, match="is no folder"):
        check(tmp_path / "nowhere")


def test_part_of_a_word_is_not_the_word(folder, place):
    place(PersonFactory(name="Jane Barret"), 3, 3)

    assert check(folder) == (
        1,
        [
            "person name “Jane Barret”: not in Minutes, 3–3",
            "0 stand in their lines, 1 do not.",
        ],
    )


def test_small_number_may_be_spelt_out(folder, place):
    text = TEXT + "seven of 44 came\n"
    (folder / "minutes.md").write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    SourceDocument.objects.update(digest=digest)
    retreat = RetreatFactory()
    place(HeadCount.objects.create(retreat=retreat, number=7, out_of=44, as_named="came"), 7, 7)
    place(HeadCount.objects.create(retreat=retreat, capacity="board", number=4), 7, 7)

    assert check(folder) == (
        1,
        ["headcount number “4”: not in Minutes, 7–7", "3 stand in their lines, 1 do not."],
    )


def test_words_said_at_a_place_stand_there(folder, place):
    contradiction = place(ContradictionFactory(), 3, 3)
    Source.objects.update(said_as="Jane Barrett")
    assert check(folder) == (0, ["1 stand in their lines, 0 do not."])

    Source.objects.update(said_as="Lucía Fernandez")

    assert check(folder) == (
        1,
        [
            "contradiction said_as “Lucía Fernandez”: not in Minutes, 3–3",
            "0 stand in their lines, 1 do not.",
        ],
    )
    assert str(contradiction) == contradiction.text


@pytest.mark.django_db
def test_every_kind_of_words_of_the_real_data_is_held():
    """Without the documents: what would be held against them, and that all of it has a place."""
    told = Counter((type(record).__name__, name) for record, name, _words, _places in facts())
    kinds = {(model.__name__, name) for model, names in WORDS.items() for name in names}

    assert set(told) - kinds == {("Contradiction", "said_as"), ("Understanding", "said_as")}
    assert kinds - set(told) == NEVER_TOLD
    assert told["Person", "name"] == Person.objects.count()
    assert told["FollowUp", "title"] == FollowUp.objects.count()
    assert told["Decision", "title"] == Decision.objects.count()
    assert told["Output", "title"] == Output.objects.count()
    assert told["BallotOption", "dots"] == 7
    assert told["HeadCount", "number"] == HeadCount.objects.count()

"""The command that holds what was loaded against the documents themselves."""

import hashlib
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from programmes import workflow
from programmes.models import Source, SourceDocument
from tests.factories import AliasFactory, FollowUpFactory, PersonFactory

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

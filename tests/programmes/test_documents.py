"""Documents an operator attaches: which they are, their passages, and what is masked."""

import hashlib
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from programmes.documents import MASK, masked, part_with, parts_of
from programmes.models import Change, Source, SourceDocument
from tests.factories import ParticipantFactory, PersonFactory
from tests.rest import url

TEXT = """# Minutes of a made-up meeting
Present: Ana & <b>Bob</b>.
The photos are there (use password 'tulip' to see them).
Ana writes the minutes.
"""


@pytest.fixture
def paper(db, tmp_path):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    SourceDocument.objects.create(slug="minutes", title="Minutes", digest=digest)
    path = tmp_path / "minutes.md"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def person(paper):
    """Somebody told of on lines 2 to 3 of it."""
    person = PersonFactory(name="Ana Bo")
    Source.objects.create(
        content_type=ContentType.objects.get_for_model(person),
        object_id=person.pk,
        document=SourceDocument.objects.get(slug="minutes"),
        first_line=2,
        last_line=3,
    )
    return person


def attach(path, *options):
    out = StringIO()
    call_command("attach_document", str(path), *options, stdout=out)
    return out.getvalue()


def text_kept():
    return SourceDocument.objects.get(slug="minutes").text


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("use password 'tulip' to see", f"use password '{MASK}' to see"),
        ("Password: tulip", f"Password: {MASK}"),
        ("the pass phrase is “tulip”.", f"the pass phrase is “{MASK}”."),
        ("passwd=tulip,", f"passwd={MASK},"),
        ("a compass and a passport", "a compass and a passport"),
        ("no secret here", "no secret here"),
    ],
)
def test_secret_printed_in_a_text_is_masked(printed, kept):
    assert masked(printed) == kept


def test_masking_leaves_every_line_where_it_is():
    assert len(masked(TEXT).split("\n")) == len(TEXT.split("\n"))


def test_attached_text_is_kept_without_its_secret_and_told_in_history(paper):
    told = attach(paper)

    document = SourceDocument.objects.get(slug="minutes")
    assert told == "Minutes: its text is here.\n"
    assert document.text == TEXT.replace("tulip", MASK)
    (change,) = Change.objects.of(document)
    assert (change.change_set.verb, change.fields) == ("attach", {})


def test_attaching_again_changes_nothing(paper):
    attach(paper)
    before = SourceDocument.objects.get(slug="minutes").version

    assert attach(paper) == "Minutes: nothing to do, its text is here already.\n"
    assert SourceDocument.objects.get(slug="minutes").version == before


def test_text_is_taken_out_again(paper):
    attach(paper)

    assert attach(paper, "--remove") == "Minutes: its text is not here.\n"
    assert text_kept() == ""


def test_unknown_file_is_told_with_the_documents_known(paper):
    paper.write_text(TEXT + "!")

    with pytest.raises(CommandError) as refused:
        attach(paper)

    assert "is none of the documents known here" in str(refused.value)
    assert "  minutes: Minutes" in str(refused.value)
    assert "  report-2017: " in str(refused.value)
    assert text_kept() == ""


def test_file_that_is_not_there_is_told(tmp_path, db):
    with pytest.raises(CommandError, match="cannot be read"):
        attach(tmp_path / "nowhere.md")


def test_fact_shows_its_passage_where_the_document_is_attached(paper, person, client_of, cast):
    client = client_of(cast.team_member)
    page = f"/people/{person.slug}/"
    assert "<blockquote>" not in client.get(page).content.decode()

    attach(paper)

    text = client.get(page).content.decode()
    assert "<p>Present: Ana &amp; &lt;b&gt;Bob&lt;/b&gt;.</p>" in text
    assert "tulip" not in text
    assert "/documents/minutes/?line=2#line-2" in text


def test_guest_sees_no_passage(paper, person, client_of, guest):
    attach(paper)
    ParticipantFactory(
        person=person, retreat=ParticipantFactory(person=guest.person, attended="yes").retreat
    )

    page = client_of(guest).get(f"/people/{person.slug}/")

    assert page.status_code == 200
    assert "Present:" not in page.content.decode()
    assert client_of(guest).get("/documents/minutes/").status_code == 404


def test_page_of_a_document_has_each_line_as_a_place(paper, client_of, team_member):
    client = client_of(team_member)
    assert "is not kept here" in client.get("/documents/minutes/").content.decode()

    attach(paper)

    text = client.get("/documents/minutes/").content.decode()
    assert '<li id="line-4">Ana writes the minutes.</li>' in text
    assert "tulip" not in text


def test_text_of_a_document_is_on_no_list_and_in_no_file(paper, api_of, team_member):
    attach(paper)
    row = api_of(team_member).get(url("documents", "minutes")).json()

    assert list(row) == ["slug", "title", "dated_on", "attached", "version", "url"]
    assert row["attached"] is True


@pytest.mark.parametrize(
    ("asked", "first"), [("1", 1), ("120", 1), ("121", 121), ("300", 241), ("x", 1), ("9999", 1)]
)
def test_long_text_is_shown_in_parts(asked, first):
    text = "\n".join(f"line {n}" for n in range(1, 301))

    assert parts_of(text) == [(1, 120), (121, 240), (241, 300)]
    assert part_with(text, asked)[0] == (first, f"line {first}")


def test_document_without_text_has_no_parts():
    assert (parts_of(""), part_with("", "5")) == ([], [])

"""Papers and files: added, brought anew, changed; and what lies on the disk then."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from actions import papers
from actions.models import Output, OutputVersion
from programmes.history import history_of
from programmes.models import ChangeSet
from tests.factories import FollowUpFactory, OutputFactory, RetreatFactory, SessionFactory
from tests.files import PDF, PNG, lying, upload
from wiego_review.common.errors import Conflict, KeyUsed, Refused
from wiego_review.common.files import incoming
from wiego_review.common.text import fold

pytestmark = pytest.mark.django_db


@pytest.fixture
def memo(media, by):
    """A paper with one file."""
    home = FollowUpFactory()
    return papers.add_output(follow_up=home, file=incoming(upload("memo.pdf")), by=by)


def files_of(paper):
    return list(paper.versions.order_by("number").values_list("number", "name", "type", "size"))


def sentences(paper, viewer):
    return [(each.sentence, each.details) for each in history_of(paper, viewer)]


def test_file_is_added_with_all_that_is_told_of_it(media, by):
    home = FollowUpFactory()

    paper = papers.add_output(
        follow_up=home, file=incoming(upload("Memo_on_migration.pdf", PDF)), by=by
    )

    file = OutputVersion.objects.get(output=paper)
    assert (paper.title, paper.kind, paper.newest) == ("Memo on migration", "memo", 1)
    assert (file.number, file.name, file.type) == (1, "Memo_on_migration.pdf", "application/pdf")
    assert (file.size, file.by) == (len(PDF), by)
    assert [path.read_bytes() for path in lying(media)] == [PDF]
    assert lying(media) == [file.path]


@pytest.mark.parametrize("make", [FollowUpFactory, SessionFactory, RetreatFactory])
def test_paper_belongs_to_a_follow_up_a_session_or_a_retreat(make, by):
    home = make()
    name = {"followup": "follow_up"}.get(home._meta.model_name, home._meta.model_name)

    paper = papers.add_output(**{name: home}, url="https://example.org/a/two-pager.pdf?x=1", by=by)

    assert getattr(paper, name) == home
    assert (paper.title, paper.kind) == ("two-pager", "two_pager")
    assert ChangeSet.objects.filter(verb="add_output", by=by).count() == 1


def test_what_is_said_is_not_guessed(media, by):
    retreat = RetreatFactory()
    paper = papers.add_output(
        follow_up=FollowUpFactory(),
        file=incoming(upload("memo.pdf")),
        title="Street vendors",
        kind="report",
        language="es",
        binder=retreat,
        by=by,
    )

    assert (paper.title, paper.kind, paper.language) == ("Street vendors", "report", "es")
    assert paper.binder == retreat


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("Annual Report 2017", "memo.pdf", "report"),
        ("", "talk.pptx", "slides"),
        ("Memory of Accra", "notes.txt", "other"),
        ("", "2-pager.pdf", "two_pager"),
        ("Appendix IX", "notes.txt", "appendix"),
        ("Booklet", "notes.txt", "other"),
    ],
)
def test_kind_is_guessed_from_the_words(title, name, kind, media, by):
    content = None if name in ("memo.pdf", "talk.pptx", "notes.txt") else PDF
    paper = papers.add_output(
        follow_up=FollowUpFactory(), title=title, file=incoming(upload(name, content)), by=by
    )

    assert paper.kind == kind


def test_paper_without_file_or_link_is_refused(by):
    with pytest.raises(ValidationError) as refused:
        papers.add_output(follow_up=FollowUpFactory(), title="Memo", by=by)

    assert refused.value.message_dict == {"file": ["Choose a file, or give a link."]}


def test_refused_paper_leaves_no_file(media, by):
    before = Output.objects.count()

    with pytest.raises(ValidationError):
        papers.add_output(
            follow_up=FollowUpFactory(), file=incoming(upload()), title="x" * 251, by=by
        )

    assert (Output.objects.count(), lying(media)) == (before, [])


def test_file_and_link_on_one_paper_are_refused(media, by):
    with pytest.raises(ValidationError) as refused:
        papers.add_output(
            follow_up=FollowUpFactory(),
            file=incoming(upload()),
            url="https://example.org/x",
            by=by,
        )

    told = "A paper is a file or a link. Add the other as a paper of its own."
    assert (refused.value.messages, lying(media)) == ([told], [])


def test_newer_file_keeps_the_older(memo, media, by, viewer_of, team_member):
    papers.add_version(memo, file=incoming(upload("memo.docx")), by=by)

    memo.refresh_from_db()
    told = [(number, name) for number, name, _type, _size in files_of(memo)]
    assert told == [(1, "memo.pdf"), (2, "memo.docx")]
    assert (memo.newest, memo.version, len(lying(media))) == (2, 3, 2)
    assert OutputVersion.objects.newest(memo).name == "memo.docx"
    assert sentences(memo, viewer_of(team_member)) == [
        (f"{by.person} added a newer file", ["Newest file: 1 → 2"]),
        (f"{by.person} added this", []),
    ]


def test_two_who_read_the_same_each_bring_a_newer_file(memo, by):
    read = memo.version
    papers.add_version(memo, file=incoming(upload("memo.docx")), by=by, version=read)

    papers.add_version(memo, file=incoming(upload("memo.odt")), by=by, version=read)

    assert [number for number, *_told in files_of(memo)] == [1, 2, 3]


def test_very_same_file_is_no_newer_one(memo, media, by):
    with pytest.raises(Refused, match="This very file is here already"):
        papers.add_version(memo, file=incoming(upload("other.pdf", PDF)), by=by)

    assert (len(files_of(memo)), len(lying(media))) == (1, 1)


def test_paper_that_was_only_named_gets_its_file(media, by):
    named = OutputFactory(named_only=True)

    papers.add_version(named, file=incoming(upload()), by=by)

    named.refresh_from_db()
    assert (named.named_only, named.newest) == (False, 1)


def test_link_gets_no_file(media, by):
    link = OutputFactory(url="https://example.org/x")

    with pytest.raises(Refused, match="This paper is a link"):
        papers.add_version(link, file=incoming(upload()), by=by)

    assert lying(media) == []


def test_same_key_brings_a_file_once(media, by):
    home = FollowUpFactory()
    values = {"follow_up": home, "by": by, "key": "once"}

    first = papers.add_output(file=incoming(upload("flipchart.png")), **values)
    again = papers.add_output(file=incoming(upload("flipchart.png")), **values)

    assert (first, home.outputs.count(), len(lying(media))) == (again, 1, 1)


def test_same_key_with_another_file_is_told(media, by):
    home = FollowUpFactory()
    values = {"follow_up": home, "by": by, "key": "once"}
    papers.add_output(file=incoming(upload("flipchart.png", PNG)), **values)

    with pytest.raises(KeyUsed):
        papers.add_output(file=incoming(upload("flipchart.png", PNG + b"x")), **values)

    assert len(lying(media)) == 1


def test_transaction_taken_back_around_a_refusal_leaves_no_file(memo, media, by):
    before = lying(media)
    with pytest.raises(Refused), transaction.atomic():
        papers.add_version(memo, file=incoming(upload("memo.pdf")), by=by)

    assert lying(media) == before


def test_paper_is_changed_field_by_field(memo, by):
    retreat = RetreatFactory()
    read = memo.version
    papers.edit_output(memo, title="Memo on law", by=by, version=read)

    papers.edit_output(memo, language="fr", binder=retreat, by=by, version=read)

    memo.refresh_from_db()
    assert (memo.title, memo.language, memo.binder) == ("Memo on law", "fr", retreat)
    assert memo.search_text == f"memo on law | {fold(memo.follow_up.title)}"


def test_same_field_changed_by_two_is_a_conflict(memo, by):
    read = memo.version
    papers.edit_output(memo, title="Mine", by=by, version=read)

    with pytest.raises(Conflict) as conflict:
        papers.edit_output(memo, title="Theirs", by=by, version=read)

    assert conflict.value.fields["title"]["theirs"] == "Mine"


def test_link_is_changed_and_not_emptied(by):
    link = OutputFactory(url="https://example.org/x")
    papers.edit_output(link, url="https://example.org/y", by=by)

    with pytest.raises(ValidationError) as refused:
        papers.edit_output(link, url="", by=by)

    link.refresh_from_db()
    told = "Give the link: without it there is nothing to open."
    assert (link.url, refused.value.message_dict) == ("https://example.org/y", {"url": [told]})


def test_paper_that_was_only_named_gets_its_link(by):
    named = OutputFactory(named_only=True)

    papers.edit_output(named, url="https://example.org/x", by=by)

    named.refresh_from_db()
    assert (named.url, named.named_only) == ("https://example.org/x", False)


def test_file_gets_no_link(memo, by):
    with pytest.raises(ValidationError) as refused:
        papers.edit_output(memo, url="https://example.org/x", by=by)

    told = "There is a file here. Add the link as a paper of its own."
    assert refused.value.message_dict == {"url": [told]}


def test_paper_without_title_says_so(memo, by):
    with pytest.raises(ValidationError) as refused:
        papers.edit_output(memo, title="", by=by)

    assert refused.value.message_dict == {"title": ["Give it a title."]}


def test_paper_of_a_board_only_follow_up_is_board_only(media, chair):
    home = FollowUpFactory(sealed=True)

    paper = papers.add_output(follow_up=home, file=incoming(upload()), by=chair)

    file = paper.versions.get()
    assert (paper.sealed, file.sealed) == (True, True)


def test_history_of_a_sealed_paper_s_files_was_sealed(media, chair):
    from django.contrib.contenttypes.models import ContentType

    from programmes.models import Change

    paper = papers.add_output(
        follow_up=FollowUpFactory(sealed=True), file=incoming(upload()), by=chair
    )
    kind = ContentType.objects.get_for_model(OutputVersion)
    change = Change.objects.get(content_type=kind, object_id=paper.versions.get().pk)

    assert change.was_sealed
    assert "stored_as" not in change.fields

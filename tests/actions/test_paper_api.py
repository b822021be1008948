"""Papers and files on REST."""

from hashlib import sha256

import pytest

from actions import papers
from actions.models import Output
from tests.factories import AssignmentFactory, FollowUpFactory, OutputFactory, RetreatFactory
from tests.files import PDF, lying, upload
from tests.rest import codes, posted, url
from wiego_review.common.files import incoming

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(api_of, team_member):
    return api_of(team_member)


@pytest.fixture
def memo(media, team_member):
    file = incoming(upload("memo.pdf"))
    return papers.add_output(follow_up=FollowUpFactory(), file=file, by=team_member)


def sent_form(api, address, **data):
    return api.post(address, data, format="multipart")


def test_file_is_added_as_a_form(api, media, team_member):
    home, retreat = FollowUpFactory(), RetreatFactory()

    answer = sent_form(
        api,
        url("outputs"),
        follow_up=home.ref,
        file=upload("memo.pdf"),
        language="fr",
        binder=retreat.slug,
    )

    told = answer.json()
    (version,) = told["versions"]
    at, ref = version.pop("at"), version.pop("ref")
    assert (answer.status_code, told["title"], told["kind"]) == (201, "memo", "memo")
    assert (told["follow_up"]["ref"], told["binder"]["slug"]) == (home.ref, retreat.slug)
    assert (told["language"], bool(at)) == ("fr", True)
    assert version == {
        "number": 1,
        "name": "memo.pdf",
        "type": "application/pdf",
        "size": len(PDF),
        "sha256": sha256(PDF).hexdigest(),
        "by": {"slug": team_member.person.slug, "name": team_member.person.name},
        "url": f"http://localhost:8000/files/{ref}/",
    }


def test_link_is_added_as_json(api):
    retreat = RetreatFactory()
    values = {"retreat": retreat.slug, "url": "https://example.org/report", "kind": "book"}

    answer = posted(api, url("outputs"), values)

    told = answer.json()
    assert (answer.status_code, told["title"], told["kind"]) == (201, "report", "book")
    assert (told["url"], told["versions"]) == ("https://example.org/report", [])


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"url": "https://example.org/x"}, {""}),
        ({"url": "x"}, {"url"}),
        ({"url": 5}, {"url"}),
        ({"url": "https://example.org/x", "language": "xx"}, {"language"}),
        ({"url": "https://example.org/x", "file": "memo.pdf"}, {"file"}),
        ({}, {"url"}),
    ],
)
def test_bad_link_is_told_by_field(values, fields, api):
    answer = posted(api, url("outputs"), values)

    assert codes(answer) == (400, "invalid")
    assert set(answer.json()["fields"]) in ({"non_field_errors"} if fields == {""} else fields,)


def test_bad_file_is_told_by_field(api, media):
    home = FollowUpFactory()
    answer = sent_form(
        api, url("outputs"), follow_up=home.ref, file=upload("page.pdf", b"<svg></svg>")
    )

    assert codes(answer) == (400, "invalid")
    assert "Save it as PDF or as a picture" in answer.json()["fields"]["file"][0]
    assert (home.outputs.count(), lying(media)) == (0, [])


def test_field_sent_twice_in_a_form_is_refused(api, media):
    home = FollowUpFactory()
    answer = sent_form(
        api, url("outputs"), follow_up=home.ref, title=["One", "Two"], file=upload("memo.pdf")
    )

    assert codes(answer) == (400, "parse_error")
    assert answer.json()["detail"] == "“title” stands here twice. Send it once."


def test_same_key_adds_a_file_once(api, media):
    home = FollowUpFactory()

    def send(name, content=None):
        data = {"follow_up": home.ref, "file": upload(name, content)}
        key = {"Idempotency-Key": "once"}
        return api.post(url("outputs"), data, format="multipart", headers=key)

    first, again, other = send("memo.pdf"), send("memo.pdf"), send("memo.pdf", PDF + b"\n")

    assert first.json() == again.json()
    assert codes(other) == (409, "key_used")
    assert (home.outputs.count(), len(lying(media))) == (1, 1)


def test_newer_version_is_added(api, memo):
    answer = sent_form(api, url("outputs", memo.ref, "versions"), file=upload("memo.docx"))

    told = answer.json()
    assert (answer.status_code, told["version"]) == (200, 3)
    assert [(each["number"], each["name"]) for each in told["versions"]] == [
        (2, "memo.docx"),
        (1, "memo.pdf"),
    ]
    assert answer.headers["ETag"] == '"3"'


def test_version_as_json_is_another_media_type(api, memo):
    assert codes(posted(api, url("outputs", memo.ref, "versions"), {})) == (
        415,
        "unsupported_media_type",
    )


def test_very_same_version_is_refused(api, memo):
    answer = sent_form(api, url("outputs", memo.ref, "versions"), file=upload("memo.pdf"))

    assert codes(answer) == (409, "refused")


def test_paper_is_changed_with_its_version(api, memo):
    address = url("outputs", memo.ref)

    unsaid = api.patch(address, {"title": "The memo"}, format="json")
    changed = api.patch(address, {"title": "The memo", "version": 2}, format="json")
    clash = api.patch(address, {"title": "A memo", "version": 2}, format="json")

    assert codes(unsaid) == (428, "version_required")
    assert (changed.status_code, changed.json()["title"]) == (200, "The memo")
    assert codes(clash) == (409, "conflict")
    assert clash.json()["fields"]["title"] == {
        "mine": "A memo",
        "theirs": "The memo",
        "before": "memo",
    }


def test_file_is_read_by_a_program(api, memo):
    papers.add_version(memo, file=incoming(upload("list.csv")), by=None)

    newest = api.get(url("outputs", memo.ref, "file"), headers={"Accept": "text/csv"})
    first = api.get(url("outputs", memo.ref, "file"), {"number": 1})

    assert (newest.status_code, newest["Content-Type"]) == (200, "text/csv")
    assert newest["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert b"".join(first.streaming_content) == PDF


def test_file_that_is_not_there_is_not_found(api, memo):
    link = OutputFactory(url="https://example.org/x")

    assert codes(api.get(url("outputs", link.ref, "file"))) == (404, "not_found")
    assert codes(api.get(url("outputs", memo.ref, "file"), {"number": 7})) == (404, "not_found")
    assert codes(api.get(url("outputs", memo.ref, "file"), {"number": "x"})) == (400, "bad_query")
    assert codes(api.get(url("outputs", memo.ref, "file"), {"colour": "x"})) == (400, "bad_query")


def test_guest_writes_nothing(api_of, guest, media, team_member):
    home = AssignmentFactory(person=guest.person).follow_up
    paper = papers.add_output(follow_up=home, file=incoming(upload()), by=team_member)
    api, file = api_of(guest), upload("memo.docx")
    link = {"follow_up": home.ref, "url": "https://example.org/x"}

    answers = [
        posted(api, url("outputs"), link),
        sent_form(api, url("outputs", paper.ref, "versions"), file=file),
        api.patch(url("outputs", paper.ref), {"title": "x", "version": 2}, format="json"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert api.get(url("outputs", paper.ref)).json()["versions"][0]["name"] == "memo.pdf"


def test_paper_is_not_put_where_one_does_not_see(api):
    sealed = FollowUpFactory(sealed=True)
    link = {"follow_up": sealed.ref, "url": "https://example.org/x"}

    answer = posted(api, url("outputs"), link)

    assert answer.json()["fields"] == {"follow_up": [f"There is no “{sealed.ref}” here."]}


def test_list_is_narrowed_to_what_is_for_a_binder(api):
    retreat = RetreatFactory()
    paper = OutputFactory(binder=retreat)
    OutputFactory()

    rows = api.get(url("outputs"), {"binder": retreat.slug}).json()["results"]

    assert [row["ref"] for row in rows] == [paper.ref]


def test_folder_that_cannot_be_written_is_unavailable(api, media):
    home = FollowUpFactory()
    media.mkdir()
    (media / "papers").symlink_to("/proc")
    api.raise_request_exception = False
    before = Output.objects.count()

    answer = sent_form(api, url("outputs"), follow_up=home.ref, file=upload())

    assert codes(answer) == (503, "unavailable")
    assert Output.objects.count() == before

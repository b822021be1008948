"""Papers and files on their pages, without a line of script."""

import re

import pytest

from actions import papers
from actions.models import FollowUp, Output
from retreats.models import Retreat, Session
from tests.factories import FollowUpFactory, OutputFactory
from tests.files import PDF, PNG, lying, upload
from wiego_review.common.files import MOST, incoming

pytestmark = pytest.mark.django_db


@pytest.fixture
def memo(media, team_member):
    home = FollowUpFactory(title="Migration")
    return papers.add_output(follow_up=home, file=incoming(upload("memo.pdf")), by=team_member)


@pytest.fixture
def client(client_of, team_member):
    return client_of(team_member)


def send(client, address, follow=True, **data):
    return client.post(address, {"key": "k", **data}, follow=follow)


def body_of(answer):
    return b"".join(answer.streaming_content)


def policy(answer):
    told = answer.headers["Content-Security-Policy"]
    return dict(each.strip().partition(" ")[::2] for each in told.split(";"))


def errors(answer):
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


def homes():
    return {
        "follow_up": FollowUp.objects.filter(sealed=False).first(),
        "session": Session.objects.first(),
        "retreat": Retreat.objects.get(slug="bellagio-2017"),
    }


@pytest.mark.parametrize("name", ["follow_up", "session", "retreat"])
def test_file_is_added_from_the_page_of_what_it_belongs_to(name, client, media):
    home = homes()[name]
    start = {"follow_up": "follow-ups", "session": "sessions", "retreat": "retreats"}[name]
    key = getattr(home, "slug", "") or home.ref
    page = client.get(f"/{start}/{key}/").content.decode()
    assert f'href="/{start}/{key}/paper/"' in page

    answer = send(client, f"/{start}/{key}/paper/", file=upload("memo.pdf"), title="The memo")

    paper = Output.objects.get(title="The memo")
    assert getattr(paper, name) == home
    assert answer.redirect_chain == [(f"/papers/{paper.ref}/", 302)]
    again = client.get(f"/{start}/{key}/").content.decode()
    assert f'href="/papers/{paper.ref}/"' in again


def test_link_is_added_without_a_file(client):
    home = FollowUpFactory()

    send(client, f"/follow-ups/{home.ref}/paper/", url="example.org/report", language="fr")

    paper = home.outputs.get()
    assert (paper.url, paper.title) == ("https://example.org/report", "report")
    assert (paper.kind, paper.language) == ("report", "fr")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, {"file": ["Choose a file, or give a link."]}),
        (
            {"file": upload("memo.pdf"), "url": "https://example.org/x"},
            {"file": ["A file or a link, not both: each is a paper of its own."]},
        ),
        ({"url": "nonsense"}, {"url": ["Give a whole address: https://…"]}),
        ({"url": "javascript:alert(1)"}, {"url": ["Give a whole address: https://…"]}),
    ],
)
def test_form_that_is_not_right_keeps_what_was_typed(sent, told, client, media):
    home = FollowUpFactory()

    answer = send(client, f"/follow-ups/{home.ref}/paper/", title="Street vendors", **sent)

    page = answer.content.decode()
    assert errors(answer) == told
    assert 'value="Street vendors"' in page
    assert ("Choose the file once more" in page) == ("file" in sent)
    assert (home.outputs.count(), lying(media)) == (0, [])


def test_too_large_a_file_is_refused_with_what_to_do(client, media):
    home = FollowUpFactory()
    large = upload("film.pdf", PDF.ljust(MOST + (3 << 20), b" "))

    answer = send(client, f"/follow-ups/{home.ref}/paper/", file=large, title="Street vendors")

    assert errors(answer)["file"][0].startswith("This file is too large: at most 20.0\xa0MB")
    assert 'value="Street vendors"' in answer.content.decode()
    assert (home.outputs.count(), lying(media)) == (0, [])


def test_web_page_is_refused_with_what_to_do(client, media):
    home = FollowUpFactory()
    page = upload("page.pdf", b"<html><script>alert(1)</script></html>")

    answer = send(client, f"/follow-ups/{home.ref}/paper/", file=page)

    assert "Save it as PDF or as a picture" in errors(answer)["file"][0]
    assert (home.outputs.count(), lying(media)) == (0, [])


def test_folder_that_cannot_be_written_is_told_and_nothing_is_half_done(client, media):
    home = FollowUpFactory()
    media.mkdir()
    (media / "papers").symlink_to("/proc")  # nobody makes a folder there

    answer = send(client, f"/follow-ups/{home.ref}/paper/", file=upload(), title="Street vendors")

    assert (answer.status_code, home.outputs.count()) == (200, 0)
    assert 'value="Street vendors"' in answer.content.decode()
    assert errors(answer)["__all__"][0].endswith(
        "Nothing was saved. Tell those who look after the site, then try again."
    )


def test_page_of_a_paper_tells_its_size_before_anything_is_loaded(client, memo):
    answer = client.get(f"/papers/{memo.ref}/")
    page = answer.content.decode()

    assert f"Download ({len(PDF)}\xa0bytes)" in page
    assert "iframe" not in page
    assert "added by" in page
    assert memo.versions.get().sha256 in page
    assert "frame-src" not in policy(answer)


def test_pdf_is_shown_in_place_where_asked_for(client, memo):
    file = memo.versions.get()
    answer = client.get(f"/papers/{memo.ref}/?here=1")
    frame = re.search(r'<iframe[^>]*src="([^"]*)"', answer.content.decode())[1]

    shown = client.get(frame)

    assert policy(answer)["frame-src"] == "'self'"
    assert policy(answer)["frame-ancestors"] == "'none'"
    assert frame == f"/files/{file.ref}/here/"
    assert policy(shown)["frame-ancestors"] == "'self'"
    assert policy(shown)["default-src"] == "'none'"
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert shown.headers["Content-Disposition"] == 'inline; filename="memo.pdf"'
    assert body_of(shown) == PDF


def test_picture_is_shown_in_place_without_a_frame(client, media, team_member):
    home = FollowUpFactory()
    paper = papers.add_output(
        follow_up=home, file=incoming(upload("flipchart.png")), by=team_member
    )
    answer = client.get(f"/papers/{paper.ref}/?here=1")
    file = paper.versions.get()

    assert f'src="/files/{file.ref}/here/"' in answer.content.decode()
    assert "frame-src" not in policy(answer)
    assert body_of(client.get(f"/files/{file.ref}/here/")) == PNG


def test_word_file_is_not_shown_in_place(client, media, team_member):
    file = incoming(upload("memo.docx"))
    paper = papers.add_output(follow_up=FollowUpFactory(), file=file, by=team_member)

    page = client.get(f"/papers/{paper.ref}/?here=1").content.decode()
    answer = client.get(f"/files/{paper.versions.get().ref}/here/")

    assert ("Show it here" in page, "iframe" in page, answer.status_code) == (False, False, 404)


def test_download_is_the_file_under_its_own_name(client, memo):
    answer = client.get(f"/files/{memo.versions.get().ref}/", headers={"Accept-Encoding": "gzip"})

    assert body_of(answer) == PDF
    assert {name: answer.headers.get(name) for name in TOLD} == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": 'attachment; filename="memo.pdf"',
        "Content-Encoding": None,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
        "X-Frame-Options": "DENY",
    }


TOLD = ("Content-Type", "Content-Length", "Content-Disposition", "Content-Encoding")
TOLD += ("X-Content-Type-Options", "Cache-Control", "X-Frame-Options")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("été à Dakar.pdf", "attachment; filename*=utf-8''%C3%A9t%C3%A9%20%C3%A0%20Dakar.pdf"),
        ('a"b\\c.pdf', r'attachment; filename="a\"bc.pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="aSet-Cookie: x=1.pdf"'),
        ("x.html", 'attachment; filename="x.html.pdf"'),
    ],
)
def test_download_is_safe_whatever_its_name(name, told, client, media, team_member):
    file = incoming(upload(name, PDF))
    paper = papers.add_output(follow_up=FollowUpFactory(), file=file, by=team_member)

    answer = client.get(f"/files/{paper.versions.get().ref}/")

    assert answer.headers["Content-Disposition"] == told


def test_browser_that_has_the_file_is_not_sent_it_again(client, memo):
    address = f"/files/{memo.versions.get().ref}/"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_file_that_is_gone_from_the_disk_is_not_found(client, memo, caplog):
    memo.versions.get().path.unlink()

    assert client.get(f"/files/{memo.versions.get().ref}/").status_code == 404
    assert "is gone" in caplog.text


def test_newer_version_is_added_and_the_older_stays(client, memo):
    send(client, f"/papers/{memo.ref}/newer/", file=upload("memo.docx"))

    page = client.get(f"/papers/{memo.ref}/").content.decode()
    files = {file.number: file for file in memo.versions.all()}
    assert "2 versions" in page
    assert [f'href="/files/{files[number].ref}/"' in page for number in (1, 2)] == [True, True]
    assert body_of(client.get(f"/files/{files[1].ref}/")) == PDF


def test_newer_version_wants_a_file(client, memo):
    answer = send(client, f"/papers/{memo.ref}/newer/")

    assert errors(answer) == {"file": ["Choose a file."]}


def test_very_same_file_is_told_on_the_form(client, memo):
    answer = send(client, f"/papers/{memo.ref}/newer/", file=upload("memo.pdf"))

    assert errors(answer) == {"__all__": ["This very file is here already. Choose the newer one."]}


def test_paper_is_changed(client, memo):
    retreat = Retreat.objects.get(slug="bellagio-2017")
    sent = {"version": memo.version, "title": "The memo", "kind": "report", "language": "pt"}

    send(client, f"/papers/{memo.ref}/edit/", binder=retreat.slug, **sent)

    memo.refresh_from_db()
    assert (memo.title, memo.kind, memo.language) == ("The memo", "report", "pt")
    assert memo.binder == retreat


def test_change_of_the_same_by_two_shows_both(client, memo, by):
    read = memo.version
    papers.edit_output(memo, title="Theirs", by=by)

    answer = send(client, f"/papers/{memo.ref}/edit/", version=read, title="Mine", kind=memo.kind)

    (line,) = answer.context["conflicts"]
    assert (line["mine"], line["theirs"], line["before"]) == ("Mine", "Theirs", "memo")


def test_link_is_changed_on_its_form_and_a_file_has_none(client, memo):
    link = OutputFactory(url="https://example.org/x")

    assert 'name="url"' in client.get(f"/papers/{link.ref}/edit/").content.decode()
    assert 'name="url"' not in client.get(f"/papers/{memo.ref}/edit/").content.decode()


def test_form_offers_the_camera_and_can_be_sent_without_script(client):
    home = FollowUpFactory()
    page = client.get(f"/follow-ups/{home.ref}/paper/").content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert re.search(r'<input type="file"[^>]*accept="image/\*,\.pdf', page)


def test_form_of_what_is_board_only_keeps_nothing_on_the_device(client_of, chair):
    home = FollowUpFactory(sealed=True)
    page = client_of(chair, board_open=True).get(f"/follow-ups/{home.ref}/paper/").content.decode()

    assert "data-keep" not in page


def test_guest_adds_and_changes_nothing(client_of, guest, media, team_member):
    from tests.factories import AssignmentFactory

    home = AssignmentFactory(person=guest.person).follow_up
    file = incoming(upload("memo.pdf"))
    paper = papers.add_output(follow_up=home, file=file, by=team_member)
    client = client_of(guest)

    pages = (f"/follow-ups/{home.ref}/paper/", f"/papers/{paper.ref}/edit/")
    pages += (f"/papers/{paper.ref}/newer/",)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    assert [send(client, page).status_code for page in pages] == [403, 403, 403]
    page = client.get(f"/papers/{paper.ref}/").content.decode()
    assert ("Add a newer version" in page, "/edit/" in page) == (False, False)
    assert body_of(client.get(f"/files/{paper.versions.get().ref}/")) == PDF


def test_board_only_file_is_missing_to_all_but_the_board(client_of, cast, media):
    home = FollowUpFactory()
    sealed = papers.add_output(follow_up=home, file=incoming(upload()), sealed=True, by=cast.chair)
    below = papers.add_output(
        follow_up=FollowUpFactory(sealed=True), file=incoming(upload()), by=cast.chair
    )
    refs = [paper.versions.get().ref for paper in (sealed, below)]
    addresses = [f"/files/{ref}/{way}" for ref in refs for way in ("", "here/")]
    missing = client_of(cast.team_member).get("/files/V-00000007/")

    for name in vars(cast):
        client = client_of(getattr(cast, name))
        answers = [client.get(address) for address in addresses]
        assert {answer.status_code for answer in answers} == {404}
        assert name != "team_member" or {answer.content for answer in answers} == {missing.content}
    opened = client_of(cast.board_member, board_open=True)
    answers = [opened.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}

"""Pages with much on them in a real browser, and each within the content policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from actions.models import Decision, FollowUp
from retreats.models import Ballot, Note, StrategicIssue

from .conftest import DESK, PHONE
from .looking import TWICE, Judge

PAGES = (
    "/",
    "/follow-ups/",
    "/follow-ups/?retreat=bellagio-2017&ordering=agreed",
    "/follow-ups/?lead=nobody-of-this-name",
    "/follow-ups/new/",
    "/follow-ups/lines/",
    "/retreats/",
    "/retreats/bellagio-2017/",
    "/retreats/compare/",
    "/reviews/internal-strategic-review/",
    "/notes/",
    "/suggestions/?taken_up=no",
    "/ballots/",
    "/issues/",
    "/people/",
    "/people/vanessa-pillay/",
    "/decisions/",
    "/programmes/",
    "/organisations/",
    "/cities/",
    "/account/",
    "/account/programs/",
    "/account/second-step/",
    "/account/signed-in/",
    "/nothing/here/",
)


def pages():
    follow_up = FollowUp.objects.get(title="Corporate sector engagement", kind="two_pager")
    decision = Decision.objects.filter(number="BD-2017-1").get()
    start = f"/follow-ups/{follow_up.ref}/"
    verbs = [f"{start}{verb}/" for verb in ("edit", "update", "done", "more-time", "who")]
    records = [f"/decisions/{decision.ref}/", f"/issues/{follow_up.issue.ref}/"]
    return [*PAGES, start, *verbs, *records, *pictures()]


def pictures():
    """A dot vote, an issue near another, the wall of post-its and its session."""
    issue = StrategicIssue.objects.get(title="Supply chains")
    wall = Note.objects.on_the_wall()[0].session
    found = [f"/ballots/{Ballot.objects.get().ref}/", f"/issues/{issue.ref}/"]
    return [*found, f"/sessions/{wall.ref}/", f"/sessions/{wall.ref}/matrix/"]


@pytest.mark.parametrize("part", range(2))
def test_pages_are_well_to_look_at(browse, cast, part):
    page, judge = browse(cast.coordinator, DESK, bypass_csp=True), Judge()
    for address in pages()[part::2]:
        page.goto(address)
        judge.look(page)
    assert judge.wrong == {}


def test_sign_in_page_passes_axe(browse):
    page = browse(size=PHONE, bypass_csp=True)
    page.goto("/sign-in/")
    assert Axe().run(page).response["violations"] == []


def test_links_on_the_desk_are_told_from_the_text(browse, cast):
    page, judge = browse(cast.board_member, DESK, bypass_csp=True), Judge()
    page.goto("/admin/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            judge.axe(page, f"{scheme} at {size['width']}")
    assert (judge.wrong, page.locator(".decisions ul a").count() > 0) == ({}, True)


def test_header_of_the_admin_takes_letters_twice_as_large(browse, cast):
    cast.administrator.email = "somebody.with.a.long.name.and.address@an-organisation.example.org"
    cast.administrator.save()
    page, judge = browse(cast.administrator, PHONE, bypass_csp=True), Judge()
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": TWICE})
    page.goto("/admin/")
    judge.layout(page, "with text twice as large")
    assert judge.wrong == {}


def test_documentation_for_programs_has_a_heading_and_a_landmark(browse, cast):
    page, judge = browse(cast.team_member, DESK, bypass_csp=True), Judge()
    page.goto("/api/v1/docs/")
    page.locator("#swagger-ui .opblock-tag").first.wait_for()
    judge.axe(page, "read", ["region", "page-has-heading-one"])
    assert judge.wrong == {}


def test_form_by_keyboard_only(browse, cast):
    page = browse(cast.team_member, DESK)
    page.goto("/follow-ups/new/")
    page.get_by_label("What is to be done?").focus()
    page.keyboard.type("By keyboard only")
    page.keyboard.press("Tab")
    page.keyboard.type("Vanessa Pillay")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/follow-ups/F-*/")
    assert FollowUp.objects.filter(title="By keyboard only").count() == 1

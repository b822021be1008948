"""Every page there is, as who sees most of it, and the main pages as everybody."""

import hashlib

import pytest

from actions.models import FollowUp
from tests.conftest import CAST
from tests.proof import FULL
from tests.signing_in import PASSWORD, with_app, with_password

from .conftest import DESK
from .looking import Judge
from .rooms import rooms_of

PARTS = range(8) if FULL else range(2)
LOOKS = 8  # at a page: axe three times, the layout in four sizes and on paper
SAMPLE = 24
SAMPLE_OF_MAIN = 18


def chosen(words, sample) -> int:
    """All of them at full size; in the suite one in so many, the same each time."""
    drawn = int(hashlib.sha256(words.encode()).hexdigest(), 16)
    return FULL or drawn % sample == 0


@pytest.mark.parametrize("part", PARTS)
def test_every_page_is_well_to_look_at(browse, real_data, proof, part):
    rooms, judge = rooms_of(browse), Judge()
    patterns = sorted(each for each in rooms.addresses if chosen(each, SAMPLE))
    for pattern in patterns[part :: len(PARTS)]:
        page = rooms.open(rooms.addresses[pattern])
        if page:
            judge.look(page)
    assert judge.wrong == {}
    proof.tell(f"looks at every page, part {part + 1}", judge.looks, 25 * LOOKS)


def main_pages():
    follow_up = FollowUp.objects.get(title="Corporate sector engagement", kind="two_pager")
    return (
        "/",
        "/follow-ups/",
        f"/follow-ups/{follow_up.ref}/",
        "/issues/",
        f"/issues/{follow_up.issue.ref}/",
        "/retreats/",
        "/retreats/bellagio-2017/",
        "/decisions/",
        "/people/vanessa-pillay/",
        "/search/?search=wiego",
        "/admin/",
    )


@pytest.mark.parametrize("role", [*CAST, None])
def test_main_pages_are_well_to_look_at_for_everybody(browse, cast, proof, role):
    user = role and getattr(cast, role)
    page = browse(user, DESK, board_open=role in ("board_member", "chair"), bypass_csp=True)
    judge = Judge()
    for number, address in enumerate(main_pages()):
        if chosen(f"{role} {number}", SAMPLE_OF_MAIN):
            page.goto(address)
            judge.look(page)
    assert judge.wrong == {}
    proof.tell(f"looks at the main pages as {role or 'nobody'}", judge.looks, 11 * LOOKS)


def test_pages_on_the_way_in_are_well_to_look_at(browse, cast):
    page, judge = browse(size=DESK, bypass_csp=True), Judge()
    with_app(with_password(cast.coordinator))
    page.goto("/sign-in/code/")
    page.get_by_label("E-mail").fill(cast.team_member.email)
    page.get_by_role("button", name="Send me the code").click()
    page.wait_for_url("**/sign-in/code/enter/")
    judge.look(page)

    page = browse(size=DESK, bypass_csp=True)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(cast.coordinator.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/sign-in/second-step/")
    judge.look(page)
    assert judge.wrong == {}

"""A follow-up logged, reported on and given more time without a mouse."""

from playwright.sync_api import expect

from actions.models import FollowUp

from .conftest import DESK

MOST_PRESSES = 60
FOCUSED = """() => {
  const at = document.activeElement;
  const named = at?.labels?.[0] ?? at;
  return (named?.innerText || at?.value || "").trim();
}"""


def tab_to(page, name):
    """Press Tab until what has the focus is called this; it must show that it has."""
    for _press in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none", name
            return
    raise AssertionError(f"Tab does not come to “{name}”.")


def press(page, name):
    tab_to(page, name)
    page.keyboard.press("Enter")


def type_into(page, name, text):
    tab_to(page, name)
    page.keyboard.type(text)


def test_whole_task_by_keyboard_only(browse, cast):
    page = browse(cast.team_member, DESK)
    page.goto("/")
    press(page, "+ New follow-up")
    page.wait_for_url("**/follow-ups/new/")
    type_into(page, "What is to be done?", "By keyboard only")
    type_into(page, "Who?", "Vanessa Pillay")
    tab_to(page, "Next week")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("End of month")).to_be_checked()
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keyboard only")

    press(page, "Write an update")
    page.wait_for_url("**/update/")
    type_into(page, "What is there to tell?", "They will come.")
    press(page, "Send the update")
    expect(page.get_by_text("They will come.")).to_be_visible()

    press(page, "More time")
    page.wait_for_url("**/more-time/")
    tab_to(page, "Next week")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("On a day …")).to_be_checked()
    type_into(page, "Or in words, such as “first week of June”", "when Lima is ready")
    type_into(page, "Why?", "Waiting for Lima")
    press(page, "Move the date")
    expect(page.get_by_text("Waiting for Lima")).to_be_visible()

    follow_up = FollowUp.objects.get(title="By keyboard only")
    assert (follow_up.state, follow_up.due_text) == ("under_way", "when Lima is ready")

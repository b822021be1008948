"""One list: its order, its pages, its cursors, and what it refuses."""

import pytest
from django.http import QueryDict

from actions.listings import LISTINGS
from actions.models import FollowUp
from tests.factories import FollowUpFactory, UserFactory
from wiego_review.common import listing as module
from wiego_review.common.listing import BadQuery

FOLLOW_UPS = next(listing for listing in LISTINGS if listing.name == "follow-ups")
pytestmark = pytest.mark.django_db


@pytest.fixture
def select(viewer_of, team_member):
    viewer = viewer_of(team_member)

    def make(query=""):
        return FOLLOW_UPS.select(viewer, QueryDict(query))

    return make


def page(selection, query=""):
    return selection.page(QueryDict(query))


def walk(selection, size):
    """All keys, from cursor to cursor."""
    found, at = [], page(selection, f"page_size={size}")
    while True:
        found += at.ids
        if at.next is None:
            return found
        at = page(selection, f"page_size={size}&cursor={at.next}")


@pytest.mark.parametrize(
    "ordering", [f"{s}{name}" for name in FOLLOW_UPS.orderings for s in ("", "-")]
)
def test_cursors_walk_the_whole_list_once_in_its_order(ordering, select):
    selection = select(f"ordering={ordering}")

    assert walk(selection, 7) == list(selection.ids())
    assert sorted(selection.ids()) == sorted(FollowUp.objects.values_list("pk", flat=True))


def test_rows_with_the_same_title_are_each_shown_once(empty_db, viewer_of):
    user = UserFactory(roles=["team"], person=None)
    selection = FOLLOW_UPS.select(viewer_of(user), QueryDict("ordering=title"))
    for _number in range(5):
        FollowUpFactory(title="Same")

    assert sorted(walk(selection, 2)) == sorted(FollowUp.objects.values_list("pk", flat=True))


def test_previous_leads_back_the_way_next_came(select):
    selection = select()
    first = page(selection, "page_size=10")
    second = page(selection, f"page_size=10&cursor={first.next}")
    back = page(selection, f"page_size=10&cursor={second.previous}")

    assert (back.ids, first.previous, back.previous) == (first.ids, None, None)
    assert (first.start, second.start, back.start) == (0, 10, 0)


def test_row_written_meanwhile_moves_no_page(select):
    selection = select("ordering=title")
    first = page(selection, "page_size=10")
    whole = list(selection.ids())
    FollowUpFactory(title="0")

    assert page(selection, f"page_size=10&cursor={first.next}").ids == whole[10:20]


def test_page_number_and_cursor_show_the_same_rows(select):
    selection = select()
    first = page(selection, "page_size=10")

    assert (
        page(selection, "page=2&page_size=10").ids
        == page(selection, f"page_size=10&cursor={first.next}").ids
    )


def test_page_past_the_end_is_empty(select):
    assert page(select(), "page=100").ids == []


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=-1",
        "page=١",
        "page=202",
        "page_size=0",
        "page_size=101",
        "cursor=x",
    ],
)
def test_page_that_cannot_be_is_refused_and_named(query, select):
    with pytest.raises(BadQuery) as refused:
        page(select(), query)

    assert list(refused.value.problems) == [query.partition("=")[0]]


def test_cursor_of_another_order_or_altered_is_refused(select):
    cursor = page(select(), "page_size=2").next

    for selection, text in ((select("ordering=title"), cursor), (select(), "x" + cursor)):
        with pytest.raises(BadQuery):
            page(selection, f"cursor={text}")


def test_count_is_exact_up_to_its_cap(select, monkeypatch):
    number = FollowUp.objects.count()
    exact = select().count()
    monkeypatch.setattr(module, "COUNT_CAP", number)
    full = select().count()
    monkeypatch.setattr(module, "COUNT_CAP", number - 1)

    assert [exact, full, select().count()] == [
        (number, False),
        (number, False),
        (number - 1, True),
    ]


def test_all_problems_of_a_query_are_told_at_once(select):
    with pytest.raises(BadQuery) as refused:
        select("colour=red&kind=party&ordering=up&due_by=soon&state=done")

    assert sorted(refused.value.problems) == ["colour", "due_by", "kind", "ordering"]


def test_files_have_the_link_and_the_reference_last():
    for listing in LISTINGS:
        kinds = [cell.kind for cell in listing.file_cells]
        last = [kind for kind in kinds if kind in ("url", "ref")]
        assert kinds[-len(last) :] == last
        assert listing.sheet_cells[0].name == "no"
        assert "version" not in [cell.name for cell in listing.sheet_cells]


def test_cursor_of_the_order_turned_round_is_refused(select):
    cursor = page(select("ordering=title"), "page_size=2").next

    with pytest.raises(BadQuery):
        page(select("ordering=-kind"), f"cursor={cursor}")

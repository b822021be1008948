"""A retreat on other days: what hangs on it moves along, and that is told first."""

from datetime import date

import pytest

from actions.models import FollowUp
from programmes.models import Change
from retreats.models import Retreat
from retreats.workflow import move
from tests.factories import AssignmentFactory, FollowUpFactory, PersonFactory, RetreatFactory

pytestmark = pytest.mark.django_db

PAGE = "/retreats/team-retreat-2017/move/"


@pytest.fixture
def retreat():
    return RetreatFactory(starts_on=date(2030, 11, 13), ends_on=date(2030, 11, 16))


def hanging(retreat, edge, offset, on, until=None, **values):
    anchor = {"due_anchor": retreat, "due_edge": edge, "due_offset": offset}
    return FollowUpFactory(due_on=on, due_until=until, **anchor, **values)


def due(follow_up):
    follow_up.refresh_from_db()
    return follow_up.due_on, follow_up.due_until, follow_up.slips


def test_dates_told_from_a_retreat_move_with_the_edge_they_hang_on(retreat, coordinator):
    before = hanging(retreat, "start", -14, date(2030, 10, 30))
    during = hanging(retreat, "end", 0, date(2030, 11, 13), date(2030, 11, 16))
    own = FollowUpFactory(due_on=date(2030, 11, 12))

    days = {"starts_on": date(2030, 11, 20), "ends_on": date(2030, 11, 21)}
    moved = move(retreat, **days, by=coordinator, why="No rooms")

    assert (moved.starts_on, moved.ends_on, moved.dates_exact) == (*days.values(), True)
    assert due(before) == (date(2030, 11, 6), None, 0)
    assert due(during) == (date(2030, 11, 18), date(2030, 11, 21), 0)
    assert due(own) == (date(2030, 11, 12), None, 0)
    change = Change.objects.of(before).order_by("version").last()
    assert (change.change_set.verb, change.fields) == (
        "move",
        {"due_on": ["2030-10-30", "2030-11-06"]},
    )


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_is_done_keeps_its_date(retreat, coordinator, state):
    done = hanging(retreat, "start", -1, date(2030, 11, 12), state=state)

    move(retreat, starts_on=date(2030, 12, 1), by=coordinator)

    assert due(done) == (date(2030, 11, 12), None, 0)


def test_days_of_the_agenda_move_along(coordinator):
    retreat = Retreat.objects.get(slug="bellagio-2017")
    before = list(retreat.days.order_by("number").values_list("date", flat=True))

    move(retreat, starts_on=date(2017, 5, 1), ends_on=date(2017, 5, 5), by=coordinator)

    after = list(retreat.days.order_by("number").values_list("date", flat=True))
    assert len(after) == len(set(after)) > 3
    assert {(new - old).days for new, old in zip(after, before, strict=True)} == {7}


def test_days_of_one_that_had_none_are_told(coordinator):
    retreat = RetreatFactory(starts_on=None, dates_text="in spring")
    asked = hanging(retreat, "start", -1, date(2030, 4, 1))

    told = move(retreat, starts_on=date(2030, 5, 4), by=coordinator)

    assert (told.starts_on, told.dates_text) == (date(2030, 5, 4), "")
    assert due(asked) == (date(2030, 4, 1), None, 0)


def test_days_put_right_in_the_office_move_what_hangs_on_them(client_of, coordinator, retreat):
    before = hanging(retreat, "start", -1, date(2030, 11, 12))
    address = f"/admin/retreats/retreat/{retreat.pk}/change/"
    client = client_of(coordinator)
    form = client.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in shown.items() if value} | {"starts_on": "2030-11-15"}

    assert client.post(address, sent).status_code == 302
    assert due(before) == (date(2030, 11, 14), None, 0)


def test_page_says_first_what_moves_and_whom_that_touches(client_of, coordinator):
    client, days = client_of(coordinator), {"starts_on": "2017-11-20", "ends_on": "2017-11-23"}
    gender = FollowUp.objects.get(title="Gender", kind="two_pager")

    asked = client.post(PAGE, days)

    told = dict(asked.context["moves"])
    assert len(told) == 13
    assert told["Gender: 12 Nov 2017 → 19 Nov 2017"] == "Marty Chen; Sonia Dias; Rachel Moussie"
    assert due(gender)[0] == date(2017, 11, 12)

    sent = days | {"sure": asked.context["form"]["sure"].value()}
    assert client.post(PAGE, sent).status_code == 302
    assert due(gender)[0] == date(2017, 11, 19)


def test_other_days_than_those_looked_at_are_asked_again(client_of, coordinator):
    client = client_of(coordinator)
    asked = client.post(PAGE, {"starts_on": "2017-11-20"})
    sent = {"starts_on": "2017-11-27", "sure": asked.context["form"]["sure"].value()}

    again = client.post(PAGE, sent)

    assert (again.status_code, "moves" in again.context) == (200, True)
    assert Retreat.objects.get(slug="team-retreat-2017").starts_on == date(2017, 11, 13)


def test_page_tells_only_what_its_reader_sees(client_of, coordinator):
    retreat = RetreatFactory(starts_on=date(2030, 11, 13))
    sealed = hanging(retreat, "start", -1, date(2030, 11, 12), sealed=True)
    AssignmentFactory(follow_up=sealed, person=PersonFactory())
    client, address = client_of(coordinator), f"/retreats/{retreat.slug}/move/"

    asked = client.post(address, {"starts_on": "2030-11-20"})
    client.post(address, {"starts_on": "2030-11-20", "sure": asked.context["form"]["sure"].value()})

    assert asked.context["moves"] == []
    assert due(sealed)[0] == date(2030, 11, 19)


@pytest.mark.parametrize(
    ("days", "errors"),
    [
        ({"why": "No rooms"}, {"starts_on": ["Pick the first day."]}),
        ({"starts_on": "soon"}, {"starts_on": ["Pick a day, or write it as 2026-11-30."]}),
        (
            {"starts_on": "2017-11-20", "ends_on": "2017-11-19"},
            {"ends_on": ["The last day comes before the first. Change one of the two."]},
        ),
    ],
)
def test_days_that_cannot_be_are_told(client_of, coordinator, days, errors):
    assert client_of(coordinator).post(PAGE, days).context["form"].errors == errors


def test_who_does_not_coordinate_moves_nothing(client_of, team_member):
    assert client_of(team_member).get(PAGE).status_code == 403
    assert "Other days" not in client_of(team_member).get("/retreats/team-retreat-2017/").text

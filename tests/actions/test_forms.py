from datetime import date

import pytest
from django.http import QueryDict

from actions import forms, workflow
from actions.models import FollowUp
from tests.factories import PersonFactory, RetreatFactory
from wiego_review.common.forms import VerbForm

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2017, 6, 14)


@pytest.fixture
def reader(team_member, viewer_of):
    return viewer_of(team_member, today=WEDNESDAY)


def sent(**values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def new(reader, **values):
    return forms.FollowUpForm(sent(title="Write it", **values), viewer=reader)


def edit(reader, follow_up, **values):
    follow_up = FollowUp.objects.for_policies().get(pk=follow_up.pk)
    return forms.FollowUpEditForm(sent(**values), viewer=reader, follow_up=follow_up)


def retreat_choice(reader):
    return str(next(iter(forms.FollowUpForm(viewer=reader).retreats)))


NO_DUE = {
    "due_on": None,
    "due_until": None,
    "due_text": "",
    "due_anchor": None,
    "due_edge": "",
    "due_offset": None,
    "ongoing": False,
}


@pytest.mark.parametrize(
    ("values", "due"),
    [
        (
            {"when": "next_week"},
            {
                "due_on": date(2017, 6, 19),
                "due_until": date(2017, 6, 25),
                "due_text": "next week",
            },
        ),
        (
            {"when": "end_of_month"},
            {"due_on": date(2017, 6, 30), "due_text": "end of the month"},
        ),
        ({"when": "day", "due_on": "2017-07-01"}, {"due_on": date(2017, 7, 1)}),
        (
            {"when": "day", "due_text": "in July"},
            {"due_on": date(2017, 7, 1), "due_until": date(2017, 7, 31), "due_text": "in July"},
        ),
        ({"due_text": "when Lima is ready"}, {"due_text": "when Lima is ready"}),
        ({"when": "day", "due_text": "ongoing"}, {"due_text": "ongoing", "ongoing": True}),
        (
            {"due_on": "2017-07-01", "due_text": "the first of July"},
            {"due_on": date(2017, 7, 1), "due_text": "the first of July"},
        ),
        ({"when": "none"}, {}),
        ({"when": "none", "due_on": "2017-07-01", "due_text": "in July"}, {}),
        ({"when": "next_week", "due_text": "in July"}, None),
        ({}, {}),
        ({"due_on": "2017-07-01"}, {"due_on": date(2017, 7, 1)}),
    ],
)
def test_by_when(reader, values, due):
    form = new(reader, **values)

    assert form.is_valid(), form.errors
    if due is not None:
        assert form.chosen_due == NO_DUE | due


def test_for_the_coming_retreat_is_the_day_before_it(reader):
    form = new(reader, when=retreat_choice(reader))

    assert form.is_valid()
    retreat = form.chosen_due["due_anchor"]
    assert retreat.starts_on > WEDNESDAY
    assert (form.chosen_due["due_edge"], form.chosen_due["due_offset"]) == ("start", -1)
    assert (retreat.starts_on - form.chosen_due["due_on"]).days == 1
    added = form.attempt(workflow.add_follow_up, **form.verb_values())
    assert added.due_anchor == retreat


def test_words_that_name_a_retreat_hang_on_it(reader):
    form = new(reader, due_text="two weeks before the Team Retreat")

    assert form.is_valid()
    retreat, due = form.chosen_due["due_anchor"], form.chosen_due
    assert retreat.slug == "team-retreat-2017"
    assert (retreat.starts_on - due["due_on"]).days == 14
    assert (due["due_edge"], due["due_offset"]) == ("start", -14)
    added = form.attempt(workflow.add_follow_up, **form.verb_values())
    assert (added.due_anchor, added.due_text) == (retreat, "two weeks before the Team Retreat")


def test_words_that_may_be_two_days_are_asked(reader):
    form = new(reader, due_text="6/5/2017")

    assert not form.is_valid()
    assert form.errors == {
        "due_text": ["This may be two days. Write the month in letters, as “12 June 2017”."]
    }


def test_past_retreats_are_not_offered(team_member, viewer_of):
    RetreatFactory(starts_on=date(2030, 1, 1), name="Coming one")
    viewer = viewer_of(team_member, today=date(2029, 6, 1))

    offered = forms.FollowUpForm(viewer=viewer).retreats.values()
    assert [retreat.name for retreat in offered] == ["Coming one"]


@pytest.mark.parametrize("values", [{"when": "day"}, {"when": "day", "due_on": "soon"}])
def test_day_that_is_none_is_told_beside_it(reader, values):
    form = new(reader, **values)

    assert not form.is_valid()
    assert list(form.errors) == ["due_on"]


def test_everything_typed_is_kept_on_an_error(reader):
    typed = {
        "leads": "Qxqxqx, Jane",
        "supports": "Mike Bird",
        "when": "day",
        "due_on": "2017-13-45",
        "due_text": "first week of July",
        "kind": "two_pager",
        "note": "A long paragraph",
        "key": "k1",
    }
    form = new(reader, **typed)

    assert not form.is_valid()
    assert set(form.errors) == {"leads", "due_on"}
    assert {name: form[name].value() for name in typed} == typed
    assert form["title"].value() == "Write it"
    assert form.names_unknown


def test_names_nobody_knows_are_kept_where_asked(reader):
    form = new(reader, leads="Qxqxqx, Jane", keep_names="on")

    assert form.is_valid()
    added = form.attempt(workflow.add_follow_up, **form.verb_values())
    assert [each.shown for each in workflow.current(added, "lead")] == ["Qxqxqx", "Jane Barrett"]


def test_key_sent_twice_saves_once(reader):
    for _again in range(2):
        form = new(reader, key="same")
        assert form.is_valid()
        added = form.attempt(workflow.add_follow_up, **form.verb_values())

    assert FollowUp.objects.filter(title="Write it").get() == added


def test_form_sent_again_with_other_words_says_so_and_saves_on_a_second_press(reader):
    first = forms.FollowUpForm(sent(title="Write it", key="same"), viewer=reader)
    assert first.is_valid()
    first.attempt(workflow.add_follow_up, **first.verb_values())

    form = forms.FollowUpForm(sent(title="Print it", key="same"), viewer=reader)
    assert form.is_valid()
    assert form.attempt(workflow.add_follow_up, **form.verb_values()) is None
    assert form.non_field_errors() == [
        "This page was saved before, with something else on it. What it holds now is not saved. "
        "Look at what was saved; to save this as well, press once more."
    ]
    typed = {name: form[name].value() for name in ("title", "key")}
    once_more = forms.FollowUpForm(sent(**typed), viewer=reader)
    assert once_more.is_valid()
    added = once_more.attempt(workflow.add_follow_up, **once_more.verb_values())

    assert added.title == "Print it"
    assert typed["key"] != "same"


def test_form_sent_twice_saves_once_whatever_button_and_whatever_it_changed(reader, team_member):
    undated = workflow.add_follow_up(title="Write it", by=team_member)
    typed = {"title": "Write it", "when": "day", "due_on": "2017-07-01", "key": "same"}
    answers = []
    for button in ({"save": "1"}, {"another": "1"}):
        form = edit(reader, undated, **typed, **button, csrfmiddlewaretoken=str(button))
        assert form.is_valid()
        answers.append(form.attempt(workflow.edit_follow_up, undated, **form.verb_values()))

    assert answers == [undated, undated]
    assert FollowUp.objects.get(pk=undated.pk).due_on == date(2017, 7, 1)


def test_every_form_brings_its_own_key(reader):
    keys = {VerbForm(viewer=reader)["key"].value() for _each in range(5)}

    assert len(keys) == 5


# --- edit ---------------------------------------------------------------------


@pytest.fixture
def follow_up(team_member):
    jane = PersonFactory(name="Janet Test")
    return workflow.add_follow_up(title="Paper", leads=[jane], by=team_member)


def shown_in(form) -> dict:
    """What a browser sends back of a form just opened."""
    data = {}
    for field in form:
        value = field.value()
        if value in (None, "", False, []):
            continue
        data[field.name] = "on" if value is True else value
    return data


def opened(reader, follow_up):
    follow_up = FollowUp.objects.for_policies().get(pk=follow_up.pk)
    return shown_in(forms.FollowUpEditForm(viewer=reader, follow_up=follow_up))


def save(reader, follow_up, **values):
    form = edit(reader, follow_up, **values)
    assert form.is_valid(), form.errors
    return form, form.attempt(workflow.edit_follow_up, follow_up, **form.verb_values())


def test_edit_form_sent_back_as_it_was_changes_nothing(reader, follow_up):
    data = opened(reader, follow_up)

    _form, saved = save(reader, follow_up, **data)

    assert saved.version == 1


def test_edit_links_no_name_that_was_left_as_text(reader, team_member):
    """ "Jenna" stays "Jenna" when only the title is put right."""
    PersonFactory(name="Jennifer Unique")
    follow_up = workflow.add_follow_up(title="Paper", leads=["Vanessa"], by=team_member)
    data = opened(reader, follow_up) | {"title": "Papers"}

    _form, saved = save(reader, follow_up, **data)

    assert saved.title == "Papers"
    assert [each.text for each in workflow.current(saved, "lead")] == ["Vanessa"]


def test_edit_keeps_a_person_whose_name_another_bears(reader, team_member):
    first, _second = PersonFactory(name="Same Name"), PersonFactory(name="Same Name")
    follow_up = workflow.add_follow_up(title="Paper", leads=[first], by=team_member)

    _form, saved = save(reader, follow_up, **opened(reader, follow_up))

    assert (saved.version, [each.person for each in workflow.current(saved, "lead")]) == (
        1,
        [first],
    )


def test_edit_of_a_dated_one_leaves_the_day_or_puts_it_right(reader, team_member):
    dated = workflow.add_follow_up(title="Paper", due_on=WEDNESDAY, by=team_member)

    form = edit(reader, dated, title="Papers")
    assert "none" not in dict(form.fields["when"].choices)
    assert form.is_valid()
    assert not form.verb_values().keys() & NO_DUE.keys()
    right = edit(reader, dated, title="Papers", when="day", due_on="2017-06-12")
    assert right.is_valid()
    saved = right.attempt(workflow.edit_follow_up, dated, **right.verb_values())
    assert (saved.due_on, saved.slips) == (date(2017, 6, 12), 0)


def test_edit_to_a_later_day_is_told_beside_the_day(reader, team_member):
    dated = workflow.add_follow_up(title="Paper", due_on=WEDNESDAY, by=team_member)

    form = edit(reader, dated, title="Papers", when="next_week")
    assert form.is_valid()
    assert form.attempt(workflow.edit_follow_up, dated, **form.verb_values()) is None
    later = "For a later day ask for more time, with a reason."
    assert (dict(form.errors), form.due_open()) == ({"due_on": [later]}, True)


def test_edit_of_a_group_offers_no_day(reader, team_member):
    group = workflow.add_follow_up(title="Group", kind="working_group", by=team_member)

    assert not {"when", "due_on", "due_text"} & edit(reader, group, title="Group").fields.keys()


def test_edit_gives_a_first_date(reader, follow_up):
    data = opened(reader, follow_up) | {"when": "end_of_month"}

    _form, saved = save(reader, follow_up, **data)

    assert (saved.due_on, saved.slips, saved.original_due_on) == (
        date(2017, 6, 30),
        0,
        date(2017, 6, 30),
    )


def test_conflict_keeps_what_was_typed_and_a_second_press_decides(reader, follow_up, coordinator):
    data = opened(reader, follow_up) | {"title": "Mine", "key": "k1"}
    workflow.edit_follow_up(follow_up, title="Theirs", note="By the other", by=coordinator)

    form, saved = save(reader, follow_up, **data)
    assert saved is None
    assert form["title"].value() == "Mine"
    assert form["version"].value() == "2"
    assert form.conflict.fields == {
        "title": {"mine": "Mine", "theirs": "Theirs", "before": "Paper"}
    }
    assert form.non_field_errors() == [
        "Somebody changed the same while you were writing. Choose, then save again."
    ]


def test_second_press_with_theirs_taken(reader, follow_up, coordinator):
    workflow.edit_follow_up(follow_up, title="Theirs", by=coordinator)
    data = opened(reader, follow_up) | {"title": "Mine", "note": "Also", "take_title": "theirs"}

    _form, saved = save(reader, follow_up, **data)

    assert (saved.title, saved.note) == ("Theirs", "Also")


def test_version_nobody_saw_is_told_on_top(reader, follow_up):
    form, saved = save(reader, follow_up, **opened(reader, follow_up) | {"version": "9"})

    assert saved is None
    assert form.non_field_errors() == ["This record has no such version. Load it anew."]


def test_form_without_a_version_acts_on_what_stands(reader, follow_up, coordinator):
    data = opened(reader, follow_up) | {"title": "Mine"}
    workflow.edit_follow_up(follow_up, title="Theirs", by=coordinator)
    del data["version"]

    _form, saved = save(reader, follow_up, **data)

    assert (saved.title, saved.version) == ("Mine", 3)


# --- the small forms ----------------------------------------------------------


def test_more_time_wants_a_day_and_a_reason(reader):
    form = forms.MoreTimeForm(sent(), viewer=reader)
    assert not form.is_valid()
    assert form.errors == {"when": ["Choose until when."], "why": ["Say why."]}

    form = forms.MoreTimeForm(sent(when="end_of_month", why="Lima"), viewer=reader)
    assert form.is_valid()
    assert form.verb_values() == {
        **NO_DUE,
        "due_on": date(2017, 6, 30),
        "due_text": "end of the month",
        "why": "Lima",
    }
    assert "none" not in dict(form.fields["when"].choices)


def test_more_time_is_given_through_the_form(reader, team_member):
    dated = workflow.add_follow_up(title="Paper", due_on=WEDNESDAY, by=team_member)
    form = forms.MoreTimeForm(sent(when="end_of_month", why="Lima"), viewer=reader)
    assert form.is_valid()

    assert form.attempt(workflow.move_due, dated, **form.verb_values()).slips == 1


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"as_told_by": "Qxqxqx"},
            "as_told_by",
            "Nobody is called “Qxqxqx”. Try another spelling.",
        ),
        ({"as_told_by": "Jane, Mike Bird"}, "as_told_by", "Name one person."),
        ({"told_how": "phone"}, "as_told_by", "Say who told it."),
    ],
)
def test_update_as_told_by_one_person(reader, values, field, message):
    form = forms.UpdateForm(sent(text="Draft sent", **values), viewer=reader)

    assert not form.is_valid()
    assert form.errors == {field: [message]}
    assert form["text"].value() == "Draft sent"


def test_update_through_the_form(reader, follow_up):
    values = {"text": "Draft sent", "as_told_by": "Shalini", "told_how": "phone"}
    form = forms.UpdateForm(sent(**values), viewer=reader)
    assert form.is_valid()

    written = form.attempt(workflow.update, follow_up, **form.verb_values())
    assert (written.as_told_by.name, written.told_how) == ("Shalini Sinha", "phone")


def test_assign_form_takes_one_name(reader, follow_up):
    form = forms.AssignForm(sent(name="Jane, Mike Bird", role="lead"), viewer=reader)
    assert not form.is_valid()
    assert form.errors == {"name": ["Name one at a time."]}

    form = forms.AssignForm(sent(name="Lucia, Fernandez", role="support"), viewer=reader)
    assert form.is_valid()
    given = form.attempt(workflow.assign, follow_up, **form.verb_values())
    assert (given.person.name, given.role) == ("Lucia Fernandez", "support")


def test_refusal_becomes_a_message_on_the_form(reader, follow_up, team_member):
    workflow.complete(follow_up, by=team_member)
    form = forms.AssignForm(sent(name="Jane", role="lead"), viewer=reader)
    assert form.is_valid()

    assert form.attempt(workflow.assign, follow_up, **form.verb_values()) is None
    assert form.non_field_errors() == ["This is closed. Open it again first, then change it."]


def test_empty_form_says_what_to_do(viewer_of, team_member):
    new = forms.FollowUpForm({"key": "x"}, viewer=viewer_of(team_member))
    update = forms.UpdateForm({"key": "x"}, viewer=viewer_of(team_member))

    assert new.errors == {"title": ["Say what is to be done."]}
    assert update.errors == {"text": ["Write what there is to tell."]}

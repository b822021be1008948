from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actions import workflow
from actions.models import Assignment, FollowUp, Update
from programmes import workflow as ground
from programmes.models import Alias, Change, ChangeSet, Programme
from retreats.models import StrategicIssue
from tests.actions.told import fresh, shown, told, verbs
from tests.factories import (
    AliasFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    UserFactory,
)
from wiego_review.common.errors import Conflict, Refused

pytestmark = pytest.mark.django_db

JUNE_7, JUNE_19 = date(2017, 6, 7), date(2017, 6, 19)


def test_add_follow_up_with_lead_tells_who(team_member):
    jane = PersonFactory(name="Jane Barrett")

    follow_up = workflow.add_follow_up(title="Migration", leads=[jane], by=team_member)

    assert [each.shown for each in follow_up.assignments.all()] == ["Jane Barrett"]
    assert follow_up.search_text == "migration | jane barrett"


def test_add_follow_up_keeps_everything_said(by, jane):
    programme, group = ProgrammeFactory(name="Paper Programme"), OrganisationFactory()
    AliasFactory(name="PapPro", programme=programme)
    ground.edit(programme, name="Paper Programme 2", by=by)
    follow_up = workflow.add_follow_up(
        title="Paper",
        kind="two_pager",
        leads=[jane, "Sofia"],
        supports=[group],
        programmes=[programme],
        due_on=JUNE_7,
        due_text="7 June",
        by=by,
    )

    assert (shown(follow_up), shown(follow_up, "support")) == (
        ["Jane of the Test", "Sofia"],
        [group.name],
    )
    assert (follow_up.state, follow_up.created_by, follow_up.version) == ("not_started", by, 1)
    assert (follow_up.original_due, follow_up.slips) == (follow_up.due, 0)
    assert follow_up.last_word_on == timezone.localdate()
    assert "pappro" in fresh(follow_up).search_text
    assert told(follow_up)[0][1]["programmes"] == [None, [programme.pk]]
    given = follow_up.assignments.get(person=jane)
    assert told(given)[0][1]["person"] == [None, jane.pk]
    assert given.given_by == by


def test_add_working_group_stands_and_has_no_date(by):
    group = workflow.add_follow_up(title="Group", kind="working_group", by=by)
    assert group.state == "under_way"

    with pytest.raises(ValidationError, match=r"A working group has no date"):
        workflow.add_follow_up(title="Group", kind="working_group", due_on=JUNE_7, by=by)


def test_add_with_a_name_twice_is_refused_whole(by, jane):
    with pytest.raises(ValidationError, match=r"They are on this follow-up already."):
        workflow.add_follow_up(title="Never there", leads=[jane], supports=[jane], by=by)

    assert not FollowUp.objects.filter(title="Never there").exists()


def test_edit_changes_fields_and_names_as_one_act(by, follow_up):
    mike = PersonFactory(name="Mike of the Test")
    edited = workflow.edit_follow_up(
        follow_up, title="Paper", leads=[mike], supports=["Sofia"], by=by, version=1
    )

    assert (shown(edited), shown(edited, "support")) == (["Mike of the Test"], ["Sofia"])
    assert verbs(by) == ["add_follow_up", "edit_follow_up"]
    assert edited.search_text == "paper | mike of the test | sofia"
    assert [version for version, _fields in told(follow_up)] == [1, 2, 3]
    ended = Assignment.objects.get(follow_up=follow_up, person__name="Jane of the Test")
    assert ended.ended_at is not None


def test_edit_that_changes_nothing_leaves_no_trace(by, follow_up, jane):
    edited = workflow.edit_follow_up(
        follow_up, title=follow_up.title, leads=[jane], supports=[], due_on=JUNE_7, by=by, version=1
    )

    assert edited.version == 1
    assert verbs(by) == ["add_follow_up"]


def test_edit_moves_somebody_from_lead_to_with(by, follow_up, jane):
    edited = workflow.edit_follow_up(follow_up, leads=["Sofia"], supports=[jane], by=by)
    assert (shown(edited), shown(edited, "support")) == (["Sofia"], ["Jane of the Test"])

    again = workflow.edit_follow_up(follow_up, leads=[jane], supports=[], by=by)
    assert (shown(again), shown(again, "support")) == (["Jane of the Test"], [])


def test_edit_keeps_the_rest_as_they_are(by, follow_up, jane):
    standing = follow_up.assignments.get(person=jane)

    workflow.edit_follow_up(follow_up, leads=[jane, "Sofia"], by=by)

    assert fresh(standing).ended_at is None
    assert shown(follow_up) == ["Jane of the Test", "Sofia"]


def test_conflict_in_fields_and_names_is_told_together(by, follow_up, jane):
    mike = PersonFactory()
    workflow.edit_follow_up(follow_up, title="Theirs", leads=[mike], by=UserFactory(), version=1)

    with pytest.raises(Conflict) as clash:
        workflow.edit_follow_up(
            follow_up, title="Mine", leads=[jane, "Sofia"], note="A note", by=by, version=1
        )

    assert clash.value.fields == {
        "title": {"mine": "Mine", "theirs": "Theirs", "before": "Africa Working Paper"},
        "leads": {
            "mine": [f"person:{jane.pk}", "text:Sofia"],
            "theirs": [f"person:{mike.pk}"],
            "before": [f"person:{jane.pk}"],
        },
    }
    assert fresh(follow_up).note == ""


def test_leads_and_fields_of_two_people_merge(by, follow_up, jane):
    mike = PersonFactory()
    workflow.edit_follow_up(follow_up, leads=[jane, mike], by=UserFactory(), version=1)

    edited = workflow.edit_follow_up(
        follow_up, title="Mine", leads=[jane], supports=["Sofia"], by=by, version=1
    )

    assert edited.title == "Mine"
    assert (len(shown(edited)), shown(edited, "support")) == (2, ["Sofia"])


def test_edit_of_a_later_day_wants_more_time(by, follow_up):
    for later in ({"due_on": JUNE_19}, {"due_until": JUNE_19}):
        with pytest.raises(ValidationError, match=r"For a later day ask for more time"):
            workflow.edit_follow_up(follow_up, **later, by=by)

    assert workflow.edit_follow_up(follow_up, due_on=date(2017, 6, 5), by=by).slips == 0


def test_edit_takes_no_way_round_by_clearing_the_day(by, follow_up):
    workflow.edit_follow_up(follow_up, due_on=None, by=by)

    with pytest.raises(ValidationError, match=r"For a later day ask for more time"):
        workflow.edit_follow_up(follow_up, due_on=JUNE_19, by=by)


def test_edit_with_an_old_version_leaves_a_day_others_moved(by, follow_up):
    workflow.edit_follow_up(follow_up, due_on=date(2017, 6, 1), by=UserFactory())

    edited = workflow.edit_follow_up(follow_up, due_on=JUNE_7, title="Mine", by=by, version=1)

    assert (edited.due_on, edited.title) == (date(2017, 6, 1), "Mine")


def test_first_date_given_later_is_the_original_one(by):
    follow_up = workflow.add_follow_up(title="No date yet", by=by)
    assert not follow_up.original_due

    edited = workflow.edit_follow_up(follow_up, due_on=JUNE_7, due_text="7 June", by=by)

    assert (str(edited.original_due), edited.slips) == ("7 Jun 2017", 0)


def test_update_starts_it_and_is_the_last_word(by, follow_up):
    FollowUp.objects.filter(pk=follow_up.pk).update(last_word_on=date(2017, 5, 1))
    shalini = PersonFactory(name="Shalini of the Test")

    written = workflow.update(
        follow_up, text=" Draft sent. ", as_told_by=shalini, told_how="phone", by=by
    )

    assert (written.text, written.by, written.as_told_by, written.told_how) == (
        "Draft sent.",
        by,
        shalini,
        "phone",
    )
    now = fresh(follow_up)
    assert (now.state, now.version, now.last_word_on) == ("under_way", 2, timezone.localdate())
    assert ChangeSet.objects.get(by=by, verb="update").record == written


def test_second_update_moves_no_state(by, follow_up):
    workflow.update(follow_up, text="One", by=by)
    workflow.update(follow_up, text="Two", by=by)

    assert fresh(follow_up).version == 2


def test_update_without_words_or_teller_is_refused(by, follow_up):
    with pytest.raises(ValidationError, match=r"Write what there is to tell."):
        workflow.update(follow_up, text="  ", by=by)
    with pytest.raises(ValidationError, match=r"Say who told it."):
        workflow.update(follow_up, text="Heard so", told_how="phone", by=by)

    assert not Update.objects.filter(follow_up=follow_up).exists()


def test_complete_with_words_writes_an_update(by, follow_up):
    done = workflow.complete(follow_up, text="Held on 6 June", by=by)

    assert (done.state, done.version) == ("done", 2)
    assert [each.text for each in done.updates.all()] == ["Held on 6 June"]
    assert verbs(by) == ["add_follow_up", "complete"]
    again = workflow.complete(follow_up, text="Twice", by=by)
    assert (again.version, again.updates.count()) == (2, 1)


def test_complete_of_a_group_wants_a_reason(by):
    group = workflow.add_follow_up(title="Group", kind="working_group", by=by)

    with pytest.raises(ValidationError) as refused:
        workflow.complete(group, text=" ", by=by)
    assert refused.value.message_dict == {"text": ["Say why the group is closed."]}

    assert workflow.complete(group, text="Its work is done", by=by).state == "done"


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_ended_follow_up_takes_no_changes_until_reopened(by, follow_up, state):
    FollowUp.objects.filter(pk=follow_up.pk).update(state=state)
    refusing = [
        lambda: workflow.edit_follow_up(follow_up, title="New", by=by),
        lambda: workflow.move_due(follow_up, due_on=JUNE_19, why="Lima", by=by),
        lambda: workflow.assign(follow_up, party="Sofia", by=by),
    ]
    for attempt in refusing:
        with pytest.raises(Refused, match=r"This is closed. Open it again first, then change it."):
            attempt()

    assert workflow.reopen(follow_up, by=by).state == "under_way"
    with pytest.raises(Refused, match=r"This is still open"):
        workflow.reopen(follow_up, by=by)


def test_dropped_follow_up_is_not_done_by_a_press(by, follow_up):
    FollowUp.objects.filter(pk=follow_up.pk).update(state="dropped")

    with pytest.raises(Refused):
        workflow.complete(follow_up, by=by)


# --- what is Board only -------------------------------------------------------


@pytest.fixture
def sealed(by):
    return workflow.add_follow_up(title="Board matter", sealed=True, leads=["Sofia"], by=by)


def test_sealed_update_moves_nothing_of_its_open_follow_up(by, follow_up):
    before = FollowUp.objects.filter(pk=follow_up.pk).values().get()

    written = workflow.update(follow_up, text="For the Board only", sealed=True, by=by)

    assert written.sealed
    assert FollowUp.objects.filter(pk=follow_up.pk).values().get() == before
    assert told(follow_up)[1:] == []
    assert list(Change.objects.of(written).values_list("was_sealed", flat=True)) == [True]


def test_what_is_born_of_a_sealed_follow_up_is_sealed(by, sealed):
    step = workflow.add_follow_up(title="Its step", parent=sealed, leads=["Sofia"], by=by)
    written = workflow.update(sealed, text="Under way", by=by)
    workflow.complete(sealed, text="It is done", by=by)
    output = ground.add(model_of("output"), title="Its paper", follow_up=sealed, by=by)
    workflow.assign(step, party="Lucia", by=by)

    assert (step.sealed, written.sealed, output.sealed) == (True, True, True)
    assert list(sealed.updates.values_list("sealed", flat=True)) == [True, True]
    mine = Change.objects.filter(change_set__by=by)
    assert set(mine.values_list("was_sealed", flat=True)) == {True}
    assert mine.filter(content_type__model="assignment").count() == 3


def test_update_starts_a_sealed_follow_up_and_is_its_last_word(by, sealed):
    FollowUp.objects.filter(pk=sealed.pk).update(last_word_on=JUNE_7, state="not_started")

    workflow.update(fresh(sealed), text="Under way", by=by)

    assert (fresh(sealed).state, fresh(sealed).last_word_on) == ("under_way", timezone.localdate())


def model_of(name):
    from django.apps import apps

    return apps.get_model("actions", name)


def test_open_record_never_points_at_a_sealed_one(by, follow_up, sealed):
    told = "This is Board only. What everybody sees cannot refer to it."
    with pytest.raises(ValidationError) as refused:
        workflow.edit_follow_up(follow_up, parent=sealed, by=by)
    assert refused.value.message_dict == {"parent": [told]}

    from tests.factories import BodyFactory

    values = {"body": BodyFactory(), "title": "Open", "year": 2017, "outcome": "noted"}
    with pytest.raises(ValidationError) as refused:
        ground.add(model_of("decision"), follow_ups=[follow_up, sealed], **values, by=by)
    assert refused.value.message_dict == {"follow_ups": [told]}

    decision = ground.add(model_of("decision"), follow_ups=[follow_up], **values, by=by)
    with pytest.raises(ValidationError) as refused:
        ground.edit(decision, follow_ups=[follow_up, sealed], by=by)
    assert list(decision.follow_ups.all()) == [follow_up]
    closed = ground.add(model_of("decision"), follow_ups=[sealed], **values, sealed=True, by=by)
    assert list(closed.follow_ups.all()) == [sealed]


# --- what the search looks through --------------------------------------------


def test_search_text_follows_names_and_issues(by, jane):
    programme = ground.add(Programme, name="Paper Programme", by=by)
    issue = ground.add(StrategicIssue, title="Supply chains", by=by)
    follow_up = workflow.add_follow_up(
        title="Paper", leads=[jane], programmes=[programme], issue=issue, by=by
    )

    ground.add(Alias, name="Jané Bárrett", person=jane, by=by)
    ground.edit(programme, name="Pulp Programme", by=by)
    ground.edit(issue, title="Value chains", by=by)

    assert fresh(follow_up).search_text == (
        "paper | value chains | jane of the test | jane barrett | pulp programme"
    )


def test_follow_up_without_change_keeps_its_version(by):
    follow_up = FollowUpFactory(title="As it is")

    workflow.edit_follow_up(follow_up, title="As it is", by=by)

    assert (fresh(follow_up).version, verbs(by)) == (1, [])


@pytest.mark.parametrize("year", [1899, 2200, 9999])
def test_add_follow_up_in_no_year_of_ours_is_refused(team_member, year):
    with pytest.raises(ValidationError) as refused:
        workflow.add_follow_up(title="Migration", due_on=date(year, 12, 1), by=team_member)

    assert refused.value.message_dict["due_on"] == ["Write a year between 1900 and 2199."]


def test_add_follow_up_with_nothing_visible_is_refused(team_member):
    with pytest.raises(ValidationError) as refused:
        workflow.add_follow_up(title="\u200b", by=team_member)

    assert refused.value.message_dict == {"title": ["Say what is to be done."]}

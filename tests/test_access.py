"""Who sees what and may do what, derived from the one declaration (`access.nouns`)."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from actions import naming as actions_naming
from actions import papers as actions_papers
from actions import workflow as actions_workflow
from actions.models import Assignment, FollowUp
from programmes import workflow as programmes_workflow
from programmes.models import User
from retreats import naming as retreats_naming
from retreats import workflow as retreats_workflow
from tests import factories
from tests.seen import ROWS, expected, given, roles_of, taken_part
from wiego_review.common.access import NETWORK, ROLES, may_ever, nouns
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db

OUR_APPS = ("programmes", "retreats", "actions")


def seen_of(rows, viewer):
    model = type(next(iter(rows.values())))
    visible = set(model.objects.visible_to(viewer).values_list("pk", flat=True))
    return {kind for kind, row in rows.items() if row.pk in visible}


def test_every_noun_has_rows_to_try():
    assert set(ROWS) == set(nouns)


def test_every_model_that_is_seen_is_declared():
    seen = {
        model._meta.model_name: model._meta.app_label
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if hasattr(model.objects.all(), "visible_to")
    }

    assert seen == {noun.name: noun.app for noun in nouns.values()}


def test_every_grain_declared_is_one_the_noun_knows():
    wrong = [
        (noun.name, grain)
        for noun in nouns.values()
        for grain in {grain for grains in noun.sees.values() for grain in grains}
        if grain not in apps.get_model(noun.app, noun.name).objects.all().GRAINS
    ]

    assert wrong == []


# Which rows each role is meant to see; the declaration is held against this. All of the network
# see what is open, but for:
SEEN = {
    "alias": dict.fromkeys(NETWORK, ("all",)),
    "user": {**dict.fromkeys((*NETWORK, "guest", "chair"), ("own",)), "administrator": ("all",)},
}
HANGING = ("followup", "assignment", "update", "output", "outputversion")
BESIDE = {
    "guest": {
        "person": "met",
        "strategicissue": "title",
        **dict.fromkeys(HANGING, "assigned"),
        **dict.fromkeys(("retreat", "headcount", "day", "participant"), "own"),
        **dict.fromkeys(("session", "sessionperson"), "own"),
    },
    "administrator": {"person": "name"},
    "board": dict.fromkeys(("note", "decision", *HANGING), "sealed"),
}


@pytest.mark.parametrize("noun", ROWS)
def test_noun_is_seen_by_whom_it_is_meant_for(noun):
    seen = dict(SEEN.get(noun, dict.fromkeys(NETWORK, ("open",))))
    for role, told in BESIDE.items():
        if noun in told:
            seen[role] = (*seen.get(role, ()), told[noun])

    assert nouns[noun].sees == seen


@pytest.mark.parametrize("board_open", [False, True])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("noun", ROWS)
def test_role_sees_exactly_what_is_declared(noun, role, board_open):
    user = factories.UserFactory(roles=[role])
    rows = ROWS[noun](user)
    viewer = Viewer(user, board_open=board_open)

    assert seen_of(rows, viewer) == expected(noun, roles_of(role), board_open) & rows.keys()


@pytest.mark.parametrize("noun", ROWS)
def test_nobody_without_a_role_sees_a_row(noun):
    stranger = factories.UserFactory(roles=[])
    gone = factories.UserFactory(roles=ROLES, is_active=False)
    chief = factories.UserFactory(roles=[], is_superuser=True)

    for user in (stranger, gone, chief):
        rows = ROWS[noun](user) if noun != "sourcedocument" else {}
        assert not rows or seen_of(rows, Viewer(user, board_open=True)) == set()


def test_sealed_row_shows_only_while_open_to_the_board():
    user = factories.UserFactory(roles=["coordinator", "administrator", "team", "guest"])
    rows = ROWS["followup"](user)

    assert seen_of(rows, Viewer(user, board_open=True)) == {"open", "own"}


@pytest.mark.parametrize("make", [factories.UpdateFactory, factories.OutputFactory])
@pytest.mark.parametrize("role", ["guest", "team", "coordinator"])
def test_neither_a_sealed_row_nor_one_of_a_sealed_follow_up_shows(role, make):
    user = factories.UserFactory(roles=[role])
    own, sealed = given(user.person), given(user.person, sealed=True)
    rows = {
        "open": make(follow_up=own),
        "sealed": make(follow_up=own, sealed=True),
        "of sealed": make(follow_up=sealed),
    }

    assert seen_of(rows, Viewer(user, board_open=True)) == {"open"}


def test_guest_sees_no_session_of_the_team_or_the_board():
    guest = factories.UserFactory(roles=["guest"])
    retreat = taken_part(guest.person)
    sessions = {
        audience: factories.SessionFactory(retreat=retreat, audience=audience)
        for audience in ("all", "team", "board")
    }

    assert seen_of(sessions, Viewer(guest)) == {"all"}


def test_guest_who_was_not_there_sees_nothing_of_a_retreat():
    guest = factories.UserFactory(roles=["guest"])
    missed = factories.ParticipantFactory(person=guest.person, attended="no").retreat

    assert seen_of({"missed": missed}, Viewer(guest)) == set()


def test_guest_sees_no_longer_what_was_taken_from_them():
    guest = factories.UserFactory(roles=["guest"])
    follow_up = given(guest.person)
    assert seen_of({"it": follow_up}, Viewer(guest)) == {"it"}

    actions_workflow.unassign(follow_up.assignments.get(), by=guest)

    assert seen_of({"it": follow_up}, Viewer(guest)) == set()


# --- who may do what ----------------------------------------------------------


def concerned_in_person(user):
    return {"not": factories.PersonFactory(), "own": user.person}


def concerned_in_assignment(user):
    return {"not": factories.AssignmentFactory(), "own": given(user.person).assignments.get()}


def concerned_in_follow_up(user):
    programme = factories.MembershipFactory(person=user.person).programme
    filed, led = factories.FollowUpFactory(), factories.FollowUpFactory()
    filed.programmes.add(programme)
    factories.AssignmentFactory(follow_up=led, person=None, programme=programme)
    ended = given(user.person)
    Assignment.objects.filter(follow_up=ended).update(ended_at="2017-06-01T00:00Z")
    rows = {
        "not": factories.FollowUpFactory(),
        "ended": ended,
        "assigned": given(user.person),
        "recorded": factories.FollowUpFactory(created_by=user),
        "filed": filed,
        "led": led,
    }
    keys = {kind: row.pk for kind, row in rows.items()}
    found = FollowUp.objects.for_policies().in_bulk(keys.values())
    return {kind: found[pk] for kind, pk in keys.items()}


EVERYTHING = {"not", "ended", "own", "assigned", "recorded", "filed", "led"}
CONCERNED = {"assigned", "recorded", "filed", "led"}
ALL = {"coordinator": EVERYTHING}
CHANGES = {**dict.fromkeys(("team", "board"), CONCERNED), **ALL}
OWN = {role: {"own"} for role in ("guest", "team", "coordinator", "board")}
# What each permission is meant to give; the declaration is held against this.
MEANT = {
    "programmes.rename_person": {"team": {"own"}, "board": {"own"}, **ALL},
    "actions.add_followup": dict.fromkeys(("team", "coordinator", "board"), EVERYTHING),
    **{
        f"actions.{verb}_followup": CHANGES
        for verb in ("edit", "complete", "ask_help", "move_due", "reopen", "assign", "unassign")
    },
    "actions.update_followup": {**CHANGES, "guest": {"assigned"}},
    **{
        f"actions.{verb}_output": dict.fromkeys(NETWORK, EVERYTHING)
        for verb in ("add", "add_version", "edit")
    },
    "actions.accept_assignment": OWN,
    "actions.decline_assignment": OWN,
    **{
        f"programmes.{verb}_user": {"administrator": EVERYTHING}
        for verb in ("add", "edit", "invite", "take_off_step")
    },
}
MADE = {
    "person": concerned_in_person,
    "followup": concerned_in_follow_up,
    "assignment": concerned_in_assignment,
}


def permissions():
    return [noun.permission(verb) for noun in nouns.values() for verb in noun.does]


def meant(permission):
    return MEANT.get(permission, ALL)


def subjects(permission, user):
    noun = permission.rpartition("_")[2]
    if noun in MADE:
        return MADE[noun](user)
    return {"not": next(iter(ROWS[noun](user).values()))}


def test_everything_meant_is_declared():
    assert set(MEANT) <= set(permissions())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", permissions())
def test_role_may_do_exactly_what_is_meant(permission, role):
    user = factories.UserFactory(roles=[role])
    rows = subjects(permission, user)

    may = {kind for kind, row in rows.items() if user.has_perm(permission, row)}

    told = meant(permission)
    allowed = set().union(*(told.get(each, set()) for each in roles_of(role)))
    assert may == allowed & rows.keys()
    assert may_ever(user, permission) == bool(roles_of(role) & told.keys())


@pytest.mark.parametrize("permission", permissions())
def test_no_flag_opens_what_roles_do_not(permission):
    chief = factories.UserFactory(roles=[], is_superuser=True)
    gone = factories.UserFactory(roles=ROLES, is_active=False, is_superuser=True)

    for user in (chief, gone):
        rows = subjects(permission, user)
        assert [kind for kind, row in rows.items() if user.has_perm(permission, row)] == []
        assert not user.has_perm(permission)
        assert not user.has_perms([permission])
        assert not user.has_module_perms("actions")
        assert not user.is_staff


@pytest.mark.parametrize("permission", permissions())
def test_question_without_a_record_has_an_answer(permission):
    for role in ROLES:
        user = factories.UserFactory(roles=[role])
        told = set().union(*(meant(permission).get(each, set()) for each in roles_of(role)))
        assert user.has_perm(permission) == ("not" in told)


def test_nobody_by_name_is_not_the_one_it_is_given_to():
    user = factories.UserFactory(roles=["team"], person=None)
    led = factories.AssignmentFactory(person=None, programme=factories.ProgrammeFactory())

    assert not user.has_perm("actions.edit_followup", led.follow_up)
    assert not user.has_perm("actions.accept_assignment", led)


def test_policies_read_no_rows_of_a_loaded_follow_up(django_assert_num_queries):
    user = factories.UserFactory(roles=["team"])
    rows = concerned_in_follow_up(user)
    assert user.roles and user.programme_ids

    with django_assert_num_queries(0):
        found = [user.has_perm("actions.edit_followup", row) for row in rows.values()]

    assert found == [False, False, True, True, True, True]


def test_membership_that_ended_opens_nothing():
    user = factories.UserFactory(roles=["team"])
    past = factories.MembershipFactory(person=user.person, ended_on=date(2017, 3, 1))
    follow_up = factories.FollowUpFactory()
    follow_up.programmes.add(past.programme)

    assert not user.has_perm("actions.edit_followup", follow_up)


def test_staff_follows_from_roles():
    staff = {role for role in ROLES if factories.UserFactory(roles=[role]).is_staff}

    assert staff == {"coordinator", "board", "chair", "administrator"}


def test_roles_are_group_names_and_no_others():
    from django.contrib.auth.models import Group

    user = factories.UserFactory(roles=["chair"])
    user.groups.add(Group.objects.create(name="emperor"))

    assert User.objects.get(pk=user.pk).roles == {"chair", "board"}


# Verbs that are not called as their permission is.
VERBS_BY_NAME = {"retreats.answer_issuelink": "answer_link"}


@pytest.mark.parametrize("permission", permissions())
def test_every_declared_verb_is_a_function_of_a_workflow(permission):
    app, _dot, rest = permission.partition(".")
    verb = rest.rpartition("_")[0]
    rooms = {
        "actions": (actions_workflow, actions_naming, actions_papers),
        "retreats": (retreats_workflow, retreats_naming),
    }
    names = (verb, VERBS_BY_NAME.get(permission, ""))
    own = [*rooms.get(app, ()), programmes_workflow]

    assert any(callable(getattr(room, name, None)) for room in own for name in names)


def test_every_declared_verb_is_asked_for_by_a_door():
    doors = ("views.py", "together.py", "names_in_words.py", "api.py", "admin.py")
    doors += ("account_admin.py", "paper_views.py")
    folders = [settings.BASE_DIR / name for name in ("wiego_review", *OUR_APPS)]
    files = [path for folder in folders for path in Path(folder).rglob("*.py")]
    text = "\n".join(path.read_text() for path in files if path.name in doors)
    verbs = {verb for noun in nouns.values() for verb in noun.does}

    assert [verb for verb in sorted(verbs) if not re.search(rf"\b{verb}(_\w+)?\b", text)] == []

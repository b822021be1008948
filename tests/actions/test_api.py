"""What is written by REST, and how it answers."""

import pytest

from actions.models import Assignment, FollowUp
from programmes.models import Change, ChangeSet
from tests.factories import (
    AssignmentFactory,
    FollowUpFactory,
    PersonFactory,
)
from tests.rest import codes, posted, url


def test_follow_up_is_written_down_whole(api_of, coordinator):
    data = {
        "title": "Migration, a two-pager",
        "kind": "two_pager",
        "leads": ["Laura Alfars", {"text": "Somebody in Lima"}],
        "supports": [{"slug": "jane-barrett"}],
        "retreat": "Bellagio-2017",
        "sectors": ["domestic-workers"],
        "due_on": "2018-06-05",
        "due_text": "before the Board meets",
        "note": "as said on the phone",
    }

    answer = posted(api_of(coordinator), url("follow-ups"), data)

    told = answer.json()
    assert answer.status_code == 201
    assert answer["ETag"] == f'"{told["version"]}"'
    assert told["leads"] == [
        {"slug": "laura-alferts", "name": "Laura Alferts", "kind": "person"},
        {"slug": None, "name": "Somebody in Lima", "kind": "text"},
    ]
    assert [each["slug"] for each in told["supports"]] == ["jane-barrett"]
    assert told["retreat"]["slug"] == "bellagio-2017"
    assert told["original_due"] == {
        "on": "2018-06-05",
        "until": None,
        "text": "before the Board meets",
    }
    assert told["created_by"]["slug"] == "mike-bird"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "done"),
        ("sealed", True),
        ("slips", 3),
        ("colour", "red"),
        ("title", ""),
        ("title", None),
        ("title", ["x"]),
        ("title", "x" * 251),
        ("title", "x\x00"),
        ("kind", "party"),
        ("kind", {}),
        ("leads", "Mike Bird"),
        ("leads", [3]),
        ("leads", [None]),
        ("leads", [{"text": 3}]),
        ("leads", [{"text": ""}]),
        ("leads", ["x\x00"]),
        ("leads", ["x" * 201]),
        ("leads", ["Nobody of this name"]),
        ("leads", ["Mike Bird", "mike-bird"]),
        ("leads", ["Mike Bird"] * 51),
        ("retreat", "nowhere"),
        ("retreat", "x\x00"),
        ("issue", "I-00000000"),
        ("parent", 7),
        ("sectors", ["nothing"]),
        ("sectors", "domestic-workers"),
        ("due_on", "5 June"),
        ("due_on", "2017-06-05T10:00"),
        ("due_on", 20170605),
        ("due_until", "2017-06-05"),
        ("due_text", "x" * 201),
        ("ongoing", "perhaps"),
        ("note", "x" * 20_001),
    ],
)
def test_follow_up_with_a_wrong_field_is_400_and_not_written(field, value, api_of, coordinator):
    before = FollowUp.objects.count()

    answer = posted(api_of(coordinator), url("follow-ups"), {"title": "x", field: value})

    assert codes(answer) == (400, "invalid")
    assert FollowUp.objects.count() == before


@pytest.mark.parametrize(
    ("noun", "verb", "known"),
    [
        ("assignments", None, "version, party, role, follow_up"),
        ("follow-ups", "assign", "version, party, role"),
        ("follow-ups", "reopen", "version"),
        ("updates", None, "follow_up, text, as_told_by, told_how"),
    ],
)
def test_unknown_field_is_named_with_the_known_ones(noun, verb, known, api_of, coordinator, led):
    address = url(noun, led.ref if verb else None, verb)

    answer = posted(api_of(coordinator), address, {"target": "mike-bird", "sealed": True})

    told = [f"There is no such field. These are known: {known}."]
    assert codes(answer) == (400, "invalid")
    assert answer.json()["fields"] == {"sealed": told, "target": told}


def test_name_that_may_be_several_is_400_with_candidates(api_of, coordinator):
    for name in ("Maria Quayle", "Maria Quist"):
        PersonFactory(name=name, search_text=name.lower())

    answer = posted(api_of(coordinator), url("follow-ups"), {"title": "x", "leads": ["Maria Qu"]})

    assert codes(answer) == (400, "invalid")
    assert sorted(each["slug"] for each in answer.json()["candidates"]) == [
        "maria-quayle",
        "maria-quist",
    ]


def test_edit_without_a_version_is_428(api_of, coordinator, led):
    answer = api_of(coordinator).patch(url("follow-ups", led.ref), {"note": "x"}, format="json")

    assert codes(answer) == (428, "version_required")


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "1"])
def test_edit_takes_the_etag_it_was_given(tag, api_of, coordinator, led):
    answer = api_of(coordinator).patch(
        url("follow-ups", led.ref), {"note": "x"}, format="json", headers={"If-Match": tag}
    )

    assert (answer.status_code, answer.json()["version"], answer["ETag"]) == (200, 2, '"2"')


@pytest.mark.parametrize(
    ("version", "tag"), [(None, '"x"'), (None, "*"), (2, '"1"'), (99, None), (0, None)]
)
def test_edit_with_a_version_that_cannot_be_is_400(version, tag, api_of, coordinator, led):
    data = {"note": "x"} | ({"version": version} if version is not None else {})
    headers = {"If-Match": tag} if tag else {}

    answer = api_of(coordinator).patch(
        url("follow-ups", led.ref), data, format="json", headers=headers
    )

    assert codes(answer) == (400, "invalid")


def test_stale_edit_of_another_field_merges(api_of, coordinator, led):
    api = api_of(coordinator)
    address = url("follow-ups", led.ref)
    api.patch(address, {"title": "Migration and care", "version": 1}, format="json")

    answer = api.patch(address, {"note": "see Lima", "version": 1}, format="json")

    told = answer.json()
    assert (told["title"], told["note"], told["version"]) == ("Migration and care", "see Lima", 3)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (
            {"title": "Care", "retreat": "bellagio-2017"},
            {"title": "Homes", "retreat": "team-retreat-2017", "note": "x"},
            {
                "title": {"mine": "Homes", "theirs": "Care", "before": "Migration"},
                "retreat": {"mine": "team-retreat-2017", "theirs": "bellagio-2017", "before": None},
            },
        ),
        (
            {"leads": ["mike-bird"]},
            {"leads": ["jane-barrett", {"text": "Sofia"}]},
            {
                "leads": {
                    "mine": ["jane-barrett", {"text": "Sofia"}],
                    "theirs": ["mike-bird"],
                    "before": ["vanessa-pillay"],
                },
            },
        ),
    ],
)
def test_stale_edit_of_the_same_field_is_409_with_all_three(
    first, second, told, api_of, coordinator, led
):
    api = api_of(coordinator)
    address = url("follow-ups", led.ref)
    assert api.patch(address, {**first, "version": 1}, format="json").status_code == 200

    answer = api.patch(address, {**second, "version": 1}, format="json")

    assert codes(answer) == (409, "conflict")
    assert answer.json()["fields"] == told
    assert answer.json()["current"] == FollowUp.objects.get(pk=led.pk).version


def test_follow_up_is_completed_and_taken_up_again(api_of, team_member, led):
    api = api_of(team_member)

    done = posted(api, url("follow-ups", led.ref, "complete"), {"text": "Sent to all."})
    twice = posted(api, url("follow-ups", led.ref, "complete"), {})
    opened = posted(api, url("follow-ups", led.ref, "reopen"), {})
    refused = posted(api, url("follow-ups", led.ref, "reopen"), {})

    assert [each.json()["state"] for each in (done, twice, opened)] == ["done", "done", "under_way"]
    assert codes(refused) == (409, "refused")
    assert [each.text for each in led.updates.all()] == ["Sent to all."]
    assert {each.via for each in ChangeSet.objects.filter(by=team_member)} == {"rest"}


def test_verb_whose_words_come_in_pieces_is_411_and_not_done(api_of, team_member, led):
    answer = api_of(team_member).generic(
        "POST", url("follow-ups", led.ref, "complete"), headers={"Transfer-Encoding": "chunked"}
    )

    assert codes(answer) == (411, "length_required")
    assert FollowUp.objects.get(pk=led.pk).state == "not_started"


def test_more_time_counts_and_wants_its_reason(api_of, team_member, led):
    api = api_of(team_member)
    address = url("follow-ups", led.ref, "move-due")

    unsaid = posted(api, address, {"due_on": "2017-06-19"})
    moved = posted(api, address, {"due_on": "2017-06-19", "why": "waiting for Lima"})

    assert codes(unsaid) == (400, "invalid")
    assert (moved.json()["due_on"], moved.json()["slips"]) == ("2017-06-19", 1)


def test_assigning_answering_and_taking_off(api_of, coordinator, team_member, led):
    api = api_of(coordinator)
    whole = posted(api, url("follow-ups", led.ref, "assign"), {"party": "Jane Barrett"})
    one = posted(
        api,
        url("assignments"),
        {"follow_up": led.ref, "party": "focal-cities", "role": "support"},
    )
    mine = Assignment.objects.get(follow_up=led, person=team_member.person)
    accepted = posted(api_of(team_member), url("assignments", mine.ref, "accept"), {})
    not_asked = posted(api, url("assignments", mine.ref, "accept"), {})
    declined = posted(api_of(team_member), url("assignments", mine.ref, "decline"), {})
    ended = posted(api, url("assignments", one.json()["ref"], "unassign"), {})
    twice = posted(api, url("assignments", one.json()["ref"], "unassign"), {})

    assert [each["slug"] for each in whole.json()["leads"]] == ["vanessa-pillay", "jane-barrett"]
    assert one.json()["target"] == {
        "slug": "focal-cities",
        "name": "Focal Cities",
        "kind": "programme",
    }
    assert (one.status_code, one.json()["role"]) == (201, "support")
    assert accepted.json()["answer"] == "accepted"
    assert codes(not_asked) == (403, "permission_denied")
    assert declined.json()["answer"] == "declined"
    assert ended.json()["ended_at"] is not None
    assert codes(twice) == (409, "refused")


def test_update_keeps_who_told_it(api_of, coordinator, led):
    data = {
        "follow_up": led.ref,
        "text": "The draft is with Lima.",
        "as_told_by": "Shalini Sinha",
        "told_how": "phone",
    }

    answer = posted(api_of(coordinator), url("updates"), data)

    told = answer.json()
    assert answer.status_code == 201
    assert told["as_told_by"]["slug"] == "shalini-sinha"
    assert told["by"]["slug"] == "mike-bird"
    assert FollowUp.objects.get(pk=led.pk).state == "under_way"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("follow_up", "F-00000000"),
        ("text", "  "),
        ("as_told_by", "focal-cities"),
        ("as_told_by", {"text": "Sofia"}),
        ("told_how", "phone"),
        ("told_how", "smoke"),
        ("sealed", True),
        ("by", "jane-barrett"),
    ],
)
def test_update_with_a_wrong_field_is_400(field, value, api_of, coordinator, led):
    data = {"follow_up": led.ref, "text": "x", field: value}

    assert codes(posted(api_of(coordinator), url("updates"), data)) == (400, "invalid")


def test_guest_writes_on_what_is_given_to_them_only(api_of, guest, led):
    given = FollowUpFactory()
    assignment = AssignmentFactory(follow_up=given, person=guest.person)
    api = api_of(guest)

    answers = [
        posted(api, url("updates"), {"follow_up": given.ref, "text": "Sent."}),
        posted(api, url("assignments", assignment.ref, "accept"), {}),
        posted(api, url("updates"), {"follow_up": led.ref, "text": "Sent."}),
        posted(api, url("follow-ups", led.ref, "complete"), {}),
        posted(api, url("follow-ups", given.ref, "complete"), {}),
        posted(api, url("follow-ups"), {"title": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [201, 200, 400, 404, 403, 403]


@pytest.mark.parametrize(
    ("noun", "verb", "data"),
    [
        ("assignments", None, {"party": "Mike Bird"}),
        ("assignments", "decline", {}),
        ("updates", None, {"text": "Sent."}),
    ],
)
def test_who_is_not_concerned_writes_nothing(noun, verb, data, api_of, other_team_member, led):
    given = led.assignments.get()
    address = url(noun, given.ref if verb else None, verb)
    before = Change.objects.count()

    answer = posted(
        api_of(other_team_member), address, data if verb else {**data, "follow_up": led.ref}
    )

    assert codes(answer) == (403, "permission_denied")
    assert Change.objects.count() == before


def test_write_to_what_is_hidden_changes_nothing(api_of, team_member):
    sealed = FollowUpFactory(sealed=True)
    AssignmentFactory(follow_up=sealed, person=team_member.person)
    api = api_of(team_member)

    answers = [
        posted(api, url("follow-ups", sealed.ref, "complete"), {}),
        api.patch(url("follow-ups", sealed.ref), {"note": "x", "version": 1}, format="json"),
    ]

    assert [codes(answer) for answer in answers] == [(404, "not_found")] * 2
    assert not Change.objects.of(sealed).exists()


@pytest.mark.parametrize(("field", "most"), [("leads", 20), ("supports", 20), ("sectors", 50)])
def test_long_list_is_refused_before_any_of_it_is_looked_up(field, most, api_of, coordinator):
    long = [f"Qx{number}" for number in range(most + 1)]

    answer = posted(api_of(coordinator), url("follow-ups"), {"title": "x", field: long})

    assert codes(answer) == (400, "invalid")
    assert answer.json()["fields"] == {
        field: [f"Ensure this field has no more than {most} elements."]
    }

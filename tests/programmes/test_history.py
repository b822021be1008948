import pytest

from actions import workflow
from actions.models import FollowUp
from programmes import workflow as ground
from programmes.history import SENTENCES, conflict_lines, history_of
from programmes.models import City, Person
from tests.factories import CityFactory, PersonFactory, UserFactory
from wiego_review.common.access import nouns
from wiego_review.common.errors import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(roles=["team"], person=PersonFactory(name="Wanjiru Test"))


@pytest.fixture
def reader(viewer_of, coordinator):
    return viewer_of(coordinator)


def sentences(record, viewer, also=()):
    return [(each.sentence, each.details) for each in history_of(record, viewer, also)]


def test_every_verb_has_its_sentence():
    verbs = {verb for noun in nouns.values() for verb in noun.does}

    assert verbs <= SENTENCES.keys()
    assert {"load", "add_follow_up", "edit_follow_up", "set_account"} <= SENTENCES.keys()


def test_history_in_plain_sentences(by, reader):
    jane = PersonFactory(name="Jane Test")
    from datetime import date

    follow_up = workflow.add_follow_up(title="Paper", due_on=date(2017, 6, 7), by=by)
    workflow.move_due(follow_up, due_on=date(2017, 6, 19), why="waiting for Lima", by=by)
    workflow.assign(follow_up, party=jane, by=by)
    workflow.edit_follow_up(follow_up, title="Papers", kind="two_pager", supports=["Sofia"], by=by)
    workflow.complete(follow_up, by=by)

    assert sentences(follow_up, reader) == [
        ("Wanjiru Test marked it done", ["Where it stands: Not started → Done"]),
        (
            "Wanjiru Test changed it",
            [
                "Kind: Other → Two-pager",
                "What is to be done: Paper → Papers",
                "With: – → Sofia",
            ],
        ),
        ("Wanjiru Test gave it to somebody", ["Lead: – → Jane Test"]),
        ("Wanjiru Test moved the date", ["By when: 7 Jun 2017 → 19 Jun 2017"]),
        ("Wanjiru Test wrote this down", []),
    ]
    assert [each.why for each in history_of(follow_up, reader)] == [
        "",
        "",
        "",
        "waiting for Lima",
        "",
    ]


def test_history_names_records_that_were_chosen(by, reader):
    tema, accra = CityFactory(name="Tema"), CityFactory(name="Accra Test")
    follow_up = workflow.add_follow_up(title="Paper", cities=[tema], by=by)
    workflow.edit_follow_up(follow_up, cities=[tema, accra], by=by)

    (edited, _added) = history_of(follow_up, reader)
    (line,) = edited.details
    before, after = line.removeprefix("Cities: ").split(" → ")
    assert (before, set(after.split("; "))) == ("Tema", {"Tema", "Accra Test"})


def test_history_tells_who_said_it_on_the_phone(by, reader):
    city = ground.add(City, name="Tema", by=by)
    teller = PersonFactory(name="Shalini Test")
    ground.edit(city, country="Ghana", as_told_by=teller, told_how="phone", by=by)

    assert history_of(city, reader)[0].told == "as told by Shalini Test by phone"


def test_history_of_what_was_loaded(reader):
    record = FollowUp.objects.get(title="Corporate sector engagement")

    (entry,) = history_of(record, reader)
    assert (entry.who, entry.sentence, entry.details) == (
        "The system",
        "Loaded from the documents",
        [],
    )


def test_history_names_to_a_guest_those_on_it_and_nobody_else(by, guest, viewer_of):
    hidden = PersonFactory(name="Hidden Person")
    beside = PersonFactory(name="Beside Person")
    tema = CityFactory(name="Tema")
    follow_up = workflow.add_follow_up(title="Paper", leads=[guest.person], by=by)
    workflow.edit_follow_up(
        follow_up, cities=[tema], supports=[beside], as_told_by=hidden, told_how="phone", by=by
    )
    workflow.update(follow_up, text="Read it", by=guest)

    told = history_of(follow_up, viewer_of(guest))

    text = repr(told)
    for name in (by.email, "Hidden", "Tema"):
        assert name not in text
    assert [each.who for each in told] == ["Aromar Revi", str(by.person), str(by.person)]
    assert told[1].details == [
        "Cities: – → something you cannot open",
        "With: – → Beside Person",
    ]
    assert told[1].told == "as told by somebody by phone"


def test_account_without_a_person_is_somebody(reader, administrator):
    administrator.person = None
    administrator.save()
    city = ground.add(City, name="Tema", by=administrator)

    assert history_of(city, reader)[0].who == "Somebody"


def test_what_was_changed_while_sealed_stays_untold_after_release(
    by, reader, board_member, viewer_of
):
    sealed = workflow.add_follow_up(title="Board matter", sealed=True, leads=["Sofia"], by=by)
    workflow.edit_follow_up(sealed, title="Board matters", by=by)
    FollowUp.objects.filter(pk=sealed.pk).update(sealed=False)
    released = FollowUp.objects.get(pk=sealed.pk)
    workflow.edit_follow_up(released, note="Now told", by=by)
    also = list(released.assignments.all())

    assert sentences(released, reader, also) == [
        ("Wanjiru Test changed it", ["Note: – → Now told"])
    ]
    board = viewer_of(board_member, board_open=True)
    assert len(sentences(released, board, also)) == 3


def test_merged_person_keeps_a_name_and_a_lost_one_has_none(by, reader):
    kept, gone = PersonFactory(name="Kept Test"), PersonFactory(name="Gone Test")
    follow_up = workflow.add_follow_up(title="Paper", by=by)
    workflow.edit_follow_up(follow_up, leads=[gone], by=by)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)

    assert history_of(follow_up, reader)[0].details == ["Lead: – → Gone Test"]


def test_conflict_in_words(by, reader):
    jane = PersonFactory(name="Jane Test")
    follow_up = workflow.add_follow_up(title="Paper", kind="task", by=by)
    workflow.edit_follow_up(follow_up, kind="two_pager", leads=[jane], by=by)

    with pytest.raises(Conflict) as clash:
        workflow.edit_follow_up(follow_up, kind="webinar", leads=["Sofia"], by=by, version=1)

    assert conflict_lines(clash.value, reader) == [
        {
            "name": "kind",
            "label": "Kind",
            "mine": "Webinar",
            "theirs": "Two-pager",
            "before": "Other",
        },
        {"name": "leads", "label": "Lead", "mine": "Sofia", "theirs": "Jane Test", "before": ""},
    ]

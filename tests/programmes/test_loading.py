import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

import actions.naming
import actions.seeds
import retreats.naming
import retreats.seeds
from actions import workflow as actions_workflow
from actions.models import Assignment, FollowUp
from programmes import workflow
from programmes.loading import UnknownKey, load
from programmes.models import Alias, Change, ChangeSet, City, Person, Seed, Source
from programmes.seeds import SPECS
from retreats.models import Note

pytestmark = pytest.mark.django_db

FACTS = """
[[document]]
key = "minutes"
title = "Minutes"
sha256 = "{digest}"
dated_on = 2018-02-01

[[city]]
key = "tema"
name = "Tema"
country = "Ghana"
source = [{document = "minutes", heading = "Cities", lines = [3, 4]}]

[[person]]
key = "esi-test"
name = "Esi Test"
title = "Organiser"
aliases = [{name = "Essie Test", lines = [7, 7]}]
source = [{document = "minutes", heading = "People", lines = [5, 6]}]
"""

SAID = """
[[retreat]]
key = "tema-2018"
title = "Tema 2018"
kind = "workshop"
source = [{document = "minutes", lines = [1, 1]}]

[[note]]
key = "tema-2018-1"
retreat = "tema-2018"
text = "Meet again"
said_by_text = "The chairs"
source = [{document = "minutes", lines = [2, 2]}]

[[follow_up]]
key = "meet-again"
title = "Meet again"
kind = "task"
state = "not_started"
source = [{document = "minutes", lines = [2, 2]}]
assignments = [{role = "lead", text = "The chairs"}]
"""


class Loader:
    """Writes facts and loads them, remembering what was reported."""

    def __init__(self, folder):
        self.folder, self.told = folder, []

    def __call__(self, facts=FACTS, specs=SPECS):
        self.told = []
        (self.folder / "facts.toml").write_text(facts.replace("{digest}", "0" * 64))
        load(specs, self.folder, lambda *told: self.told.append(told), by=None, via="command")
        return self.told


@pytest.fixture
def loader(tmp_path):
    return Loader(tmp_path)


def written():
    counted = (ChangeSet, Change, Seed, Source, Alias, Person, City)
    return [model.objects.count() for model in counted]


def places(record):
    return list(Source.objects.of(record).values_list("heading", "first_line", "last_line"))


def test_load_adds_each_record_with_its_place(loader):
    told = loader()

    assert told == [
        ("added", "document:minutes", ()),
        ("added", "city:tema", ()),
        ("added", "person:esi-test", ()),
        ("added", "alias:person/esi-test/Essie Test", ()),
    ]
    person = Person.objects.get(slug="esi-test")
    assert places(person) == [("People", 5, 6)]
    assert places(person.aliases.get()) == [("", 7, 7)]
    assert person.search_text == "esi test | essie test | organiser"
    assert Change.objects.of(person).get().change_set.verb == "load"


def test_load_again_leaves_no_trace(loader):
    loader()
    before = written()

    told = loader()

    assert {outcome for outcome, _key, _fields in told} == {"same"}
    assert written() == before


def test_load_follows_what_the_file_says_anew(loader):
    loader()
    told = loader(
        FACTS.replace('"Organiser"', '"Chair"').replace("lines = [5, 6]", "lines = [8, 9]")
    )

    person = Person.objects.get(slug="esi-test")
    assert ("changed", "person:esi-test", set()) in told
    assert (person.title, person.version, person.search_text) == (
        "Chair",
        2,
        "esi test | essie test | chair",
    )
    assert places(person) == [("People", 8, 9)]


def test_load_leaves_alone_what_a_person_changed(loader, coordinator):
    loader()
    person = Person.objects.get(slug="esi-test")
    workflow.edit(person, title="President", by=coordinator)

    told = loader(FACTS.replace('name = "Esi Test"', 'name = "Esi Teste"'))

    person.refresh_from_db()
    assert ("kept", "person:esi-test", {"title"}) in told
    assert (person.title, person.name) == ("President", "Esi Teste")
    before = written()
    loader(FACTS.replace('name = "Esi Test"', 'name = "Esi Teste"'))
    assert written() == before


def test_load_leaves_no_words_of_whom_somebody_said_who_it_is(loader, coordinator):
    specs, esi = (*SPECS, *retreats.seeds.SPECS, *actions.seeds.SPECS), "Esi Test"
    loader(FACTS + SAID, specs)
    note, lead = Note.objects.get(text="Meet again"), Assignment.objects.get(text="The chairs")
    person = Person.objects.get(name=esi)
    retreats.naming.say_who(note, people=[person], by=coordinator)
    actions.naming.say_who(lead, party=person, by=coordinator)
    stays = SAID.replace('text = "The chairs"\n', 'text = "The chairs"\nstays_in_words = true\n')
    stays = stays.replace('text = "The chairs"}', 'text = "The chairs", stays_in_words = true}')

    told = loader(FACTS + stays, specs)

    assert {key: fields for outcome, key, fields in told if outcome != "same"} == {
        "note:tema-2018-1": {"said_by_text", "stays_in_words"},
        "assignment:meet-again/lead/The chairs": {"text", "stays_in_words"},
    }
    for record in (note, lead):
        record.refresh_from_db()
    assert (note.known, lead.known) == ([person], [person])
    assert (note.stays_in_words, lead.stays_in_words) == (False, False)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (
            FACTS + '[[membership]]\nkey = "m"\nperson = "nobody"\nbody = "wiego-team"\n',
            "No person has the key “nobody”. Write it as the other file does.",
        ),
        (
            FACTS.replace('document = "minutes", heading = "People"', 'document = "lost"'),
            "No document has the key “lost”. Write it as the other file does.",
        ),
        (
            FACTS.replace("country", "land"),
            "A city has no “land” (tema). Take it out.",
        ),
        (
            FACTS.replace("[[city]]", "[[town]]"),
            "Nothing is called “town”. Write it as the other files do.",
        ),
    ],
)
def test_file_with_an_unknown_key_loads_nothing(loader, facts, message):
    before = written()

    with pytest.raises(UnknownKey) as told:
        loader(facts)

    assert str(told.value) == message
    assert written() == before


def test_command_says_what_is_wrong_and_loads_nothing(tmp_path):
    before = written()
    (tmp_path / "facts.toml").write_text(FACTS.replace("country", "land"))

    with pytest.raises(CommandError, match=r"^Nothing was loaded\. .*A city has no “land”"):
        call_command("load_seeds", folder=tmp_path, stdout=StringIO())

    assert written() == before


def test_command_twice_writes_nothing_and_says_so():
    before = written()
    out = StringIO()

    call_command("load_seeds", stdout=out)

    lines = out.getvalue().splitlines()
    assert written() == before
    assert {line.rpartition(" ")[2] for line in lines} == {"same"}
    assert "follow_up: 55 same" in lines


def test_command_reads_little_to_find_nothing_new(django_assert_max_num_queries):
    with django_assert_max_num_queries(80):
        call_command("load_seeds", stdout=StringIO())


def test_command_tells_what_it_left_alone(coordinator):
    follow_up = FollowUp.objects.get(title="Corporate sector engagement")
    actions_workflow.edit_follow_up(follow_up, note="Ours", by=coordinator)
    out = StringIO()

    call_command("load_seeds", stdout=out)

    (seed,) = Seed.objects.of(follow_up)
    assert f"{seed.key}: left alone, changed here since it was loaded (note)" in out.getvalue()
    follow_up.refresh_from_db()
    assert follow_up.note == "Ours"


def test_every_loaded_record_has_its_first_change():
    for seed in Seed.objects.all():
        first = Change.objects.of(seed.record).order_by("version").first()
        assert (first.version, first.change_set.verb, json.dumps(first.fields) != "{}") == (
            1,
            "load",
            True,
        )

import pytest
from django.core.exceptions import ValidationError

from programmes import workflow
from programmes.forms import NamesField, name_line
from programmes.matching import Suggestions, find_parties, known_spellings
from programmes.models import Alias, Organisation, Person
from programmes.parties import one_party
from tests.factories import AliasFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def names(parties):
    return [party.name for party in parties]


@pytest.fixture
def reader(team_member, viewer_of):
    return viewer_of(team_member)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Alferts", "Laura Alferts"),
        ("Alfars", "Laura Alferts"),
        ("Alfes", "Laura Alferts"),
        ("laura alfes", "Laura Alferts"),
        ("Pamhi Bamu", "Pamhidzai Banu"),
        ("Francoise", "Francoise Carre"),
        ("Françoise", "Francoise Carre"),
        ("Jane", "Jane Barrett"),
        ("jane-barrett", "Jane Barrett"),
        ("Lucia, Fernandez", "Lucia Fernandez"),
        ("ORP", "Organization & Representation"),
        ("UCLG", "United Cities and Local Government"),
    ],
)
def test_any_spelling_finds_the_one_meant(reader, written, meant):
    assert names(find_parties(reader, written)) == [meant]
    assert one_party(reader, written).name == meant


def test_exact_spelling_comes_before_part_of_a_name(reader):
    ann = PersonFactory(name="Annika Zed")
    PersonFactory(name="Annika Zed Zwo")

    assert find_parties(reader, "Annika Zed") == [ann]


def test_several_are_told_by_name(reader):
    PersonFactory(name="Zora One")
    PersonFactory(name="Zora Two")

    with pytest.raises(ValidationError) as told:
        one_party(reader, "Zora")

    assert told.value.code == "several"
    assert told.value.messages == ["“Zora” may be several: Zora One, Zora Two."]
    assert names(told.value.params["candidates"]) == ["Zora One", "Zora Two"]


def test_spelling_two_share_links_to_nobody(reader):
    for name in ("Zora One", "Zora Two"):
        AliasFactory(name="ZZ", person=PersonFactory(name=name))

    with pytest.raises(ValidationError) as told:
        one_party(reader, "ZZ")
    assert told.value.code == "several"


def test_unknown_name_comes_with_what_is_near(reader):
    with pytest.raises(ValidationError) as told:
        one_party(reader, "Vanesa Pilai")
    assert told.value.messages == ["Nobody is called “Vanesa Pilai”. Did you mean Vanessa Pillay?"]

    with pytest.raises(ValidationError) as told:
        one_party(reader, "Qxqxqx")
    assert told.value.messages == ["Nobody is called “Qxqxqx”. Try another spelling."]


@pytest.mark.parametrize("written", ["Qx 100%", "%dqx", "%(text)s", "Qx %”"])
def test_unknown_name_is_told_as_it_was_written(reader, client_of, api_of, team_member, written):
    told = f"Nobody is called “{written}”. Try another spelling."
    with pytest.raises(ValidationError) as unknown:
        one_party(reader, written)
    typed = {"title": "Write it", "leads": written}
    shown = client_of(team_member).post("/follow-ups/new/", typed).context["form"]
    api, address = api_of(team_member), "/api/v1/follow-ups/"
    sent = api.post(address, {"title": "Write it", "leads": [written]}, format="json").json()
    asked = api.get(address, {"lead": written}).json()

    assert unknown.value.messages == shown.errors["leads"] == asked["fields"]["lead"] == [told]
    assert told in str(sent["fields"]["leads"])


@pytest.mark.parametrize("nothing", ["", "  ", "–", "%", "_"])
def test_signs_find_nobody(reader, nothing):
    assert find_parties(reader, nothing) == []


def test_kinds_narrow_the_search(reader):
    assert find_parties(reader, "ORP", ("person",)) == []
    assert find_parties(reader, "united-cities-and-local-government", ("person",)) == []


def test_hidden_people_are_never_named_to_a_guest(guest, viewer_of):
    viewer = viewer_of(guest)
    hidden = Person.objects.exclude(pk__in=viewer.scope["person"])
    assert hidden.count() > 5

    for person in hidden:
        for text in (person.name, person.slug, person.name.split()[-1]):
            found = {*find_parties(viewer, text), *Suggestions(viewer).near(text)}
            assert not found & set(hidden)
    assert find_parties(viewer, "UCLG") == []
    with pytest.raises(ValidationError) as told:
        one_party(viewer, "Lucia Fernandez")
    assert told.value.messages == ["Nobody is called “Lucia Fernandez”. Try another spelling."]


def test_guest_finds_whom_they_met_by_name_but_not_by_other_spellings(guest, viewer_of):
    viewer = viewer_of(guest)

    assert names(find_parties(viewer, "Jane Barrett")) == ["Jane Barrett"]
    assert find_parties(viewer, "Alfes") == []


def test_merged_record_leads_to_the_one_it_became(reader):
    kept, gone = PersonFactory(name="Kept Person"), PersonFactory(name="Gone Person")
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    AliasFactory(name="Gone Person", person=kept)

    for written in ("gone-person", "Gone Person", "Gone"):
        assert find_parties(reader, written) == [kept]
    assert gone not in Suggestions(reader).near("Gone Persson")


def test_known_spellings_are_whole_ones(reader):
    OrganisationFactory(name="Food, Drink and Allied")
    texts = ["Lucia, Fernandez", "Fernandez, Mike", "Food, drink and allied", "Lucia", "–", "ORP"]

    assert known_spellings(reader, texts) == {
        "Lucia, Fernandez",
        "Food, drink and allied",
        "Lucia",
        "ORP",
    }
    assert known_spellings(reader, texts, ("organisation",)) == {"Food, drink and allied"}


# --- names in one line --------------------------------------------------------


def read(reader, line, **kwargs):
    return [str(party) for party in NamesField().parties(reader, line, **kwargs)]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Jane Barrett, Mike Bird", ["Jane Barrett", "Mike Bird"]),
        ("Jane Barrett; Mike Bird\nSonia Dias", ["Jane Barrett", "Mike Bird", "Sonia Dias"]),
        ("Lucia, Fernandez, Sonia Dias, Mike Bird", ["Lucia Fernandez", "Sonia Dias", "Mike Bird"]),
        ("Mike Bird, Lucia, Fernandez", ["Mike Bird", "Lucia Fernandez"]),
        ("Lucia , Mike Bird", ["Lucia Fernandez", "Mike Bird"]),
        ("Jane, Jane Barrett", ["Jane Barrett"]),
        (" ; , ", []),
        ("", []),
    ],
)
def test_names_in_a_line(reader, line, people):
    assert read(reader, line) == people


def test_organisation_with_commas_is_one(reader):
    name = "International Union of Food, Agricultural, Hotel, Restaurant Test"
    OrganisationFactory(name=name)

    assert read(reader, f"Mike Bird, {name}, Jane") == ["Mike Bird", name, "Jane Barrett"]


def test_names_not_understood_are_all_told_and_nobody_is_made(reader):
    before = (Person.objects.count(), Organisation.objects.count(), Alias.objects.count())

    with pytest.raises(ValidationError) as told:
        read(reader, "Qxqxqx, Jane, Zyzyzy")

    assert told.value.messages == [
        "Nobody is called “Qxqxqx”. Try another spelling.",
        "Nobody is called “Zyzyzy”. Try another spelling.",
    ]
    assert read(reader, "Qxqxqx, Jane", keep_unknown=True) == ["Qxqxqx", "Jane Barrett"]
    after = (Person.objects.count(), Organisation.objects.count(), Alias.objects.count())
    assert after == before


def test_standing_names_mean_what_they_meant(reader, coordinator):
    workflow.add(Person, name="Sofia Trevino", by=coordinator)
    assert read(reader, "Sofia") == ["Sofia Trevino"]

    found = NamesField().parties(reader, "Sofia; Jane", standing={"Sofia": "Sofia"})
    assert [str(each) for each in found] == ["Sofia", "Jane Barrett"]
    assert found[0] == "Sofia"


def test_name_line_reads_back_as_the_same(reader):
    line = name_line(find_parties(reader, "Lucia") + find_parties(reader, "ORP"))

    assert line == "Lucia Fernandez; Organization & Representation"
    assert read(reader, line) == ["Lucia Fernandez", "Organization & Representation"]


# --- many names at once -------------------------------------------------------


def test_more_than_twenty_names_are_refused_before_any_is_looked_up(
    reader, django_assert_num_queries
):
    line = "; ".join(f"Qx{number}" for number in range(21))

    with django_assert_num_queries(0), pytest.raises(ValidationError) as told:
        NamesField().parties(reader, line)

    assert told.value.messages == ["These are too many names at once. Give at most 20."]


def test_names_that_stand_already_are_not_counted(reader):
    standing = {f"Qx{number}": f"Qx{number}" for number in range(30)}

    assert read(reader, "; ".join([*standing, "Jane"]), standing=standing) == [
        *standing,
        "Jane Barrett",
    ]


def test_suggestions_read_the_parties_once_and_end_after_a_few(reader, django_assert_num_queries):
    suggestions = Suggestions(reader)
    suggestions.near("Vanesa Pilai", ("person",))

    with django_assert_num_queries(0):
        found = [names(suggestions.near("Vanesa Pilai", ("person",))) for _n in range(5)]

    assert found == [["Vanessa Pillay"]] * 4 + [[]]

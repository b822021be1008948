import pytest
from django.core.exceptions import ValidationError

from programmes import workflow
from programmes.models import Change, ChangeSet, City, Person, Programme, User
from programmes.recording import verb
from tests.factories import CityFactory, OrganisationFactory, PersonFactory, UserFactory
from wiego_review.common.errors import Conflict, KeyUsed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def city(by):
    return workflow.add(City, name="Lima", country="Peru", by=by)


def sets_of(by):
    return list(ChangeSet.objects.filter(by=by).order_by("at", "id").values_list("verb", "via"))


def changes_of(record):
    return list(Change.objects.of(record).order_by("version").values_list("version", "fields"))


def test_add_tells_every_column_that_holds_something(by):
    organisation = OrganisationFactory(name="Streetnet International")
    person = workflow.add(
        Person, name="Patience Hornby", title="Coordinator", organisation=organisation, by=by
    )

    assert sets_of(by) == [("add", "page")]
    assert changes_of(person) == [
        (
            1,
            {
                "slug": [None, "patience-hornby"],
                "name": [None, "Patience Hornby"],
                "title": [None, "Coordinator"],
                "organisation": [None, organisation.pk],
                "is_active": [None, True],
            },
        )
    ]
    change_set = ChangeSet.objects.get(by=by)
    assert (change_set.record, change_set.why, change_set.key) == (person, "", "")


def test_edit_raises_the_version_by_one_and_tells_what_changed(by, city):
    edited = workflow.edit(city, name="Lima Callao", country="Peru", by=by, via="admin", why="both")

    assert edited.version == 2
    assert changes_of(city)[1:] == [(2, {"name": ["Lima", "Lima Callao"]})]
    assert ChangeSet.objects.get(by=by, verb="edit").why == "both"
    assert edited.sort_key == "lima callao"
    assert City.objects.get(pk=city.pk).search_text == "lima callao | peru"


def test_edit_that_changes_nothing_leaves_no_trace(by, city):
    before = City.objects.get(pk=city.pk).updated_at

    edited = workflow.edit(city, name="Lima", by=by)

    assert (edited.version, City.objects.get(pk=city.pk).updated_at) == (1, before)
    assert sets_of(by) == [("add", "page")]


def test_key_twice_happens_once(by):
    first = workflow.add(City, name="Twice", by=by, key="k1")
    again = workflow.add(City, name="Twice", by=by, key="k1")

    assert first == again
    assert City.objects.filter(name="Twice").count() == 1
    assert sets_of(by) == [("add", "page")]


def test_key_of_a_command_happens_once():
    first, again = (workflow.add(City, name="Twice", by=None, key="k1") for _time in range(2))

    assert first == again
    assert City.objects.filter(name="Twice").count() == 1


def test_key_of_another_verb_is_refused(by, city):
    workflow.edit(city, name="Lima 2", by=by, key="k1")

    with pytest.raises(KeyUsed, match=r"This page was saved before, with something else on it."):
        workflow.add(City, name="Accra 2", by=by, key="k1")

    assert not City.objects.filter(name="Accra 2").exists()


def test_key_of_another_record_is_refused(by, city):
    other = CityFactory(name="Durban")
    workflow.edit(city, name="Lima 2", by=by, key="k1")

    with pytest.raises(KeyUsed):
        workflow.edit(other, name="Lima 2", by=by, key="k1")

    assert City.objects.get(pk=other.pk).name == "Durban"


@pytest.mark.parametrize(
    "other", [{"name": "Lima 3"}, {"country": "Chile"}, {"why": "I say so"}, {"version": 1}]
)
def test_key_with_something_else_is_refused(by, city, other):
    workflow.edit(city, name="Lima 2", by=by, key="k1")

    with pytest.raises(KeyUsed):
        workflow.edit(city, by=by, key="k1", **{"name": "Lima 2", **other})

    standing = City.objects.get(pk=city.pk)
    assert (standing.name, standing.country) == ("Lima 2", "Peru")


def test_what_came_with_a_key_cannot_be_tried_out_without_the_secret(by, settings):
    digests = []
    for secret in ("a" * 50, "b" * 50):
        settings.SECRET_KEY = secret
        city = workflow.add(City, name="Same", by=by, key=secret[0], sent=["Same"])
        digests.append(ChangeSet.objects.get(object_id=city.pk).digest)

    assert [len(each) for each in digests] == [64, 64]
    assert digests[0] != digests[1]


def test_key_of_somebody_else_is_theirs(by, city):
    workflow.edit(city, name="Lima 2", by=by, key="k1")
    workflow.edit(city, name="Lima 3", by=UserFactory(), key="k1")

    assert City.objects.get(pk=city.pk).name == "Lima 3"


def test_key_of_a_verb_that_failed_is_free_again(by, city):
    with pytest.raises(ValidationError):
        workflow.edit(city, name="", by=by, key="k1")

    workflow.edit(city, name="Lima 2", by=by, key="k1")

    assert City.objects.get(pk=city.pk).name == "Lima 2"


@verb
def write_then_fail(act, city):
    act.change(act.take(city), name="Half done")
    act.create(Programme, name="Half done")
    raise Refused("no")


def test_verb_that_fails_writes_nothing(by, city):
    with pytest.raises(Refused):
        write_then_fail(city, by=by, key="k1")

    assert City.objects.get(pk=city.pk).name == "Lima"
    assert not Programme.objects.filter(name="Half done").exists()
    assert sets_of(by) == [("add", "page")]
    assert changes_of(city)[1:] == []


def test_different_fields_merge(by, city):
    workflow.edit(city, country="Perú", by=UserFactory(), version=1)
    merged = workflow.edit(city, name="Lima Centro", country="Peru", by=by, version=1)

    assert (merged.name, merged.country, merged.version) == ("Lima Centro", "Perú", 3)


def test_same_field_shows_mine_theirs_and_before(by, city):
    workflow.edit(city, name="Lima Norte", by=UserFactory(), version=1)

    with pytest.raises(Conflict) as clash:
        workflow.edit(city, name="Lima Sur", country="PE", by=by, version=1)

    assert clash.value.fields == {
        "name": {"mine": "Lima Sur", "theirs": "Lima Norte", "before": "Lima"}
    }
    assert (clash.value.current, clash.value.record) == (2, city)
    assert City.objects.get(pk=city.pk).country == "Peru"


def test_same_value_by_two_is_no_conflict(by, city):
    workflow.edit(city, name="Lima Norte", by=UserFactory(), version=1)

    assert workflow.edit(city, name="Lima Norte", by=by, version=1).version == 2


def test_what_was_changed_and_put_back_is_no_conflict(by, city):
    workflow.edit(city, name="Lima Norte", by=UserFactory())
    workflow.edit(city, name="Lima", by=UserFactory())

    assert workflow.edit(city, name="Lima Sur", by=by, version=1).name == "Lima Sur"


def test_edit_without_a_version_acts_on_what_stands(by, city):
    workflow.edit(city, name="Lima Norte", by=UserFactory())

    assert workflow.edit(city, name="Lima Sur", by=by).name == "Lima Sur"


@pytest.mark.parametrize("version", [0, 2, 99])
def test_version_nobody_ever_saw_is_refused(by, city, version):
    with pytest.raises(ValidationError) as refused:
        workflow.edit(city, name="Lima Sur", by=by, version=version)

    assert refused.value.message_dict == {
        "version": ["This record has no such version. Load it anew."]
    }


def test_invite_tells_no_password(by):
    user = workflow.invite(email="New@Example.org ", roles=[], by=by)

    told = changes_of(user)[0][1]
    assert told["email"] == [None, "new@example.org"]
    assert not {"password", "last_login"} & told.keys()
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_rename_keeps_the_old_name_as_a_spelling(by):
    person = workflow.add(Person, name="Jenna", by=by)
    renamed = workflow.rename(person, name=" Jenna Harbour ", by=by)

    assert (renamed.name, renamed.name_set, renamed.name_uncertain) == (
        "Jenna Harbour",
        True,
        False,
    )
    assert list(renamed.aliases.values_list("name", flat=True)) == ["Jenna"]
    found = Person.objects.get(pk=person.pk)
    assert (found.sort_key, found.search_text) == ("harbour jenna", "jenna harbour | jenna")
    assert ChangeSet.objects.filter(by=by, verb="rename").count() == 1


@pytest.mark.parametrize("name", ["Jenna Harvey", "jenna  harvey", "Laura Alfars"])
def test_name_or_spelling_of_somebody_else_is_not_taken(by, name):
    person = workflow.add(Person, name="Jenna", by=by)

    with pytest.raises(Refused, match="has this name here"):
        workflow.rename(person, name=name, by=by)

    assert Person.objects.get(pk=person.pk).name == "Jenna"


def test_name_is_written_anew_by_who_bears_it(by):
    person = workflow.add(Person, name="jenna harbour", by=by)

    assert workflow.rename(person, name="Jenna Harbour", by=by).name == "Jenna Harbour"


def test_every_change_set_says_through_which_door(by):
    cities = [workflow.add(City, name="Accra", by=by, via=via) for via in ("rest", "command")]

    assert sets_of(by) == [("add", "rest"), ("add", "command")]
    assert [city.version for city in cities] == [1, 1]


def test_as_told_by_is_kept_with_the_change(by, city):
    shalini = PersonFactory(name="Shalini S")
    workflow.edit(city, name="Lima 4", by=by, as_told_by=shalini, told_how="phone")

    told = ChangeSet.objects.get(by=by, verb="edit")
    assert (told.as_told_by, told.told_how, told.record) == (shalini, "phone", city)


def test_rename_to_the_name_that_stands_keeps_no_spelling(by):
    person = PersonFactory(name="Ama Boateng")

    workflow.rename(person, name="Ama Boateng", by=by)

    person.refresh_from_db()
    assert (person.name, person.name_set, person.aliases.count()) == ("Ama Boateng", True, 0)


def test_what_leads_nothing_is_no_party():
    with pytest.raises(ValueError, match="city leads nothing"):
        workflow.party_of(CityFactory())

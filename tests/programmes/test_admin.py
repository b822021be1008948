import pytest
from django.urls import reverse

from programmes.models import Alias, ChangeSet, Membership, Person
from programmes.workflow import edit, merge
from tests.factories import (
    AliasFactory,
    IssueFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
)

PEOPLE = "/admin/programmes/person/"


def address(record, name="change"):
    return reverse(f"admin:programmes_{record._meta.model_name}_{name}", args=[record.pk])


def test_person_is_edited_by_verb_and_found_by_the_new_name(coordinator, client_of):
    person = PersonFactory(name="Ama Boateng")
    before = ChangeSet.objects.count()

    client_of(coordinator).post(
        address(person),
        {"name": "Ama Owusu", "title": "Treasurer", "is_active": "on", "sent_version": 1},
    )

    person.refresh_from_db()
    done = ChangeSet.objects.latest("at")
    assert ChangeSet.objects.count() == before + 1
    assert (done.verb, done.via, done.by) == ("edit", "admin", coordinator)
    assert (person.name, person.slug, person.version) == ("Ama Owusu", "ama-boateng", 2)
    assert person.search_text == "ama owusu | treasurer"


def test_same_name_changed_meanwhile_shows_both(coordinator, client_of):
    person = PersonFactory(name="Ama Boateng")
    edit(person, name="Ama Owusu", by=coordinator)

    answer = client_of(coordinator).post(
        address(person), {"name": "Amma Boateng", "is_active": "on", "sent_version": 1}
    )

    lines = answer.context["conflict_lines"]
    assert [(x["mine"], x["theirs"], x["before"]) for x in lines] == [
        ("Amma Boateng", "Ama Owusu", "Ama Boateng")
    ]
    assert answer.context["adminform"].form["name"].value() == "Amma Boateng"


@pytest.mark.parametrize("version", [{}, {"sent_version": ""}, {"sent_version": "x"}])
def test_form_without_what_it_was_made_of_saves_over_nothing(version, coordinator, client_of):
    person = PersonFactory(name="Ama Boateng", title="Treasurer")
    edit(person, name="Ama Owusu", by=coordinator)
    client, before = client_of(coordinator), ChangeSet.objects.count()
    data = {"name": "Amma Boateng", "title": "Chair", "is_active": "on"}

    answer = client.post(address(person), data | version)

    form = answer.context["adminform"].form
    person.refresh_from_db()
    assert (person.name, person.title, ChangeSet.objects.count()) == (
        "Ama Owusu", "Treasurer", before,
    )  # fmt: skip
    assert form["name"].value() == "Amma Boateng"
    assert form.errors
    if version.get("sent_version") != "x":
        told = "Somebody changed the same while you were writing. Choose, then save again."
        assert form.non_field_errors() == [told]
        again = client.post(address(person), data | {"sent_version": form["sent_version"].value()})
        assert again.status_code == 302
        person.refresh_from_db()
        assert person.name == "Amma Boateng"


def test_spelling_added_finds_its_person(coordinator, client_of):
    person = PersonFactory(name="Ama Boateng")
    client = client_of(coordinator)

    answer = client.post("/admin/programmes/alias/add/", {"name": "Amah B.", "person": person.pk})

    found = client.get(f"{PEOPLE}?search=amah")
    assert answer.status_code == 302
    assert Alias.objects.get(name="Amah B.").person == person
    assert [each.pk for each in found.context["cl"].queryset] == [person.pk]


def test_spelling_of_two_owners_is_refused_in_words(coordinator, client_of):
    data = {"name": "AB", "person": PersonFactory().pk, "programme": ProgrammeFactory().pk}

    answer = client_of(coordinator).post("/admin/programmes/alias/add/", data)

    assert answer.context["adminform"].form.non_field_errors() == [
        "A spelling belongs to one person, programme, body or organisation: choose exactly one."
    ]


def test_membership_is_added_by_verb(coordinator, client_of):
    data = {"person": PersonFactory().pk, "programme": ProgrammeFactory().pk, "role": "director"}

    answer = client_of(coordinator).post("/admin/programmes/membership/add/", data)

    assert answer.status_code == 302
    assert ChangeSet.objects.latest("at").record == Membership.objects.latest("created_at")


def test_person_leads_to_their_spellings_and_memberships(coordinator, client_of):
    person = PersonFactory(name="Ama Boateng")
    mine = AliasFactory(name="Amah", person=person)
    client = client_of(coordinator)

    links = client.get(address(person)).context["part_links"]
    spellings = client.get(links[0][1])

    assert [words for words, _list, _add in links] == ["Spellings", "Memberships", "Facts"]
    assert [each.pk for each in spellings.context["cl"].queryset] == [mine.pk]


def test_relation_of_who_only_reads_names_what_they_see(board_member, client_of):
    person = PersonFactory(organisation=OrganisationFactory(name="Union of Accra"))

    page = client_of(board_member).get(address(person))

    assert "Union of Accra" in page.content.decode()


@pytest.mark.parametrize("field", ["slug", "version", "search_text", "merged_into", "sort_key"])
def test_what_is_computed_is_no_input(coordinator, client_of, field):
    form = client_of(coordinator).get(address(Person.objects.first())).context["adminform"].form

    assert field not in form.fields


def test_other_apps_screens_are_not_there(coordinator, administrator, client_of):
    paths = ["/admin/auth/group/", "/admin/account/emailaddress/", "/admin/programmes/changeset/"]
    for user in (coordinator, administrator):
        client = client_of(user)
        assert [client.get(path).status_code for path in paths] == [404, 404, 404]


@pytest.mark.parametrize("factory", [PersonFactory, OrganisationFactory, IssueFactory])
def test_office_leads_to_the_pages_that_put_together_and_apart(coordinator, client_of, factory):
    names = {"title" if factory is IssueFactory else "name": "Care work"}
    one, into = factory(**names), factory(**names)
    client = client_of(coordinator)
    noun = one._meta.verbose_name
    start = {"person": "people", "organisation": "organisations"}.get(noun, "issues")

    def offered(record):
        return client.get(office_address(record)).context["together"]

    def page(record, name):
        return f"/{start}/{getattr(record, 'slug', '') or record.ref}/{name}/"

    same = (f"The same as another {noun}", page(into, "same"))
    assert offered(into) == [same]
    merge(one, into=into, by=coordinator)
    assert offered(into) == [same, ("Take apart: Care work", page(one, "apart"))]
    assert offered(one) == [("Take apart", page(one, "apart"))]


def test_office_of_who_only_reads_leads_to_no_such_page(board_member, client_of):
    page = client_of(board_member).get(office_address(PersonFactory()))

    assert page.context["together"] == []


def office_address(record):
    meta = record._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/"


def test_office_offers_what_the_reader_may_do_and_no_more(client_of, administrator):
    apps = client_of(administrator).get("/admin/").context["app_list"]

    offered = {each["object_name"]: each["perms"] for app in apps for each in app["models"]}
    read = {"add": False, "change": False, "delete": False, "view": True}
    assert offered == {"Person": read, "User": {**read, "add": True, "change": True}}


def test_office_door_is_not_there_for_who_keeps_none(client_of, team_member, coordinator):
    answers = [client_of(user).get("/admin/login/") for user in (team_member, coordinator)]

    assert [answer.status_code for answer in answers] == [404, 302]


@pytest.mark.parametrize("screen", ["change", "history", "delete"])
def test_own_account_has_no_screen_in_the_office(screen, client_of, coordinator):
    assert client_of(coordinator).get(address(coordinator, screen)).status_code == 404


def test_parts_of_a_record_are_offered_to_who_sees_and_adds_them(client_of, cast):
    person = PersonFactory()

    def offered(user):
        links = client_of(user).get(address(person)).context["part_links"]
        return [(words, bool(add)) for words, _list, add in links]

    names = ("Spellings", "Memberships", "Facts")
    assert offered(cast.administrator) == []
    assert offered(cast.board_member) == [(name, False) for name in names]
    assert offered(cast.coordinator) == [(name, True) for name in names]


def test_page_of_who_only_reads_is_headed_by_the_record(client_of, board_member, coordinator):
    person = PersonFactory(name="Ama Boateng")

    pages = [client_of(user).get(address(person)) for user in (board_member, coordinator)]

    assert [(page.context["title"], page.context["subtitle"]) for page in pages] == [
        ("Ama Boateng", None),
        ("Change person", "Ama Boateng"),
    ]

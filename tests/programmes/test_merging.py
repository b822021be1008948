"""Two that are one, and two again: everything stands where it stood."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from actions.models import Assignment, FollowUp
from programmes import workflow
from programmes.history import history_of
from programmes.matching import find_parties
from programmes.models import Alias, ChangeSet, Organisation, OrganisationRole, Person, Source
from retreats.models import Note
from tests import factories as make
from tests.everything import everything, settled
from wiego_review.common import floors
from wiego_review.common.errors import Refused
from wiego_review.common.searching import Search
from wiego_review.common.viewer import Viewer

pytestmark = pytest.mark.django_db


def person(name):
    return Person.objects.get(name=name)


def one_of_each(one):
    """Rows of every floor that point at a person, a sealed one among them."""
    make.AliasFactory(name="Marty C.", person=one)
    make.MembershipFactory(person=one)
    make.ParticipantFactory(person=one)
    make.AssignmentFactory(person=one, follow_up=make.FollowUpFactory(sealed=True))
    follow_up = make.FollowUpFactory(title="Count them")
    make.AssignmentFactory(person=one, follow_up=follow_up)
    note = Note.objects.create(retreat=make.RetreatFactory(), text="Said", search_text="said")
    note.said_by.set([one, make.PersonFactory()])
    return follow_up, note


def test_merge_moves_everything_and_taking_apart_brings_all_of_it_back(coordinator):
    one, into = person("Jane Barrett"), make.PersonFactory(name="Jane B.")
    follow_up, _note = one_of_each(one)
    before = settled()

    workflow.merge(one, into=into, by=coordinator)
    moved = everything()
    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)

    assert moved != before
    assert everything() == before
    assert [each.verb for each in ChangeSet.objects.order_by("-at")[:2]] == ["take_apart", "merge"]
    assert follow_up.assignments.get().person == one


def test_after_a_merge_nothing_but_the_old_address_points_at_the_one(coordinator):
    one, into = make.PersonFactory(name="J. Barrett"), person("Marty Chen")
    follow_up, note = one_of_each(one)
    seen = Viewer(coordinator)
    preview = dict(floors.preview_of("merge", seen, one, into=into))

    workflow.merge(one, into=into, by=coordinator)

    one.refresh_from_db()
    assert one.merged_into == into
    assert floors.preview_of("merge", seen, one, into=into) == []
    assert preview == {
        "Spelling": 1, "Membership": 1, "Participant": 1, "Note": 1, "Lead or with": 1,
    }  # fmt: skip
    assert follow_up.assignments.get().person == into
    assert into in note.said_by.all()
    assert find_parties(seen, "J Barrett") == [into] == find_parties(seen, "marty c")
    assert FollowUp.objects.get(pk=follow_up.pk).search_text.count("j barrett") == 1


def test_lists_and_search_show_the_one_that_stays(client_of, coordinator):
    one, into = make.PersonFactory(name="Quirina Zweig"), make.PersonFactory(name="Quirina Z.")
    workflow.merge(one, into=into, by=coordinator)
    client = client_of(coordinator)

    listed = client.get("/people/?search=zweig").context["rows"]
    hits = Search(Viewer(coordinator), "zweig").page(0, 50)
    old = client.get(f"/people/{one.slug}/")

    assert [(row["slug"], row["aliases"]) for row in listed] == [(into.slug, [one.name])]
    assert [hit.slug for hit in hits] == [into.slug]
    assert (old.status_code, old["Location"]) == (302, f"/people/{into.slug}/")


def test_history_of_the_one_that_stays_tells_it_in_a_sentence(coordinator):
    one, into = make.PersonFactory(name="Quirina"), make.PersonFactory(name="Quirina Zweig")
    workflow.merge(one, into=into, by=coordinator)
    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)

    told = history_of(into, Viewer(coordinator))

    assert [(each.sentence, each.details) for each in told] == [
        ("Mike Bird took apart two that are not one", ["Together with: Quirina → –"]),
        ("Mike Bird put together two that are one", ["Together with: – → Quirina"]),
    ]


@pytest.mark.parametrize("roles", [("lead", "support"), ("support", "lead"), ("lead", "lead")])
def test_a_follow_up_both_have_is_theirs_once_and_they_lead_if_one_did(coordinator, roles):
    one, into = make.PersonFactory(), make.PersonFactory()
    follow_up = make.FollowUpFactory()
    for party, role in zip((one, into), roles, strict=True):
        make.AssignmentFactory(person=party, follow_up=follow_up, role=role)
    before = settled()

    workflow.merge(one, into=into, by=coordinator)

    held = Assignment.objects.current().filter(follow_up=follow_up)
    assert list(held.values_list("person", "role")) == [(into.pk, "lead")]
    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)
    assert everything() == before


def test_two_with_accounts_are_not_put_together(coordinator, team_member):
    with pytest.raises(Refused, match="Both have an account"):
        workflow.merge(team_member.person, into=coordinator.person, by=coordinator)


def test_the_last_two_put_together_come_apart_first(coordinator):
    first, second, into = (make.PersonFactory(name=name) for name in ("Ana", "Bea", "Cia"))
    before = settled()
    workflow.merge(first, into=into, by=coordinator)
    workflow.merge(second, into=into, by=coordinator)

    with pytest.raises(Refused, match="Take “Bea” apart first"):
        workflow.take_apart(Person.objects.get(pk=first.pk), by=coordinator)
    for each in (second, first):
        workflow.take_apart(Person.objects.get(pk=each.pk), by=coordinator)

    assert everything() == before


def test_one_that_others_became_takes_them_along_and_gives_them_back(coordinator):
    first, second, third = (make.PersonFactory(name=name) for name in ("Ana", "Bea", "Cia"))
    workflow.merge(first, into=second, by=coordinator)
    between = settled()
    workflow.merge(second, into=third, by=coordinator)

    assert Person.objects.get(pk=first.pk).merged_into == third
    with pytest.raises(Refused, match="Take “Bea” apart first"):
        workflow.take_apart(Person.objects.get(pk=first.pk), by=coordinator)
    workflow.take_apart(Person.objects.get(pk=second.pk), by=coordinator)

    assert everything() == between


def test_what_was_said_since_stays_when_two_come_apart(coordinator):
    one, into = make.PersonFactory(), make.PersonFactory()
    assignment = make.AssignmentFactory(person=one)
    other = make.PersonFactory()
    workflow.merge(one, into=into, by=coordinator)
    workflow.edit(Assignment.objects.get(pk=assignment.pk), person=other, by=coordinator)

    workflow.take_apart(Person.objects.get(pk=one.pk), by=coordinator)

    assert Assignment.objects.get(pk=assignment.pk).person == other


def test_not_twice_and_not_with_oneself(coordinator):
    one, into, third = (make.PersonFactory() for _ in range(3))
    with pytest.raises(Refused):
        workflow.merge(one, into=one, by=coordinator)
    workflow.merge(one, into=into, by=coordinator)
    for wrong in ((one, third), (third, one)):
        with pytest.raises(Refused, match="already"):
            workflow.merge(wrong[0], into=wrong[1], by=coordinator)
    with pytest.raises(Refused, match="not put together"):
        workflow.take_apart(third, by=coordinator)


def test_organisations_take_their_places_and_what_is_told_along(coordinator):
    one, into = make.OrganisationFactory(name="SSA"), make.OrganisationFactory(name="SEWA Union")
    for each in (one, into):
        OrganisationRole.objects.create(organisation=each, role="member")
    OrganisationRole.objects.create(organisation=one, role="host")
    document = apps.get_model("programmes", "SourceDocument").objects.first()
    place = Source.objects.create(
        content_type=ContentType.objects.get_for_model(Organisation),
        object_id=one.pk, document=document, first_line=1, last_line=2,
    )  # fmt: skip
    before = settled()

    workflow.merge(one, into=into, by=coordinator)

    assert sorted(into.roles.values_list("role", flat=True)) == ["host", "member"]
    assert Source.objects.of(into).get() == place
    workflow.take_apart(Organisation.objects.get(pk=one.pk), by=coordinator)
    assert everything() == before


def test_spelling_moves_to_somebody_new_or_known(coordinator):
    owner, other = make.PersonFactory(name="Ana Lima"), make.PersonFactory(name="Bea Sol")
    first = Alias.objects.get(pk=make.AliasFactory(name="Anna L.", person=owner).pk)
    second = Alias.objects.get(pk=make.AliasFactory(name="B. Lima", person=owner).pk)

    new = workflow.split_off(first, by=coordinator)
    workflow.split_off(second, to=other, by=coordinator)

    viewer = Viewer(coordinator)
    assert (new.name, find_parties(viewer, "anna l")) == ("Anna L.", [new])
    assert find_parties(viewer, "b lima") == [other]
    owner.refresh_from_db()
    assert owner.search_text == "ana lima"
    (told,) = history_of(other, viewer)
    assert told.details == ["Also written as: – → B. Lima"]
    with pytest.raises(Refused):
        workflow.split_off(second, to=other, by=coordinator)


# --- pages --------------------------------------------------------------------


def test_coordinator_puts_two_together_and_apart_on_pages(client_of, coordinator):
    one, into = make.PersonFactory(name="Quirina"), make.PersonFactory(name="Quirina Zweig")
    make.AssignmentFactory(person=one)
    client = client_of(coordinator)
    page = client.get(f"/people/{one.slug}/").content.decode()
    assert f'href="/people/{one.slug}/same/"' in page

    looked = client.post(f"/people/{one.slug}/same/", {"into": "quirina zweig"})
    assert Person.objects.get(pk=one.pk).merged_into is None
    assert "Lead or with: 1" in looked.content.decode()
    sent = {"into": "quirina zweig", "sure": into.slug, "key": "k1"}
    done = client.post(f"/people/{one.slug}/same/", sent)

    assert (done.status_code, done["Location"]) == (302, f"/people/{into.slug}/")
    page = client.get(f"/people/{into.slug}/").content.decode()
    assert f'href="/people/{one.slug}/apart/"' in page
    assert client.post(f"/people/{one.slug}/apart/", {"key": "k2"}).status_code == 302
    assert Person.objects.get(pk=one.pk).merged_into is None


def test_spelling_is_given_away_on_a_page(client_of, coordinator):
    owner = make.PersonFactory(name="Ana Lima")
    alias = make.AliasFactory(name="Anna L.", person=owner)
    address = f"/people/{owner.slug}/spellings/"

    answer = client_of(coordinator).post(address, {"alias": alias.pk, "to": "", "key": "k"})

    new = Person.objects.get(name="Anna L.")
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{new.slug}/")


def test_spelling_two_share_goes_to_the_one_whose_name_it_is(client_of, coordinator):
    wrong, right = make.PersonFactory(name="Ana Lima"), make.PersonFactory(name="Anna Lee")
    alias = make.AliasFactory(name="Anna Lee", person=wrong)
    sent = {"alias": alias.pk, "to": "Anna Lee", "key": "k"}

    answer = client_of(coordinator).post(f"/people/{wrong.slug}/spellings/", sent)

    assert answer["Location"] == f"/people/{right.slug}/"
    assert Alias.objects.get(pk=alias.pk).person == right


@pytest.mark.parametrize("page", ["same", "apart", "spellings"])
@pytest.mark.parametrize("role", ["team_member", "board_member", "administrator", "guest"])
def test_nobody_but_coordinators_says_who_is_who(request, client_of, role, page):
    user = request.getfixturevalue(role)
    one = person("Marty Chen")

    answer = client_of(user).post(f"/people/{one.slug}/{page}/", {"into": "Jane Barrett"})

    assert answer.status_code in (403, 404)
    assert "/same/" not in client_of(user).get(f"/people/{one.slug}/").content.decode()

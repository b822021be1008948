from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from programmes.models import (
    Alias,
    Change,
    ChangeSet,
    Concern,
    Installation,
    Mailing,
    Passage,
    Person,
    Slug,
    Source,
    SourceDocument,
)
from tests.constraints import assert_database_holds, assert_told, named_constraints
from tests.factories import (
    AliasFactory,
    BodyFactory,
    CityFactory,
    ContradictionFactory,
    FactFactory,
    MembershipFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    OrganisationRoleFactory,
    PersonFactory,
    PillarFactory,
    PlanFactory,
    ProgrammeFactory,
    UnderstandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

OWNERS = {
    "person": PersonFactory,
    "programme": ProgrammeFactory,
    "body": BodyFactory,
    "organisation": OrganisationFactory,
}
INTERNAL = {
    "slug_one_owner",
    "change_version_once",
    "concern_once",
    "installation_one_row",
    "mailing_once",
}


def two_aliases(owner):
    def case():
        bearer = OWNERS[owner]()
        AliasFactory(name="WIEGO Team", **{owner: bearer})
        return AliasFactory(name="Wiego team", **{owner: bearer}), {"name": "WIEGO Team"}

    return case


def two_mailings():
    told = {"user": UserFactory(), "kind": "monday", "claimed_at": timezone.now()}
    Mailing.objects.create(period=MAY, **told)
    return Mailing.objects.create(period=JUNE, **told), {"period": MAY}


def a_document():
    return SourceDocument.objects.create(slug="notes", title="Notes", digest="0" * 64)


def two_lines():
    document = a_document()
    for number in (1, 2):
        told = {"line": number, "text": "A line", "search_text": "a line"}
        line = Passage.objects.create(document=document, **told)
    return line, {"line": 1}


def a_source():
    person, document = PersonFactory(), a_document()
    return Source.objects.create(
        record=person, document=document, heading="Day 1", first_line=3, last_line=4
    )


def two_change_sets(by_somebody=True):
    told = {"verb": "edit", "by": UserFactory() if by_somebody else None, "via": "command"}
    ChangeSet.objects.create(key="once", **told)
    return ChangeSet.objects.create(key="twice", **told), {"key": "once"}


def two_changes():
    person = PersonFactory()
    told = {
        "change_set": ChangeSet.objects.create(verb="edit", via="command"),
        "content_type": ContentType.objects.get_for_model(Person),
        "object_id": person.pk,
        "fields": {},
    }
    Change.objects.create(version=1, **told)
    return Change.objects.create(version=2, **told), {"version": 1}


def two_bodies():
    BodyFactory(code="QX")
    return BodyFactory(), {"code": "QX"}


def two_pillars():
    first = PillarFactory()
    return PillarFactory(plan=first.plan), {"name": first.name}


def two_names():
    first = OrganisationNameFactory(year=2017)
    second = OrganisationNameFactory(organisation=first.organisation, year=2017)
    return second, {"name": first.name}


def two_roles():
    first = OrganisationRoleFactory(role="donor")
    return OrganisationRoleFactory(organisation=first.organisation), {"role": "donor"}


def plan_of_two():
    return PlanFactory(programme=ProgrammeFactory()), {"body": BodyFactory()}


def fact_of_two():
    return FactFactory(person=PersonFactory()), {"city": CityFactory()}


def fact_of_nobody():
    return FactFactory(person=PersonFactory()), {"person": None}


def two_concerns():
    person, contradiction = PersonFactory(), ContradictionFactory()
    Concern.objects.create(contradiction=contradiction, record=person)
    other = Concern.objects.create(contradiction=contradiction, record=PersonFactory())
    return other, {"object_id": person.pk}


MAY, JUNE = date(2017, 5, 1), date(2017, 6, 1)
CASES = {
    "slug_one_owner": lambda: (
        Slug.objects.get(slug=PersonFactory().slug),
        {"programme": ProgrammeFactory()},
    ),
    "alias_one_owner": lambda: (AliasFactory(person=PersonFactory()), {"body": BodyFactory()}),
    **{f"alias_unique_{owner}": two_aliases(owner) for owner in OWNERS},
    "body_code_unique": two_bodies,
    "concern_once": two_concerns,
    "understanding_answer_whole": lambda: (UnderstandingFactory(), {"answer": "yes"}),
    "understanding_other_whole": lambda: (UnderstandingFactory(), {"other_id": 5}),
    "membership_taken_back_if_understood": lambda: (MembershipFactory(), {"taken_back": True}),
    "membership_one_group": lambda: (MembershipFactory(), {"body": BodyFactory()}),
    "membership_started_days": lambda: (
        MembershipFactory(),
        {"started_on": JUNE, "started_until": MAY},
    ),
    "membership_ended_days": lambda: (MembershipFactory(), {"ended_until": JUNE}),
    "passage_line_once": two_lines,
    "pillar_once": two_pillars,
    "plan_one_owner": plan_of_two,
    "plan_period_days": lambda: (PlanFactory(), {"period_on": JUNE, "period_until": MAY}),
    "city_joined_days": lambda: (CityFactory(), {"joined_on": JUNE, "joined_until": MAY}),
    "city_left_days": lambda: (CityFactory(), {"left_until": JUNE}),
    "fact_one_owner": fact_of_two,
    "fact_told_days": lambda: (
        FactFactory(person=PersonFactory()),
        {"told_on": JUNE, "told_until": MAY},
    ),
    "organisation_name_once": two_names,
    "organisation_role_once": two_roles,
    "source_lines_ordered": lambda: (a_source(), {"first_line": 5}),
    "user_email_lower": lambda: (UserFactory(), {"email": "Jane@example.org"}),
    "change_set_key_once": two_change_sets,
    "change_set_key_once_by_nobody": lambda: two_change_sets(by_somebody=False),
    "change_version_once": two_changes,
    "mailing_once": two_mailings,
    "installation_one_row": lambda: (Installation.objects.create(), {"id": 2}),
}
CONSTRAINTS = named_constraints("programmes")


def test_every_constraint_has_its_case():
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", CASES)
def test_constraint_is_held_by_the_database(name):
    assert_database_holds(*CASES[name]())


@pytest.mark.parametrize("name", sorted(set(CASES) - INTERNAL))
def test_constraint_is_told_in_words(name):
    constraint = CONSTRAINTS[name]

    assert constraint.violation_error_message != constraint.default_violation_error_message
    assert_told(*CASES[name](), constraint)


def test_fact_of_nobody_is_refused():
    constraint = CONSTRAINTS["fact_one_owner"]

    assert_database_holds(*fact_of_nobody())
    assert_told(*fact_of_nobody(), constraint)


def test_plan_may_be_of_nobody_known():
    plan = PlanFactory(for_whom="all programmes")

    assert (plan.programme, plan.body, plan.organisation) == (None, None, None)


@pytest.mark.parametrize("first", OWNERS)
@pytest.mark.parametrize("second", OWNERS)
def test_slug_space_is_shared_by_the_four(first, second):
    one = OWNERS[first](name="Éà Wastepickers' Front")
    other = OWNERS[second](name="ea wastepickers front")

    assert (one.slug, other.slug) == ("ea-wastepickers-s-front", "ea-wastepickers-front") or (
        one.slug,
        other.slug,
    ) == ("ea-wastepickers-front", "ea-wastepickers-front-2")


@pytest.mark.parametrize("second", OWNERS)
def test_slug_of_another_noun_is_refused_by_the_database(second):
    taken = PersonFactory().slug
    record = OWNERS[second]._meta.model(name="Somebody else", slug=taken, **more(second))
    record.clean()

    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()

    assert not OWNERS[second]._meta.model.objects.filter(name="Somebody else").exists()


def more(noun):
    return {"kind": "unit"} if noun == "body" else {}


def test_slug_stays_when_the_name_changes():
    person = PersonFactory(name="Jenna Harvey-Smith")
    person.name = "Jenna Smith"
    person.full_clean()
    person.save()

    assert person.slug == "jenna-harvey-smith"
    assert Slug.objects.get(person=person).slug == "jenna-harvey-smith"


def test_slug_of_a_name_without_latin_letters():
    assert (PersonFactory(name="王小明").slug, PersonFactory(name="李").slug) == ("x", "x-2")


@pytest.mark.parametrize("name", ["–", "…", "\u200b"])
def test_name_of_signs_only_is_refused(name):
    with pytest.raises(ValidationError) as refused:
        PersonFactory(name=name)
    assert refused.value.message_dict == {"name": ["Write a name with letters or digits."]}


def test_same_spelling_of_two_people_is_no_mistake():
    AliasFactory(name="Jo", person=PersonFactory())
    AliasFactory(name="Jo", person=PersonFactory())

    assert Alias.objects.filter(name="Jo").count() == 2


def test_spelling_key_holds_signs_that_fold_into_many_letters():
    alias = AliasFactory(name="ﷺ" * 60, person=PersonFactory())

    assert len(alias.key) == 200
    assert list(Alias.objects.spelt("ﷺ" * 60)) == [alias]


def test_user_with_an_unknown_zone_is_refused():
    user = UserFactory()
    user.timezone = "Africa/Wagadu"

    with pytest.raises(ValidationError) as refused:
        user.full_clean()

    assert refused.value.message_dict == {
        "timezone": ["Choose a time zone from the list, such as Africa/Accra."]
    }

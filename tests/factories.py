"""Test records. Names are those of the documents where a test needs a person."""

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from actions.models import Assignment, Decision, FollowUp, Output, Update
from programmes import models as programmes
from retreats import models as retreats


class Checked(DjangoModelFactory):
    """Through `full_clean`, as the verbs do."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        record = model_class(*args, **kwargs)
        record.full_clean()
        record.save()
        return record


class OrganisationFactory(Checked):
    name = factory.Sequence(lambda n: f"Organisation {n}")

    class Meta:
        model = programmes.Organisation


class PersonFactory(Checked):
    name = factory.Sequence(lambda n: f"Person {n}")

    class Meta:
        model = programmes.Person


class ProgrammeFactory(Checked):
    name = factory.Sequence(lambda n: f"Programme {n}")

    class Meta:
        model = programmes.Programme


class BodyFactory(Checked):
    name = factory.Sequence(lambda n: f"Committee {n}")
    kind = "committee"

    class Meta:
        model = programmes.Body


class MembershipFactory(Checked):
    person = factory.SubFactory(PersonFactory)
    programme = factory.SubFactory(ProgrammeFactory)

    class Meta:
        model = programmes.Membership


class AliasFactory(Checked):
    name = factory.Sequence(lambda n: f"Spelling {n}")

    class Meta:
        model = programmes.Alias


class SectorFactory(Checked):
    name = factory.Sequence(lambda n: f"Sector {n}")

    class Meta:
        model = programmes.Sector


class RegionFactory(Checked):
    name = factory.Sequence(lambda n: f"Region {n}")

    class Meta:
        model = programmes.Region


class CityFactory(Checked):
    name = factory.Sequence(lambda n: f"City {n}")

    class Meta:
        model = programmes.City


class UserFactory(Checked):
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    person = factory.SubFactory(PersonFactory)
    password = "!"

    class Meta:
        model = programmes.User

    @classmethod
    def _create(cls, model_class, *args, roles=(), **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user


class ReviewFactory(Checked):
    name = factory.Sequence(lambda n: f"Review {n}")

    class Meta:
        model = retreats.StrategicReview


class RetreatFactory(Checked):
    name = factory.Sequence(lambda n: f"Retreat {n}")
    kind = "retreat"

    class Meta:
        model = retreats.Retreat


class DayFactory(Checked):
    retreat = factory.SubFactory(RetreatFactory)
    number = factory.Sequence(lambda n: n + 1)

    class Meta:
        model = retreats.Day


class SessionFactory(Checked):
    retreat = factory.SubFactory(RetreatFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    status = "held"

    class Meta:
        model = retreats.Session


class ParticipantFactory(Checked):
    retreat = factory.SubFactory(RetreatFactory)
    person = factory.SubFactory(PersonFactory)
    attended = "yes"

    class Meta:
        model = retreats.Participant


class IssueFactory(Checked):
    title = factory.Sequence(lambda n: f"Issue {n}")

    class Meta:
        model = retreats.StrategicIssue


class FollowUpFactory(Checked):
    title = factory.Sequence(lambda n: f"Follow-up {n}")

    class Meta:
        model = FollowUp


class AssignmentFactory(Checked):
    follow_up = factory.SubFactory(FollowUpFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Assignment


class UpdateFactory(Checked):
    follow_up = factory.SubFactory(FollowUpFactory)
    text = "It is under way."

    class Meta:
        model = Update


class OutputFactory(Checked):
    follow_up = factory.SubFactory(FollowUpFactory)
    title = factory.Sequence(lambda n: f"Paper {n}")

    class Meta:
        model = Output


class DecisionFactory(Checked):
    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence(lambda n: f"Decision {n}")
    year = 2017
    outcome = "approved"
    state = "confirmed"

    class Meta:
        model = Decision

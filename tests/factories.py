"""Test records. Names are those of the documents where a test needs a person."""

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from actions.models import Assignment, Decision, FollowUp, Output, OutputVersion, Update
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


class CommitmentFactory(Checked):
    name = factory.Sequence(lambda n: f"Convention {n}")
    kind = "convention"

    class Meta:
        model = programmes.Commitment


class ProvisionFactory(Checked):
    commitment = factory.SubFactory(CommitmentFactory)
    text = factory.Sequence(lambda n: f"Provision {n}")

    class Meta:
        model = programmes.Provision


class CommitmentWorkFactory(Checked):
    text = factory.Sequence(lambda n: f"Work {n}")

    class Meta:
        model = programmes.CommitmentWork


class PlanFactory(Checked):
    name = factory.Sequence(lambda n: f"Plan {n}")

    class Meta:
        model = programmes.Plan


class PillarFactory(Checked):
    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence(lambda n: f"Pillar {n}")

    class Meta:
        model = programmes.Pillar


class PlanPointFactory(Checked):
    plan = factory.SubFactory(PlanFactory)
    text = factory.Sequence(lambda n: f"Point of a plan {n}")

    class Meta:
        model = programmes.PlanPoint


class FactFactory(Checked):
    text = factory.Sequence(lambda n: f"Fact {n}")

    class Meta:
        model = programmes.Fact


class OrganisationNameFactory(Checked):
    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Old name {n}")

    class Meta:
        model = programmes.OrganisationName


class OrganisationRoleFactory(Checked):
    organisation = factory.SubFactory(OrganisationFactory)
    role = "partner"

    class Meta:
        model = programmes.OrganisationRole


class ContradictionFactory(Checked):
    kind = "number"
    text = factory.Sequence(lambda n: f"Contradiction {n}")

    class Meta:
        model = programmes.Contradiction


class UnderstandingFactory(Checked):
    record = factory.SubFactory(PersonFactory)
    text = factory.Sequence(lambda n: f"Understanding {n}")

    class Meta:
        model = programmes.Understanding


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


class NoteFactory(Checked):
    retreat = factory.SubFactory(RetreatFactory)
    text = factory.Sequence(lambda n: f"Point {n}")

    class Meta:
        model = retreats.Note


class SuggestionFactory(Checked):
    retreat = factory.SubFactory(RetreatFactory)
    title = factory.Sequence(lambda n: f"Suggestion {n}")
    taken_up = "no"

    class Meta:
        model = retreats.Suggestion


class BallotFactory(Checked):
    session = factory.SubFactory(SessionFactory)
    title = factory.Sequence(lambda n: f"Dot vote {n}")

    class Meta:
        model = retreats.Ballot


class BallotOptionFactory(Checked):
    ballot = factory.SubFactory(BallotFactory)
    text = factory.Sequence(lambda n: f"Option {n}")
    announced_position = factory.Sequence(lambda n: n + 1)
    dots = 1

    class Meta:
        model = retreats.BallotOption


class StepFactory(Checked):
    review = factory.SubFactory(ReviewFactory)
    title = factory.Sequence(lambda n: f"Step {n}")
    order = factory.Sequence(lambda n: n + 1)

    class Meta:
        model = retreats.ReviewStep


class InputFactory(Checked):
    review = factory.SubFactory(ReviewFactory)
    title = factory.Sequence(lambda n: f"Survey {n}")
    kind = "survey"

    class Meta:
        model = retreats.ReviewInput


class IssueLinkFactory(Checked):
    issue = factory.SubFactory(IssueFactory)
    other = factory.SubFactory(IssueFactory)

    class Meta:
        model = retreats.IssueLink


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


class OutputVersionFactory(Checked):
    """The newest file of a paper, which lies where it says."""

    output = factory.SubFactory(OutputFactory)
    number = factory.LazyAttribute(lambda file: file.output.newest + 1)
    stored_as = factory.Sequence(lambda n: f"papers/made-{n}")
    name = factory.Sequence(lambda n: f"paper-{n}.pdf")
    type = "application/pdf"
    size = 6
    sha256 = "0" * 64

    class Meta:
        model = OutputVersion
        skip_postgeneration_save = True

    @factory.post_generation
    def laid_down(file, create, extracted):
        Output.objects.filter(pk=file.output_id).update(newest=file.number)
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(b"%PDF-1")


class DecisionFactory(Checked):
    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence(lambda n: f"Decision {n}")
    year = 2017
    outcome = "approved"
    state = "confirmed"

    class Meta:
        model = Decision

"""Rows of every noun, of each kind a grain opens, and which of them the declaration shows."""

from programmes.models import Passage, SourceDocument
from retreats.models import HeadCount, SessionPerson
from tests import factories
from wiego_review.common.access import IMPLIED, nouns

# Which kinds of row each grain opens.
GRAINS = {
    "open": {"open", "own"},
    "all": {"open", "own"},
    "name": {"open", "own"},
    "own": {"own"},
    "met": {"own"},
    "assigned": {"own"},
    "title": {"own"},
    "sealed": {"sealed", "sealed_own"},
}


def expected(noun, roles, board_open):
    """The kinds of row the declaration gives these roles."""
    sees = nouns[noun].sees
    grains = {grain for role in roles for grain in sees.get(role, ())}
    closed = set() if board_open else {"sealed"}
    return set().union(*(GRAINS[grain] for grain in grains - closed))


def taken_part(person):
    retreat = factories.RetreatFactory()
    factories.ParticipantFactory(retreat=retreat, person=person)
    return retreat


def given(person, sealed=False):
    follow_up = factories.FollowUpFactory(sealed=sealed)
    factories.AssignmentFactory(follow_up=follow_up, person=person)
    return follow_up


def sealable(make):
    """Rows of a noun that hangs on follow-ups: `make(follow_up, sealed)`."""

    def rows(user):
        other = factories.PersonFactory()
        return {
            "open": make(given(other), False),
            "own": make(given(user.person), False),
            "sealed": make(given(other, True), True),
            "sealed_own": make(given(user.person, True), True),
        }

    return rows


def of_retreat(make):
    """Rows of a noun that hangs on retreats."""

    def rows(user):
        return {
            "open": make(factories.RetreatFactory()),
            "own": make(taken_part(user.person)),
        }

    return rows


def open_only(make):
    return lambda user: {"open": make()}


def session_person(retreat):
    session = factories.SessionFactory(retreat=retreat)
    return SessionPerson.objects.create(
        session=session, person=factories.PersonFactory(), role="speaker"
    )


def people(user):
    met = factories.ParticipantFactory(retreat=taken_part(user.person)).person
    return {"open": factories.PersonFactory(), "own": met}


def issues(user):
    asked = given(user.person)
    asked.issue = factories.IssueFactory()
    asked.save()
    return {"open": factories.IssueFactory(), "own": asked.issue}


def participants(user):
    return {
        "open": factories.ParticipantFactory(),
        "own": factories.ParticipantFactory(retreat=taken_part(user.person)),
    }


def assignment_of(follow_up, sealed):
    return follow_up.assignments.get()


ROWS = {
    "person": people,
    "programme": open_only(factories.ProgrammeFactory),
    "organisation": open_only(factories.OrganisationFactory),
    "body": open_only(factories.BodyFactory),
    "sector": open_only(factories.SectorFactory),
    "region": open_only(factories.RegionFactory),
    "city": open_only(factories.CityFactory),
    "fact": open_only(lambda: factories.FactFactory(city=factories.CityFactory())),
    "organisationname": open_only(factories.OrganisationNameFactory),
    "organisationrole": open_only(factories.OrganisationRoleFactory),
    "commitment": open_only(factories.CommitmentFactory),
    "provision": open_only(factories.ProvisionFactory),
    "commitmentwork": open_only(factories.CommitmentWorkFactory),
    "plan": open_only(factories.PlanFactory),
    "pillar": open_only(factories.PillarFactory),
    "planpoint": open_only(factories.PlanPointFactory),
    "membership": open_only(factories.MembershipFactory),
    "contradiction": open_only(factories.ContradictionFactory),
    "understanding": open_only(factories.UnderstandingFactory),
    "alias": open_only(lambda: factories.AliasFactory(person=factories.PersonFactory())),
    "passage": open_only(
        lambda: Passage.objects.create(
            document=SourceDocument.objects.get_or_create(slug="lines", digest="1" * 64)[0],
            line=Passage.objects.count() + 1,
        )
    ),
    "sourcedocument": open_only(
        lambda: SourceDocument.objects.create(slug="notes", title="Notes", digest="0" * 64)
    ),
    "user": lambda user: {"open": factories.UserFactory(), "own": user},
    "retreat": of_retreat(lambda retreat: retreat),
    "headcount": of_retreat(lambda retreat: HeadCount.objects.create(retreat=retreat, number=3)),
    "day": of_retreat(lambda retreat: factories.DayFactory(retreat=retreat)),
    "session": of_retreat(lambda retreat: factories.SessionFactory(retreat=retreat)),
    "sessionperson": of_retreat(session_person),
    "participant": participants,
    "strategicreview": open_only(factories.ReviewFactory),
    "strategicissue": issues,
    "issuelink": open_only(factories.IssueLinkFactory),
    "reviewstep": open_only(factories.StepFactory),
    "reviewinput": open_only(factories.InputFactory),
    "ballot": open_only(factories.BallotFactory),
    "ballotoption": open_only(factories.BallotOptionFactory),
    "suggestion": open_only(factories.SuggestionFactory),
    "note": lambda user: {
        "open": factories.NoteFactory(retreat=taken_part(user.person)),
        "sealed": factories.NoteFactory(sealed=True),
    },
    "followup": sealable(lambda follow_up, sealed: follow_up),
    "assignment": sealable(assignment_of),
    "update": sealable(
        lambda follow_up, sealed: factories.UpdateFactory(follow_up=follow_up, sealed=sealed)
    ),
    "output": sealable(
        lambda follow_up, sealed: factories.OutputFactory(follow_up=follow_up, sealed=sealed)
    ),
    "outputversion": sealable(
        lambda follow_up, sealed: factories.OutputVersionFactory(
            output=factories.OutputFactory(follow_up=follow_up, sealed=sealed)
        )
    ),
    "decision": lambda user: {
        "open": factories.DecisionFactory(),
        "sealed": factories.DecisionFactory(sealed=True),
    },
}


def roles_of(role):
    return {role, *IMPLIED.get(role, ())}

"""What is for the Board only, hung on everything open, written as the system itself writes."""

from actions import papers
from actions.models import Assignment, Decision, FollowUp, Update
from programmes.models import Body, City, Commitment, Organisation, Programme, Region, Sector
from programmes.recording import verb
from retreats.models import Note, Retreat, Session, StrategicIssue, Suggestion
from tests.files import upload
from wiego_review.common.files import incoming


def words(noun: str) -> str:
    """A text nobody else has, and that is found by its parts."""
    return f"zqsealed{noun}x with Migration, R204 and supply chains zqmore{noun}x"


@verb
def born(act, model, *, many=None, **values):
    return act.create(model, many=many, **values)


@verb
def reword(act, record, **values):
    return act.change(act.take(record), **values)


def write_sealed(by, people) -> None:
    """A sealed row of each kind on open ones, with a history; and one that was open before.

    `people` lead the follow-ups: they are open records that gain nothing by it.
    """
    retreat = Retreat.objects.get(slug="bellagio-2017")
    session = Session.objects.filter(retreat=retreat).first()
    issue = StrategicIssue.objects.filter(retreats=retreat).first()
    home = FollowUp.objects.filter(sealed=False).order_by("pk").first()
    told = {"by": by, "via": "page"}
    for number, person in enumerate(people):
        follow_up = sealed_follow_up(retreat, session, issue, home, number, told)
        born(Assignment, follow_up=follow_up, person=person, role="lead", **told)
        born(Assignment, follow_up=follow_up, text=words("name"), role="support", **told)
        born(Update, follow_up=follow_up, text=words("update"), sealed=True, **told)
        paper_with_file(told, follow_up=follow_up, title=words("output"))
        reword(follow_up, title=words("retitled"), why=words("why"), **told)
    born(Update, follow_up=home, text=words("aside"), sealed=True, **told)
    paper_with_file(told, follow_up=home, title=words("paper"), sealed=True)
    note = {"retreat": retreat, "session": session, "sealed": True, "said_as": words("saying")}
    many = {"said_by": people[:1]}
    born(Note, text=words("note"), theme=words("theme"), many=many, **note, **told)
    decision = {"body": Body.objects.get(slug="wiego-board"), "year": 2017, "sealed": True}
    decision |= {"retreat": retreat, "issue": issue, "outcome": "noted", "state": "confirmed"}
    born(Decision, title=words("decision"), many={"follow_ups": [home]}, **decision, **told)


def paper_with_file(told, **values):
    content = words("content").encode()
    file = incoming(upload(f"{words('file')}.txt", content))
    papers.add_output(file=file, **values, **told)


def sealed_follow_up(retreat, session, issue, home, number, told):
    many = {
        name: [model.objects.order_by("pk").first()]
        for name, model in {
            "programmes": Programme,
            "sectors": Sector,
            "regions": Region,
            "cities": City,
            "commitments": Commitment,
            "organisations": Organisation,
            "suggestions": Suggestion,
        }.items()
    }
    values = {"title": words("title"), "note": words("text"), "retreat": retreat}
    values |= {"session": session, "issue": issue, "parent": home, "sealed": True}
    return born(FollowUp, kind="webinar", order=number, many=many, **values, **told)


def seal_open(by, follow_up) -> None:
    """A record everybody could read, with a history, is the Board's alone from now on."""
    reword(follow_up, title=words("before"), note=words("beside"), by=by, via="page")
    reword(FollowUp.objects.get(pk=follow_up.pk), sealed=True, by=by, via="page")

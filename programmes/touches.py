"""What of the ground floor touches its nouns, and what the documents tell beside any noun."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiego_review.common import touching
from wiego_review.common.search import When
from wiego_review.common.touching import Along, By, Touch

from .models import PARTIES, Concern, Contradiction, Membership, Source, SourceDocument
from .models import Understanding as Understood
from .models.fact import OWNERS as TOLD_OF
from .models.plan import OWNERS as PLANNERS

ENDED = (When("until", _("Until"), "ended_on", "ended_until", "ended_text"),)
WORKS = {
    "person": "people",
    "programme": "programmes",
    "body": "bodies",
    "organisation": "organisations",
    "commitment": "commitments",
}


def where_it_stands(record, viewer):
    """The documents a record was read from."""
    places = Source.objects.of(record).values("document")
    return SourceDocument.objects.filter(pk__in=places)


def disagreeing(record, viewer):
    return Contradiction.objects.filter(pk__in=Concern.objects.of(record).values("contradiction"))


def understood_of(record, viewer):
    kind = ContentType.objects.get_for_model(record)
    return Understood.objects.about(kind, record.pk)


FROM_DOCUMENTS = (
    Touch("stands_in", _("Stands in"), "sourcedocument", By(where_it_stands)),
    Touch("disagrees", _("Documents don’t agree"), "contradiction", By(disagreeing)),
    Touch("understood", _("Understood, not said"), "understanding", By(understood_of)),
)


def roles(noun, path="", **shown):
    """The roles of a person, or in a body, programme or city: from when, and until when."""
    among = Q(**{f"{path}__isnull": False}) if path else Q()
    shown = {"of": ("title", "body__name", "programme__name"), **shown}
    for code, label in Membership.Role.choices:
        yield Touch(code, label, "membership", Along(noun, among & Q(role=code)), **shown)
    until = Along(noun, among & told("ended"))
    yield Touch("ended", _("Role ended"), "membership", until, when=ENDED, **shown)


def told(time):
    """Those of which this time is told, if in words only."""
    return Q(**{f"{time}_on__isnull": False}) | ~Q(**{f"{time}_text": ""})


def person_in(group):
    """A person's roles in bodies or in programmes, called by those."""
    homes = ((group, f"{group}__slug"),)
    return roles("person", group, title=f"{group}__name", homes=homes, of=("title",))


for noun in ("person", "programme", "body", "organisation", "city", "sector", "region"):
    touching.add(noun, *FROM_DOCUMENTS)
touching.add("commitment", *FROM_DOCUMENTS)
touching.add("plan", *FROM_DOCUMENTS)
touching.add("person", *person_in("body"), *person_in("programme"))
for noun in ("programme", "body", "city"):
    touching.add(noun, *roles(noun))
for noun in TOLD_OF:
    touching.add(noun, Touch("fact", _("Told of"), "fact", Along(noun)))
for noun, field in WORKS.items():
    own = {"homes": (), "of": ()} if noun == "commitment" else {}
    touching.add(noun, Touch("works", _("Works on"), "commitmentwork", Along(field), **own))
for noun, field in (*((noun, noun) for noun in PLANNERS), ("city", "cities")):
    touching.add(noun, Touch("plan", _("Plan"), "plan", Along(field)))
    through = f"plan__{field}" if noun in PLANNERS else field
    touching.add(noun, Touch("planned", _("Planned"), "planpoint", Along(through)))
touching.add("plan", Touch("planned", _("Planned"), "planpoint", Along("plan")))
touching.add(
    "organisation",
    Touch("person", _("Of them"), "person", Along("organisation")),
    Touch("part", _("Part of it"), "organisation", Along("part_of")),
    Touch("name", _("Name"), "organisationname", Along("organisation")),
    Touch("standing", _("Stands in the documents as"), "organisationrole", Along("organisation")),
)
touching.add(
    "city",
    *(
        Touch(
            way,
            label,
            "city",
            Along("pk", told(way)),
            when=(When(way, label, f"{way}_on", f"{way}_until", f"{way}_text"),),
        )
        for way, label in (("joined", _("Joined")), ("left", _("Left")))
    ),
    Touch("commitment", _("Commitment"), "commitment", Along("city")),
)
touching.add(
    "sector",
    Touch("commitment", _("Commitment"), "commitment", Along("sectors")),
    Touch("planned", _("Planned"), "planpoint", Along("sectors")),
)
touching.add("commitment", Touch("provision", _("What it says"), "provision", Along("commitment")))

SPELLING = "a spelling of its own name, found by every search"
MERGED = "one that became it: all it had is its own now"
touching.left_out.update(
    {
        **{f"alias.{party}": SPELLING for party in PARTIES},
        **{f"slug.{party}": "its own address" for party in PARTIES},
        **{f"{party}.merged_into": MERGED for party in PARTIES},
        "changeset.as_told_by": "history stands with the record it changed",
        "pillar.plan": "a heading over the points, which are told",
    }
)

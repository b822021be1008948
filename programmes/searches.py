"""How the nouns of the ground floor are searched."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common import search
from wiego_review.common.cells import grouped
from wiego_review.common.meant import Meant
from wiego_review.common.search import Searchable, When, linked

from . import models
from .matching import Suggestions
from .models import Alias

BY_NAME = ("sort_key",)
SPELT = gettext_lazy("Also written as")
YEAR, PERIOD = ("year", gettext_lazy("Year")), ("period", gettext_lazy("Period"))


def spellings(owner):
    """The other spellings of those found, and the names of those they were put together with."""

    def names(ids, viewer):
        rows = Alias.objects.visible_to(viewer).filter(**{f"{owner}__in": ids})
        return grouped(
            (pk, (str(SPELT), name)) for pk, name in rows.order_by("key").values_list(owner, "name")
        )

    return names


def lines(ids, viewer):
    """What the lines found say, and which they are."""
    rows = models.Passage.objects.visible_to(viewer).filter(pk__in=ids)
    return {
        pk: [(_("Line %(number)s") % {"number": line}, text)]
        for pk, line, text in rows.values_list("pk", "line", "text")
    }


def party(kind, model, label, rank, **more):
    noun = model._meta.model_name
    return Searchable(
        kind,
        model,
        label,
        "name",
        order=BY_NAME,
        rank=rank,
        homes=((noun, "slug"),),
        names=spellings(noun),
        **more,
    )


def place(kind, model, label, rank, **more):
    homes = ((model._meta.model_name, "slug"),)
    return Searchable(kind, model, label, "name", order=BY_NAME, rank=rank, homes=homes, **more)


def like_them(viewer, text):
    """Those whose name or spelling is like this one, word by word."""
    return [
        Meant(party.name, reverse("party", args=[party.slug]), party.slug)
        for party in Suggestions(viewer).near_by_word(text)
    ]


search.near.append(like_them)
search.add(
    party(
        "person",
        models.Person,
        gettext_lazy("People"),
        1,
        texts=("title",),
        partly_column="sort_key",
    ),
    party("programme", models.Programme, gettext_lazy("Programmes"), 2, labels=("kind",)),
    party("body", models.Body, gettext_lazy("Board, Team, committees"), 3, labels=("kind",)),
    party(
        "organisation",
        models.Organisation,
        gettext_lazy("Organisations"),
        4,
        texts=("country",),
        labels=("roles__role",),
    ),
    place("city", models.City, gettext_lazy("Cities"), 5, texts=("country",)),
    place("sector", models.Sector, gettext_lazy("Sectors"), 6),
    place("region", models.Region, gettext_lazy("Regions"), 6),
    place(
        "commitment",
        models.Commitment,
        gettext_lazy("Global commitments"),
        7,
        texts=("as_named", "other_names", "note"),
        within={"year": "year"},
        labels=("kind",),
        when=(When(*YEAR, year="year"),),
    ),
    place(
        "plan",
        models.Plan,
        gettext_lazy("Plans"),
        30,
        texts=("for_whom", "note"),
        within={"year": "period_on__year"},
        names=linked(models.Plan, (gettext_lazy("Pillar"), "pillars__name")),
        when=(When(*PERIOD, "period_on", "period_until", "period_text"),),
    ),
    Searchable(
        "point",
        models.PlanPoint,
        gettext_lazy("Points of plans"),
        "text",
        texts=("said_as",),
        order=("plan_id", "order"),
        rank=31,
        homes=(("plan", "plan__slug"),),
        of=("plan__name",),
        names=linked(
            models.PlanPoint,
            (gettext_lazy("Cities"), "cities__name"),
            (gettext_lazy("Sectors"), "sectors__name"),
            (gettext_lazy("Pillar"), "pillar__name"),
        ),
        beside=linked(models.PlanPoint, (gettext_lazy("Cities"), "cities__name")),
        also=("pillar__name", "cities__name", "sectors__name"),
        kept=True,
        labels=("kind",),
        when=(When(*PERIOD, "plan__period_on", "plan__period_until", "plan__period_text"),),
        turn="order",
    ),
    Searchable(
        "provision",
        models.Provision,
        gettext_lazy("What commitments say"),
        "text",
        texts=("said_as",),
        order=("commitment_id", "order"),
        rank=32,
        homes=(("commitment", "commitment__slug"),),
        of=("commitment__name",),
        names=linked(models.Provision, (SPELT, "commitment__other_names", "commitment__as_named")),
        also=("commitment__search_text",),
        kept=True,
        when=(When(*YEAR, year="commitment__year"),),
        turn="order",
    ),
    Searchable(
        "work",
        models.CommitmentWork,
        gettext_lazy("Who works on what"),
        "text",
        order=("order",),
        rank=32,
        homes=(("commitment", "home"),),
        names=linked(
            models.CommitmentWork,
            (
                gettext_lazy("Global commitments"),
                "commitments__name",
                "commitments__other_names",
                "commitments__as_named",
            ),
            (gettext_lazy("People"), "people__name", "people__aliases__name"),
            (gettext_lazy("Programmes"), "programmes__name", "programmes__aliases__name"),
            (gettext_lazy("Board, Team, committees"), "bodies__name", "bodies__aliases__name"),
            (gettext_lazy("Organisations"), "organisations__name", "organisations__aliases__name"),
        ),
        also=(
            "commitments__search_text",
            "people__search_text",
            "programmes__search_text",
            "bodies__search_text",
            "organisations__search_text",
        ),
        kept=True,
    ),
    Searchable(
        "role",
        models.Membership,
        gettext_lazy("Roles over time"),
        "person__name",
        texts=("title", "started_text", "ended_text"),
        order=("person__sort_key",),
        rank=28,
        homes=(("person", "person__slug"),),
        of=("body__name", "programme__name"),
        within={"year": "started_on__year"},
        labels=("role",),
        names=linked(
            models.Membership,
            (SPELT, "person__aliases__name"),
            (gettext_lazy("City"), "city__name"),
        ),
        also=("person__search_text", "started_on", "ended_on", "city__name"),
        kept=True,
        partly=("person__name", "body__name", "programme__name", "title", "city__name"),
        when=(When("from", gettext_lazy("From"), "started_on", "started_until", "started_text"),),
    ),
    Searchable(
        "fact",
        models.Fact,
        gettext_lazy("Facts"),
        "text",
        texts=("said_as",),
        order=("told_on", "order"),
        rank=33,
        homes=tuple(
            (noun, f"{noun}__slug")
            for noun in ("person", "programme", "body", "organisation", "city")
        ),
        of=(
            "person__name",
            "programme__name",
            "body__name",
            "organisation__name",
            "city__name",
        ),
        within={"year": "told_on__year"},
        also=("told_text",),
        kept=True,
        when=(When("told", gettext_lazy("When it was"), "told_on", "told_until", "told_text"),),
        turn="order",
    ),
    Searchable(
        "contradiction",
        models.Contradiction,
        gettext_lazy("What the documents don’t agree on"),
        "text",
        order=("kind",),
        rank=42,
        aside=True,
        homes=(("contradiction", "pk"),),
        labels=("kind",),
    ),
    Searchable(
        "document",
        models.SourceDocument,
        gettext_lazy("Source documents"),
        "title",
        order=("dated_on",),
        rank=35,
        homes=(("sourcedocument", "slug"),),
        within={"year": "dated_on__year"},
        when=(When("dated", gettext_lazy("Date of the paper"), "dated_on"),),
    ),
    Searchable(
        "passage",
        models.Passage,
        gettext_lazy("In the documents"),
        "document__title",
        order=("document__dated_on", "document_id", "line"),
        rank=40,
        homes=(("sourcedocument", "document__slug"),),
        within={"year": "document__dated_on__year"},
        names=lines,
        line="line",
    ),
    Searchable(
        "understood",
        models.Understanding,
        gettext_lazy("Understood, not said"),
        "text",
        partly=("text",),
        rank=43,
        aside=True,
        homes=(("understanding", "pk"),),
        when=(When("answered", gettext_lazy("Answered"), "answered_at"),),
        column="",
    ),
    Searchable(
        "name",
        models.OrganisationName,
        gettext_lazy("Names over time"),
        "name",
        partly=("name",),
        order=("year",),
        rank=15,
        homes=(("organisation", "organisation__slug"),),
        when=(When("papers", gettext_lazy("In papers of"), year="year"),),
        column="",
        in_lists_only=True,
    ),
    Searchable(
        "standing",
        models.OrganisationRole,
        gettext_lazy("Roles in the documents"),
        "role",
        partly=("role",),
        order=("role",),
        rank=16,
        homes=(("organisation", "organisation__slug"),),
        column="",
        in_lists_only=True,
    ),
)

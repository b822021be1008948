"""How the nouns of the ground floor are searched."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiego_review.common import search
from wiego_review.common.cells import grouped
from wiego_review.common.search import Searchable

from . import models
from .models import Alias

BY_NAME = ("sort_key",)


def spellings(owner):
    """The other spellings of those found, and the names of those they were put together with."""

    def names(ids, viewer):
        label = _("Also written as")
        rows = Alias.objects.visible_to(viewer).filter(**{f"{owner}__in": ids})
        return grouped(
            (pk, (label, name)) for pk, name in rows.order_by("key").values_list(owner, "name")
        )

    return names


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


search.add(
    party(
        "person",
        models.Person,
        gettext_lazy("People"),
        1,
        texts=("title",),
        partly_column="sort_key",
    ),
    party("programme", models.Programme, gettext_lazy("Programmes"), 2),
    party("body", models.Body, gettext_lazy("Board, Team, committees"), 3),
    party("organisation", models.Organisation, gettext_lazy("Organisations"), 4),
    place("city", models.City, gettext_lazy("Cities"), 5),
    place("sector", models.Sector, gettext_lazy("Sectors"), 6),
    place("region", models.Region, gettext_lazy("Regions"), 6),
    place(
        "commitment",
        models.Commitment,
        gettext_lazy("Global commitments"),
        7,
        texts=("as_named", "other_names", "note"),
        within={"year": "year"},
    ),
    place(
        "plan",
        models.Plan,
        gettext_lazy("Plans"),
        30,
        texts=("for_whom", "note"),
        within={"year": "period_on__year"},
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
    ),
    Searchable(
        "contradiction",
        models.Contradiction,
        gettext_lazy("What the documents don’t agree on"),
        "text",
        order=("kind",),
        rank=34,
        homes=(("contradiction", "pk"),),
    ),
    Searchable(
        "document",
        models.SourceDocument,
        gettext_lazy("Source documents"),
        "title",
        texts=("text",),
        order=("dated_on",),
        rank=35,
        homes=(("sourcedocument", "slug"),),
        within={"year": "dated_on__year"},
    ),
    Searchable(
        "understood",
        models.Understanding,
        gettext_lazy("Understood, not said"),
        "text",
        partly=("text",),
        rank=36,
        homes=(("understanding", "pk"),),
        column="",
    ),
)

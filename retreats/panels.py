"""What the first floor adds to pages of the ground floor."""

from django.utils.translation import gettext as _

from wiego_review.common import floors
from wiego_review.common.floors import Panel

from .listings import LISTINGS
from .models import Note, Participant, Retreat, ReviewInput, Session, Suggestion

BY_NAME = {listing.name: listing for listing in LISTINGS}


def sessions_of_person(person, viewer):
    """The sessions somebody facilitated or spoke in."""
    seen = Session.objects.visible_to(viewer).by_people([person])
    rows = BY_NAME["sessions"].rows.read(
        seen.order_by("retreat__date_sort", "position").values_list("pk", flat=True), viewer
    )
    return rows and Panel(_("Sessions"), "retreats/_session_rows.html", {"rows": rows})


def attended(person, viewer):
    """The retreats and meetings somebody was at, or was missed at."""
    seen = Participant.objects.visible_to(viewer).by_people([person])
    rows = BY_NAME["participants"].rows.read(
        seen.order_by("retreat__date_sort").values_list("pk", flat=True), viewer
    )
    title = _("Retreats and meetings")
    return rows and Panel(title, "retreats/_participation_rows.html", {"rows": rows})


def retreats_in(field):
    def build(record, viewer):
        seen = Retreat.objects.visible_to(viewer).filter(**{field: record})
        rows = BY_NAME["retreats"].rows.read(
            seen.order_by("-date_sort").values_list("pk", flat=True), viewer
        )
        title = _("Retreats and meetings")
        return rows and Panel(title, "retreats/_retreat_rows.html", {"rows": rows})

    return build


MOST = 50


def said_by_person(person, viewer):
    """What somebody said, retreat by retreat."""
    seen = Note.objects.visible_to(viewer).by_people([person])
    keys = list(seen.order_by("retreat__date_sort", "position", "pk").values_list("pk", flat=True))
    rows = BY_NAME["notes"].rows.read(keys[:MOST], viewer)
    context = {"rows": rows, "query": f"person={person.slug}", "more": len(keys) > MOST}
    return rows and Panel(_("What they said"), "retreats/_note_rows.html", context)


def suggested_by_person(person, viewer):
    """What somebody suggested, and what became of it."""
    seen = Suggestion.objects.visible_to(viewer).by_people([person])
    rows = BY_NAME["suggestions"].rows.read(
        seen.order_by("retreat__date_sort", "order", "pk").values_list("pk", flat=True), viewer
    )
    return rows and Panel(_("Suggestions"), "retreats/_suggestion_rows.html", {"rows": rows})


def inputs_of(field):
    """The surveys and papers of reviews that name somebody."""

    def build(record, viewer):
        seen = ReviewInput.objects.visible_to(viewer).filter(**{field: record})
        rows = seen.order_by("review", "order").values(
            "kind", "title", "of_whom", "review__slug", "review__name"
        )
        return rows and Panel(_("Surveys and papers"), "retreats/_input_rows.html", {"rows": rows})

    return build


floors.panels["person"] += [sessions_of_person, attended, said_by_person, suggested_by_person]
floors.panels["person"].append(inputs_of("people"))
floors.panels["city"].append(retreats_in("city"))
floors.panels["body"].append(retreats_in("body"))
floors.panels["organisation"] += [retreats_in("organisations"), inputs_of("organisations")]
floors.panels["strategicreview"].append(retreats_in("review"))

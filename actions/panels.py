"""What the second floor adds to the pages of the floors below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wiego_review.common import floors
from wiego_review.common.floors import Panel

from .listings import LISTINGS
from .models import Decision, FollowUp, Output

BY_NAME = {listing.name: listing for listing in LISTINGS}
MOST = 200
SUGGESTED = f"state={FollowUp.State.SUGGESTED}"
AGREED = "&".join(f"state={each}" for each in FollowUp.State if each != FollowUp.State.SUGGESTED)


def follow_up_panel(title, narrow, parameter=None):
    """A panel of follow-ups: `narrow(queryset, record)`, and the list's own parameter for all."""

    def build(record, viewer):
        seen = narrow(FollowUp.objects.visible_to(viewer), record).order_by("order", "pk")
        keys = list(seen.values_list("pk", flat=True)[: MOST + 1])
        rows = BY_NAME["follow-ups"].rows.read(keys[:MOST], viewer)
        if not rows:
            return None
        key = record.slug if hasattr(record, "slug") else record.ref
        link = f"{parameter}={key}" if parameter else ""
        context = {"rows": rows, "query": link, "more": len(keys) > MOST}
        return Panel(str(title), "actions/_followup_rows.html", context)

    return build


def decisions_panel(field):
    def build(record, viewer):
        seen = Decision.objects.visible_to(viewer).filter(**{field: record})
        keys = seen.order_by("decided_sort", "number", "pk").values_list("pk", flat=True)
        rows = BY_NAME["decisions"].rows.read(keys[:MOST], viewer)
        return rows and Panel(_("Decisions"), "actions/_decision_rows.html", {"rows": rows})

    return build


def papers_panel(field, add=""):
    """The papers that belong to a record, or are only named in it; `add` is where one is added."""

    def build(record, viewer):
        seen = Output.objects.visible_to(viewer).filter(**{field: record})
        keys = list(seen.order_by("title", "pk").values_list("pk", flat=True)[: MOST + 1])
        rows = BY_NAME["outputs"].rows.read(keys[:MOST], viewer)
        context = {"rows": rows, "query": "", "more": len(keys) > MOST}
        if add and viewer.user.has_perm("actions.add_output"):
            key = record.slug if hasattr(record, "slug") else record.ref
            context["add"] = reverse(add, args=[key])
        if not (rows or "add" in context):
            return None
        return Panel(_("Papers and files"), "actions/_paper_panel.html", context)

    return build


def filed(field):
    return lambda queryset, record: queryset.filter(**{field: record})


def agreed(field):
    return lambda queryset, record: queryset.agreed().filter(**{field: record})


def suggested(field):
    return lambda queryset, record: queryset.suggested().filter(**{field: record})


def what_came_of_it(suggestion, viewer):
    """The follow-ups of a suggestion, and the press that makes one of it."""
    build = follow_up_panel(_("Follow-ups"), filed("suggestions"), "suggestion")
    panel = build(suggestion, viewer)
    if not viewer.user.has_perm("actions.add_followup"):
        return panel
    context = {"ref": suggestion.ref, **(panel.context if panel else {})}
    return Panel(_("Follow-ups"), "actions/_suggestion_panel.html", context)


def led(queryset, record):
    return queryset.led_by([record])


def supported(queryset, record):
    return queryset.supported_by([record])


for noun in ("person", "body", "organisation"):
    floors.panels[noun] += [
        follow_up_panel(_("Leads"), led, "lead"),
        follow_up_panel(_("With others"), supported, "support"),
    ]
floors.panels["programme"].append(
    follow_up_panel(_("Follow-ups"), lambda qs, record: qs.concerning([record]), "programme")
)
for noun, field in (
    ("sector", "sectors"),
    ("region", "regions"),
    ("city", "cities"),
    ("commitment", "commitments"),
):
    floors.panels[noun].append(follow_up_panel(_("Follow-ups"), filed(field), noun))
floors.panels["suggestion"].append(what_came_of_it)
for noun, ordered in (("retreat", "ordering=agreed&"), ("session", "")):
    floors.panels[noun] += [
        follow_up_panel(_("What was agreed"), agreed(noun), f"{ordered}{AGREED}&{noun}"),
        follow_up_panel(
            _("What was suggested; nobody is said to have agreed"),
            suggested(noun),
            f"{SUGGESTED}&{noun}",
        ),
    ]
floors.panels["retreat"].append(decisions_panel("retreat"))
floors.panels["strategicissue"] += [
    follow_up_panel(_("Follow-ups"), filed("issue"), "issue"),
    decisions_panel("issue"),
]
floors.panels["body"].append(decisions_panel("body"))
for noun, field, add in (
    ("retreat", "retreat", "retreat-paper"),
    ("session", "session", "session-paper"),
    ("strategicissue", "issue", ""),
):
    floors.panels[noun].append(papers_panel(field, add))

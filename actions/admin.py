"""The second floor in the admin, and the Board's desk."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.admin import RecordAdmin
from programmes.models import Body
from retreats.models import Retreat
from wiego_review.common.admin_forms import PolicyForm
from wiego_review.common.dates import Span

from . import papers, workflow
from .forms import NamedMixin, initial_of
from .listings import LISTINGS
from .models import Assignment, Decision, FollowUp, Output, Update

BY_NAME = {listing.name: listing for listing in LISTINGS}
NAMES = ("leads", "supports", "keep_names")


class FollowUpForm(NamedMixin, PolicyForm):
    """A follow-up with who leads it and who is with them, as on its own page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.adding:
            shown = initial_of(self.instance)
            self.initial |= {name: shown[name] for name in NAMES}
        for name in ("leads", "supports"):
            self.fields[name].widget = forms.TextInput(attrs={"class": "vTextField"})

    def verb_values(self):
        values = super().verb_values()
        values.pop("keep_names", None)
        return values


@admin.register(FollowUp)
class FollowUpAdmin(RecordAdmin):
    listing = BY_NAME["follow-ups"]
    columns = ("title", "kind", "leads", "supports", "due_on", "due_text", "state")
    form = FollowUpForm
    fields = (
        "title",
        "kind",
        "state",
        "leads",
        "supports",
        "keep_names",
        "due_on",
        "due_until",
        "due_text",
        "ongoing",
        "look_again_on",
        "due_anchor",
        "note",
        "retreat",
        "session",
        "issue",
        "parent",
        "programmes",
        "sectors",
        "regions",
        "cities",
        "commitments",
        "organisations",
        "suggestions",
        "cadence_min",
        "cadence_max",
    )
    page_name = "followup-detail"
    parts = (
        (Assignment, "follow_up", "follow_up"),
        (Update, "follow_up", "follow_up"),
        (Output, "follow_up", "follow_up"),
    )

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        return FollowUp.objects.for_policies().get(pk=found.pk)

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return super().get_readonly_fields(request, obj)
        tied = ("due_on", "due_until", "due_text", "ongoing") if obj.due_anchor_id else ()
        return ["state", "due_anchor", *tied]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in ("state", "due_anchor")]

    def shown_fields(self, request, obj):
        fields = super().shown_fields(request, obj)
        return [SHOWN.get(name, name) for name in fields if name != "keep_names"]

    def add_record(self, request, values, told):
        return workflow.add_follow_up(**values, **told)

    def edit_record(self, record, values, told):
        return workflow.edit_follow_up(record, **values, **told)

    def history_of(self, record, viewer):
        return super().history_of(record, viewer, list(record.assignments.all()))


@admin.display(description=gettext_lazy("Lead"))
def lead_names(follow_up):
    return initial_of(follow_up)["leads"] or "–"


@admin.display(description=gettext_lazy("With"))
def support_names(follow_up):
    return initial_of(follow_up)["supports"] or "–"


@admin.display(description=gettext_lazy("Who"))
def given_to(assignment):
    return assignment.shown


@admin.display(description=gettext_lazy("By"))
def written_by(update):
    return str(update.by or "–")


@admin.display(description=gettext_lazy("Where it stands"))
def confirmed(decision):
    return decision.get_state_display()


SHOWN = {"leads": lead_names, "supports": support_names, "who": given_to, "by": written_by}


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    listing = BY_NAME["assignments"]
    columns = ("target", "role", "follow_up", "answer", "ended_at")
    fields = ("follow_up", "who", "role", "as_named", "stays_in_words")
    fields += ("answer", "answered_at", "ended_at")

    def shown_fields(self, request, obj):
        fields = super().shown_fields(request, obj)
        return [SHOWN.get(name, name) for name in fields]


@admin.register(Update)
class UpdateAdmin(RecordAdmin):
    listing = BY_NAME["updates"]
    columns = ("text", "follow_up", "by", "as_told_by", "at")
    fields = ("follow_up", "text", "by", "as_told_by", "told_how", "at")

    def shown_fields(self, request, obj):
        fields = super().shown_fields(request, obj)
        return [SHOWN["by"] if getattr(each, "__name__", "") == "by" else each for each in fields]


@admin.register(Output)
class OutputAdmin(RecordAdmin):
    listing = BY_NAME["outputs"]
    columns = ("title", "kind", "language", "named_only", "follow_up", "session", "retreat")
    fields = (
        "title",
        "kind",
        "language",
        "url",
        "binder",
        "named_only",
        "note",
        "follow_up",
        "session",
        "retreat",
        "issue",
    )
    page_name = "outputs-detail"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request, obj=None):
        """A file is added on the paper's page; then it is no link."""
        return ["named_only", *(["url"] if obj and obj.newest else [])]

    def add_record(self, request, values, told):
        return papers.add_output(**values, **told)

    def edit_record(self, record, values, told):
        return papers.edit_output(record, **values, **told)


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    listing = BY_NAME["decisions"]
    columns = ("title", "number", "outcome", "said_as", "body", "decided_on", "decided_text")
    fields = (
        "title",
        "number",
        "outcome",
        "said_as",
        "body",
        "decided_on",
        "decided_until",
        "decided_text",
        "retreat",
        "issue",
        "follow_ups",
        "confirmed",
    )
    page_name = "decisions-detail"

    def shown_fields(self, request, obj):
        fields = super().shown_fields(request, obj)
        return [confirmed if name == "confirmed" else name for name in fields]


def board_desk(request) -> dict:
    """What the Board decided and what came of it; what is Board only, once that is open."""
    viewer = request.viewer
    selection = BY_NAME["decisions"].select(viewer, {})
    ids = list(selection.ordered().values_list("pk", flat=True)[:MOST])
    rows = BY_NAME["decisions"].rows.read(ids, viewer)
    came = what_came(ids, viewer)
    boards = set(Body.objects.filter(kind="board").values_list("slug", flat=True))
    told = [in_words(pk, row, came.get(pk, [])) for pk, row in zip(ids, rows, strict=True)]
    for row in told:
        row["of_board"] = row["body"]["slug"] in boards
    coming = Retreat.objects.visible_to(viewer).coming(viewer.today)
    return {
        "title": _("The Board’s desk"),
        "meeting": coming.filter(kind__in=("board_meeting", "teleconference")).first(),
        "ours": [row for row in told if row["of_board"] and not row["sealed"]],
        "others": [row for row in told if not (row["of_board"] or row["sealed"])],
        "sealed": [row for row in told if row["sealed"]],
        "board_open": viewer.board_open,
    }


MOST = 100


def in_words(pk, row, came) -> dict:
    """A decision's row with what the desk says of it."""
    when = Span(row["decided_on"], row["decided_until"], row["decided_text"])
    for follow_up in came:
        follow_up["state_words"] = FollowUp.State(follow_up["state"]).label
    outcome = Decision.Outcome(row["outcome"]).label
    return {**row, "pk": pk, "came": came, "outcome_words": outcome, "when": when}


def what_came(ids, viewer) -> dict:
    """`{decision: [rows of its follow-ups]}`, as far as the viewer sees them."""
    links = Decision.follow_ups.through.objects.filter(decision__in=ids)
    links = list(links.values_list("decision_id", "followup_id"))
    seen = FollowUp.objects.visible_to(viewer).filter(pk__in=[pk for _d, pk in links])
    keys = list(seen.order_by("due_sort", "pk").values_list("pk", flat=True))
    rows = dict(zip(keys, BY_NAME["follow-ups"].rows.read(keys, viewer), strict=True))
    found = {}
    for decision, pk in links:
        if pk in rows:
            found.setdefault(decision, []).append(rows[pk])
    return found


admin.site.desks["board"] = board_desk

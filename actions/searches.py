"""How the nouns of the second floor are searched."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.models import PARTIES, Alias
from wiego_review.common import search
from wiego_review.common.cells import grouped
from wiego_review.common.dates import NEVER, Span
from wiego_review.common.search import Searchable, When, linked

from .models import Assignment, Decision, FollowUp, Output, Update

OF_RETREAT = {"year": "retreat__starts_on__year", "retreat": "retreat"}
RETREAT_DAYS = ("retreat__starts_on", "retreat__ends_on", "retreat__dates_text")
SESSION_DAYS = tuple(f"session__{path}" for path in RETREAT_DAYS)
HELD = ("held", _("Held"))
ROLES = dict(Assignment.Role.choices)


def who_and_what(ids, viewer):
    """Whom the follow-ups found were given to, in every spelling, and their programmes."""
    columns = [f"{party}__name" for party in PARTIES]
    given = Assignment.objects.current().filter(follow_up__in=ids)
    given = list(
        given.order_by("role", "order").values_list(
            "follow_up_id", "role", "as_named", "text", *PARTIES, *columns
        )
    )
    keys = [{row[4 + n] for row in given} - {None} for n in range(len(PARTIES))]
    spelt = written_otherwise(viewer, dict(zip(PARTIES, keys, strict=True)))
    found = []
    for pk, role, as_named, text, *rest in given:
        parties, names = rest[: len(PARTIES)], rest[len(PARTIES) :]
        written = [name for party in parties if party for name in spelt.get(party, ())]
        told = dict.fromkeys(filter(None, [*names, text, as_named, *written]))
        found.append((pk, (str(ROLES[role]), ", ".join(told))))
    filed = FollowUp.programmes.through.objects.filter(followup__in=ids)
    rows = filed.values_list("followup_id", "programme__name")
    return grouped(found + [(pk, (str(_("Programme")), name)) for pk, name in rows])


def steps_due(ids, viewer):
    """The steps of those found that are due: each with its time."""
    steps = FollowUp.objects.visible_to(viewer).filter(parent__in=ids, due_sort__lt=NEVER)
    rows = steps.order_by("due_sort", "order", "pk")
    rows = rows.values_list("parent_id", "title", "due_on", "due_until", "due_text")
    return grouped(
        (pk, (str(_("Step")), f"{title}: {Span(*due).in_full}")) for pk, title, *due in rows
    )


def written_otherwise(viewer, keys):
    """`{key of a party: its other spellings}`."""
    borne = Q(pk__in=[])
    for party, wanted in keys.items():
        borne |= Q(**{f"{party}__in": wanted})
    rows = Alias.objects.visible_to(viewer).filter(borne).values_list(*PARTIES, "name")
    return grouped((next(filter(None, row[:-1])), row[-1]) for row in rows)


search.add(
    Searchable(
        "follow-up",
        FollowUp,
        _("Follow-ups"),
        "title",
        texts=("note", "due_text", "issue__title"),
        partly=("title", "note", "due_text"),
        order=("due_sort", "order"),
        rank=20,
        homes=(("followup", "pk"),),
        of=("parent__title", "retreat__name"),
        within=OF_RETREAT,
        when=(
            When("due", _("By when"), "due_on", "due_until", "due_text", partly=True),
            When("suggested", _("Suggested"), *RETREAT_DAYS, where=("state", "suggested")),
            When("agreed", _("Agreed"), *RETREAT_DAYS),
        ),
        turn="order",
        names=who_and_what,
        beside=steps_due,
        labels=("kind", "state"),
        called=(_("Lead"),),
    ),
    Searchable(
        "decision",
        Decision,
        _("Decisions"),
        "title",
        texts=("said_as", "number", "decided_text"),
        order=("-decided_sort", "number"),
        rank=21,
        homes=(("decision", "pk"),),
        of=("body__name",),
        within={"year": "year", "retreat": "retreat"},
        labels=("outcome",),
        names=linked(
            Decision,
            (_("Also written as"), "body__aliases__name"),
            (_("Retreat or meeting"), "retreat__name"),
            (_("Strategic issue"), "issue__title"),
        ),
        also=("body__search_text", "retreat__name", "issue__title", "decided_on"),
        kept=True,
        when=(
            When("decided", _("Decided"), "decided_on", "decided_until", "decided_text"),
            When(*HELD, *RETREAT_DAYS),
        ),
    ),
    Searchable(
        "paper",
        Output,
        _("Papers and files"),
        "title",
        texts=("note",),
        partly=("title", "note"),
        order=("title",),
        rank=26,
        homes=(
            ("followup", "follow_up_id"),
            ("session", "session_id"),
            ("strategicissue", "issue_id"),
            ("retreat", "retreat__slug"),
        ),
        of=("follow_up__title", "session__title", "issue__title", "retreat__name"),
        within={"retreat": "retreat"},
        labels=("kind",),
        kept=True,
        when=(
            When(*HELD, "session__day__date"),
            When(*HELD, *SESSION_DAYS),
            When(*HELD, *RETREAT_DAYS),
        ),
        place=F("session__position") * 1000,
    ),
    Searchable(
        "update",
        Update,
        _("Updates"),
        "follow_up__title",
        texts=("text",),
        partly=("text",),
        order=("-at",),
        rank=27,
        homes=(("followup", "follow_up_id"),),
        within={"year": "at__year", "retreat": "follow_up__retreat"},
        when=(When("written", _("Written"), "at", partly=True),),
    ),
    Searchable(
        "assignment",
        Assignment,
        _("Lead and with"),
        "follow_up__title",
        partly=("follow_up__title", "text"),
        column="follow_up__search_text",
        in_lists_only=True,
    ),
)

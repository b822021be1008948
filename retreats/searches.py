"""How the nouns of the first floor are searched."""

from dataclasses import replace

from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from wiego_review.common import search
from wiego_review.common.search import Searchable, When, linked

from . import models
from .row_words import number_of, words_of

YEAR = "starts_on__year"
SESSION, RETREAT = ("session", "session_id"), ("retreat", "retreat__slug")
OF_RETREAT = {"year": f"retreat__{YEAR}", "retreat": "retreat"}
OF_SESSION = {"year": f"session__retreat__{YEAR}", "retreat": "session__retreat"}
HELD = ("held", _("Held"))


def when_held(retreat):
    """The days of a retreat, at the end of this path."""
    days = ("starts_on", "ends_on", "dates_text")
    return When(*HELD, *(f"{retreat}{name}" for name in days), partly=True)


def when_in_session(session):
    """The day of a session at the end of this path, else its retreat's days."""
    return When(*HELD, f"{session}day__date", partly=True), when_held(f"{session}retreat__")


def headcount_words(row) -> str:
    """`Team: 20 of 44`."""
    count = models.HeadCount(**{name: row[name] for name in COUNTED})
    return f"{words_of(count)}: {number_of(count)}"


COUNTED = ("capacity", "as_named", "number", "out_of")
PARTICIPANT = Searchable(
    "participant",
    models.Participant,
    _("Participants"),
    "person__name",
    only=~Q(attended="no"),
    when=(when_held("retreat__"),),
    place=Value(-1),
    partly_column="person__sort_key",
    order=("person__sort_key",),
    rank=28,
    homes=(RETREAT,),
    of=("retreat__name",),
    within=OF_RETREAT,
    column="person__search_text",
    names=linked(models.Participant, (_("Also written as"), "person__aliases__name")),
    labels=("capacity", "attended"),
    called=(_("Came as"),),
    phrases=(_("who came"), _("who was there"), _("who took part")),
    dated=True,
)
PLACES = ("theme", "venue", "city__name", "place", "country", "dates_text")


def said_by(model):
    return linked(model, (_("Said by"), "said_by__name", "said_by__aliases__name"))


search.narrows["retreat"] = models.Retreat
search.add(
    Searchable(
        "review",
        models.StrategicReview,
        _("Strategic reviews"),
        "name",
        order=("sort_key",),
        rank=8,
        homes=(("strategicreview", "slug"),),
    ),
    Searchable(
        "retreat",
        models.Retreat,
        _("Retreats and meetings"),
        "name",
        texts=(*PLACES, "countries", "themes"),
        shows=("theme", "countries"),
        dated=True,
        partly=("name", "theme", "venue", "place", "country", "dates_text"),
        order=("-date_sort",),
        rank=9,
        labels=("kind",),
        homes=(("retreat", "slug"),),
        within={"year": YEAR, "retreat": "pk"},
        when=(when_held(""),),
    ),
    Searchable(
        "issue",
        models.StrategicIssue,
        _("Strategic issues"),
        "title",
        partly=("title",),
        order=("title",),
        rank=10,
        homes=(("strategicissue", "pk"),),
        when=tuple(replace(when, partly=False) for when in when_in_session("session__")),
    ),
    Searchable(
        "vote",
        models.Ballot,
        _("Dot votes"),
        "title",
        texts=("question", "note"),
        rank=11,
        homes=(("ballot", "pk"), SESSION),
        of=("session__title",),
        within=OF_SESSION,
        also=("session__retreat__name",),
        kept=True,
        when=when_in_session("session__"),
        place=F("session__position") * 1000,
    ),
    Searchable(
        "option",
        models.BallotOption,
        _("Issues voted on"),
        "text",
        order=("ballot_id", "announced_position"),
        rank=12,
        homes=(("ballot", "ballot_id"), ("session", "ballot__session_id")),
        of=("ballot__title",),
        within={
            "year": f"ballot__session__retreat__{YEAR}",
            "retreat": "ballot__session__retreat",
        },
        kept=True,
        when=when_in_session("ballot__session__"),
        place=F("ballot__session__position") * 1000,
        turn="announced_position",
    ),
    Searchable(
        "session",
        models.Session,
        _("Sessions"),
        "title",
        texts=("moved_to",),
        partly=("title",),
        order=("retreat_id", "position"),
        rank=22,
        homes=(("session", "pk"),),
        of=("retreat__name",),
        within=OF_RETREAT,
        labels=("status", "people__role"),
        names=linked(
            models.Session,
            (
                _("Facilitated or spoke"),
                "people__person__name",
                "people__as_named",
                "people__person__aliases__name",
            ),
            (_("Topic"), "people__topic"),
        ),
        also=("people__person__search_text", "people__as_named", "people__topic"),
        kept=True,
        when=when_in_session(""),
        place=F("position") * 1000,
    ),
    Searchable(
        "suggestion",
        models.Suggestion,
        _("Suggestions"),
        "title",
        texts=("text", "for_whom", "said_by_text"),
        order=("retreat_id", "order"),
        rank=23,
        homes=(("suggestion", "pk"), RETREAT),
        of=("retreat__name",),
        within=OF_RETREAT,
        labels=("taken_up",),
        names=said_by(models.Suggestion),
        also=("said_by__search_text",),
        kept=True,
        when=(when_held("retreat__"),),
        turn="order",
    ),
    Searchable(
        "input",
        models.ReviewInput,
        _("Surveys and papers"),
        "title",
        texts=("of_whom", "note"),
        order=("review_id", "order"),
        rank=24,
        homes=(("strategicreview", "review__slug"),),
        of=("review__name",),
        labels=("kind",),
        names=linked(
            models.ReviewInput,
            (_("By"), "people__name", "people__aliases__name"),
            (_("Organisations"), "organisations__name", "organisations__aliases__name"),
        ),
        also=("people__search_text", "organisations__search_text"),
        kept=True,
    ),
    Searchable(
        "step",
        models.ReviewStep,
        _("Steps of reviews"),
        "title",
        texts=("note", "when_text"),
        order=("review_id", "order"),
        rank=25,
        homes=(("strategicreview", "review__slug"),),
        of=("review__name",),
        labels=("status",),
        also=("retreat__name",),
        kept=True,
        within={"year": "when_on__year", "retreat": "retreat"},
        when=(When("step", _("When"), "when_on", "when_until", "when_text"),),
        turn="order",
    ),
    Searchable(
        "note",
        models.Note,
        _("Notes"),
        "text",
        texts=("said_as", "theme", "for_whom", "said_by_text"),
        order=("retreat_id", "order"),
        rank=29,
        homes=(("note", "pk"), SESSION, RETREAT),
        of=("session__title", "retreat__name"),
        within=OF_RETREAT,
        labels=("kind",),
        names=said_by(models.Note),
        also=("said_by__search_text",),
        kept=True,
        when=(When(*HELD, "session__day__date"), when_held("retreat__")),
        place=F("position"),
    ),
    Searchable(
        "day",
        models.Day,
        _("Days"),
        "heading",
        texts=("venue",),
        partly=("heading", "venue"),
        order=("retreat_id", "number"),
        rank=22,
        homes=(RETREAT,),
        of=("retreat__name",),
        within=OF_RETREAT,
        when=(When(*HELD, "date", partly=True), when_held("retreat__")),
        place=F("number") * 1_000_000,
        column="",
    ),
    PARTICIPANT,
    replace(
        PARTICIPANT,
        kind="absent",
        part="absent",
        label=_("Named, but were not there"),
        only=Q(attended="no"),
        called=(_("Absent, missing, away, not at the retreat or meeting"),),
        phrases=(_("could not come"), _("did not come"), _("not able to attend")),
    ),
    Searchable(
        "headcount",
        models.HeadCount,
        _("Head-counts, as announced"),
        "as_named",
        texts=("number", "out_of"),
        order=("retreat__date_sort", "capacity"),
        rank=28,
        homes=(RETREAT,),
        of=("retreat__name",),
        within=OF_RETREAT,
        labels=("capacity",),
        called=(_("How many attended"), _("Number of participants, attendance")),
        phrases=(_("how many people"), _("how many came")),
        dated=True,
        told=COUNTED,
        title_of=headcount_words,
        when=(when_held("retreat__"),),
        kept=True,
    ),
)

"""How the nouns of the first floor are searched."""

from django.utils.translation import gettext_lazy as _

from wiego_review.common import search
from wiego_review.common.search import Searchable

from . import models

YEAR = "starts_on__year"
SESSION, RETREAT = ("session", "session_id"), ("retreat", "retreat__slug")
OF_RETREAT = {"year": f"retreat__{YEAR}", "retreat": "retreat"}
OF_SESSION = {"year": f"session__retreat__{YEAR}", "retreat": "session__retreat"}
PLACES = ("theme", "venue", "city__name", "place", "country", "dates_text")

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
        partly=("name", "theme", "venue", "place", "country", "dates_text"),
        order=("-date_sort",),
        rank=9,
        homes=(("retreat", "slug"),),
        within={"year": YEAR, "retreat": "pk"},
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
    ),
    Searchable(
        "session",
        models.Session,
        _("Sessions"),
        "title",
        partly=("title",),
        order=("retreat_id", "position"),
        rank=22,
        homes=(("session", "pk"),),
        of=("retreat__name",),
        within=OF_RETREAT,
    ),
    Searchable(
        "suggestion",
        models.Suggestion,
        _("Suggestions"),
        "title",
        texts=("text", "for_whom"),
        order=("retreat_id", "order"),
        rank=23,
        homes=(("suggestion", "pk"), RETREAT),
        of=("retreat__name",),
        within=OF_RETREAT,
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
        within={"year": "when_on__year"},
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
        column="",
    ),
    Searchable(
        "participant",
        models.Participant,
        _("Participants"),
        "person__name",
        partly_column="person__sort_key",
        column="person__search_text",
        in_lists_only=True,
    ),
)

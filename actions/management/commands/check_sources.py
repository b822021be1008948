import hashlib
import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from actions.models import Assignment, Decision, FollowUp, Output
from programmes.models import (
    Alias,
    City,
    Commitment,
    Fact,
    Organisation,
    OrganisationName,
    Person,
    Pillar,
    Plan,
    PlanPoint,
    Programme,
    Provision,
    Region,
    Sector,
    Source,
    SourceDocument,
)
from programmes.workflow import changed_by_people
from retreats.models import (
    Ballot,
    BallotOption,
    HeadCount,
    Note,
    ReviewInput,
    ReviewStep,
    Session,
    SessionPerson,
    StrategicIssue,
    Suggestion,
)

# What a document says in its own words. Titles of convenings, names of bodies and the titles of
# people are put together from several places, and stand as they are nowhere.
WORDS = {
    Person: ("name",),
    Alias: ("name",),
    Programme: ("name",),
    Organisation: ("name",),
    Sector: ("name",),
    Region: ("name",),
    City: ("name", "joined_text", "left_text"),
    OrganisationName: ("name",),
    Fact: ("said_as", "told_text"),
    Commitment: ("as_named",),
    Provision: ("said_as",),
    Plan: ("name", "period_text"),
    Pillar: ("name",),
    PlanPoint: ("said_as",),
    Session: ("title",),
    SessionPerson: ("as_named",),
    StrategicIssue: ("title",),
    ReviewStep: ("title", "when_text"),
    ReviewInput: ("title",),
    Note: ("said_as", "said_by_text"),
    Suggestion: ("title",),
    Ballot: ("title",),
    BallotOption: ("text", "dots"),
    HeadCount: ("as_named",),
    FollowUp: ("title", "due_text"),
    Assignment: ("as_named",),
    Decision: ("title", "said_as", "decided_text"),
    Output: ("title",),
}
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": None})


class Command(BaseCommand):
    help = "Hold names, titles and words as said against the documents lying in a folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        texts = documents_in(folder)
        if not texts:
            raise CommandError(f"None of the documents lies in {folder}.")
        held, wrong, elsewhere = 0, [], 0
        for record, name, words, places in facts():
            here = [place for place in places if place.document_id in texts]
            if not here:
                elsewhere += 1
            elif any(stands(words, texts[place.document_id], place) for place in here):
                held += 1
            else:
                wrong.append(f"{record._meta.model_name} {name} “{words}”: not in {said(here)}")
        for line in wrong:
            self.stdout.write(line)
        self.stdout.write(f"{held} stand in their lines, {len(wrong)} do not.")
        if elsewhere:
            self.stdout.write(f"{elsewhere} have no place in the documents of this folder.")
        if wrong:
            raise SystemExit(1)


def documents_in(folder) -> dict[int, list[str]]:
    """The lines of each document that lies in the folder, by the document's key."""
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder.")
    known = dict(SourceDocument.objects.values_list("digest", "pk"))
    found = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes() if path.is_file() else b""
        if key := known.get(hashlib.sha256(data).hexdigest()):
            found[key] = data.decode("utf-8").split("\n")
    return found


def facts():
    """`(record, field, words, places)` for all that a document says in its own words.

    What somebody set here since is theirs, not the document's.
    """
    for model, names in WORDS.items():
        for record in model._base_manager.order_by("pk"):
            places = list(Source.objects.of(record).select_related("document"))
            ours = changed_by_people(record) if places else ()
            for name in names:
                words = "" if getattr(record, name) is None else str(getattr(record, name))
                if words and places and name not in ours:
                    yield record, name, words, places


def stands(words, lines, place) -> bool:
    """Whether the words stand within the lines a place gives, or across a broken word."""
    part = "\n".join(lines[place.first_line - 1 : place.last_line])
    return any(plain(words) in plain(each) for each in (part, re.sub(r"-\s*\n\s*", "", part)))


def plain(text) -> str:
    """Text without regard to case, white space, markdown's asterisks and kinds of quotes."""
    return " ".join(text.translate(QUOTES).replace("*", "").split()).casefold()


def said(places) -> str:
    return "; ".join(str(place) for place in places)

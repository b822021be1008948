import hashlib
import re
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError

from actions.models import Assignment, Decision, FollowUp, Output
from programmes.models import (
    Alias,
    City,
    Commitment,
    Fact,
    Membership,
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
    Day,
    HeadCount,
    Note,
    Retreat,
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
    Membership: ("started_text", "ended_text"),
    Fact: ("said_as", "told_text"),
    Commitment: ("as_named", "other_names"),
    Provision: ("said_as",),
    Plan: ("name", "period_text"),
    Pillar: ("name",),
    PlanPoint: ("said_as",),
    Retreat: ("dates_text", "themes", "countries"),
    Day: ("heading",),
    Session: ("title",),
    SessionPerson: ("as_named",),
    StrategicIssue: ("title",),
    ReviewStep: ("title", "when_text"),
    ReviewInput: ("title",),
    Note: ("said_as", "said_by_text"),
    Suggestion: ("title", "said_by_text"),
    Ballot: ("title", "order_text"),
    BallotOption: ("text", "dots"),
    HeadCount: ("as_named", "number", "out_of"),
    FollowUp: ("title", "due_text"),
    Assignment: ("as_named", "text"),
    Decision: ("title", "said_as", "decided_text"),
    Output: ("title",),
}
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SPELT = {str(number): word for number, word in enumerate(NUMBERS)}
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
        places = places_by_record(model)
        for record in model._base_manager.filter(pk__in=places).order_by("pk"):
            ours = changed_by_people(record)
            for name in names:
                for words in words_in(record, name) if name not in ours else ():
                    yield record, name, words, places[record.pk]
    for place in Source.objects.exclude(said_as="").select_related("document"):
        yield place.record, "said_as", place.said_as, [place]


def places_by_record(model) -> dict:
    """The places of all records of a model, by the record's key."""
    found = {}
    kind = ContentType.objects.get_for_model(model)
    for place in Source.objects.filter(content_type=kind).select_related("document"):
        found.setdefault(place.object_id, []).append(place)
    return found


def words_in(record, name) -> list[str]:
    """What a field holds, each of several names alone; nothing where it is empty."""
    value = getattr(record, name)
    values = value if isinstance(value, list) else [value]
    return [str(each) for each in values if each not in (None, "")]


def stands(words, lines, place) -> bool:
    """Whether the words stand, as whole words, within the lines a place gives.

    Across a word broken at a line's end too, and a small number spelt out.
    """
    part = "\n".join(lines[place.first_line - 1 : place.last_line])
    wanted = [plain(words), SPELT.get(words)]
    return any(
        re.search(rf"(?<!\w){re.escape(each)}(?!\w)", plain(text))
        for each in wanted
        if each
        for text in (part, re.sub(r"-\s*\n\s*", "", part))
    )


def plain(text) -> str:
    """Text without regard to case, white space, markdown's asterisks and kinds of quotes."""
    return " ".join(text.translate(QUOTES).replace("*", "").split()).casefold()


def said(places) -> str:
    return "; ".join(str(place) for place in places)

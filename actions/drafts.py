"""Lines as people write them, read as drafts of follow-ups. Nothing is saved here.

What is sure is filled in; whoever a name may mean is offered; what was not understood is said.
A first name alone is somebody only where the same text names exactly one such person in full.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.matching import (
    MODELS,
    Suggestions,
    by_part,
    find_whole,
    known_spellings,
    spelt_names,
)
from programmes.models import Person
from wiego_review.common.text import fold

from .due import anchors
from .due_words import Due, NotUnderstood, read_due
from .filing import file_under
from .lines import LONGEST, kind_begun, kind_named, read_lines

LONGEST_DUE = 60
MOST_LOOKED_UP = 300
AND = re.compile(r"\s*(?:[;/&\n]|\b(?:and|y|et|e)\b)\s*")
COMMA = re.compile(r"\s*,\s*")
WITH = re.compile(r"\s*\b(?:with|con|avec|com)\b\s*", re.IGNORECASE)
AT_LAST_WITH = re.compile(
    r"\s+(?:with|con|avec|com)\s+(?!.*\s(?:with|con|avec|com)\s)", re.IGNORECASE
)
TO_LEAD = re.compile(
    r"\s*(?:\b(?:to lead|will lead|leads?|lidera[nr]?|dirige[nr]?|pilotent?|lideram)|\(lead\))\s*$",
    re.IGNORECASE,
)
LED_BY = re.compile(
    r"^(?:lead|leads|led by|who|responsible|quien|responsable|qui|quem)\s*:?\s+", re.IGNORECASE
)
WILL = re.compile(r"^(.{2,120}?)\s+(?:will|to|should|shall|must)\s+(.+)$")
NO_DAY = gettext_lazy("When “%(words)s” is, was not understood. Say a day, or leave the words.")
PARTICLES = {"von", "van", "de", "da", "do", "dos", "das", "der", "del", "la", "le", "bin", "al"}
SIGN = re.compile(r"(?<!\S)([@#])(?:\"([^\"]+)\"|([\w.\-]+))")
BREAK = re.compile(
    r"\s*[,;(–]\s*|\s+-\s+|\s+(?=(?:by|before|until|in|for|during|within|next|antes|para|hasta|en|"
    r"dentro|avant|d['’]ici|pour|dans|jusqu|até|em|end|early|mid|late|two|one|a)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """A name as written: the one it is, or whom it may mean."""

    text: str
    party: object = None
    candidates: tuple = ()


@dataclass
class Draft:
    """A follow-up as it was understood; `unclear` says in sentences what was not: remarks, and
    the names that may mean several or nobody."""

    line: int
    text: str
    title: str = ""
    kind: str = "task"
    leads: list = field(default_factory=list)
    supports: list = field(default_factory=list)
    due: Due = field(default_factory=Due)
    filed: dict = field(default_factory=dict)
    note: str = ""
    remarks: list = field(default_factory=list)
    likely: bool = True

    @property
    def names(self) -> list[Named]:
        return [*self.leads, *self.supports]

    @property
    def unclear(self) -> list[str]:
        return [*self.remarks, *(who_is(each) for each in self.names if not each.party)]


def read_drafts(viewer, text: str, on) -> list[Draft]:
    """The drafts of a text, as of the day `on`."""
    return Reader(viewer, on).read(text)


class Reader:
    """Reads lines for one viewer as of one day; looks names up once."""

    def __init__(self, viewer, on):
        self.viewer, self.on = viewer, on
        self.anchors = anchors(viewer)
        self.suggestions = Suggestions(viewer)
        self.suggestions.left = 40
        self.looked_up, self.spelt, self.left = {}, {}, MOST_LOOKED_UP

    def read(self, text) -> list[Draft]:
        drafts = [self.draft(line) for line in read_lines(text)]
        self.settle_first_names(drafts)
        return drafts

    def draft(self, line) -> Draft:
        draft = Draft(line.number, line.text, kind=line.kind or "", likely=line.likely)
        if len(line.text) > LONGEST:
            draft.title = line.text
            draft.remarks.append(_("This is long for a follow-up. Shorten it, or leave it out."))
        elif line.cells:
            self.read_cells(draft, line.cells)
        else:
            self.read_text(draft, line.text)
        draft.kind = draft.kind or kind_begun(draft.title) or "task"
        draft.title = draft.title.strip(" ,;:–-")
        return draft

    # ---- a row of a table

    def read_cells(self, draft, cells):
        for name, text in cells:
            if not name:
                name = "due" if self.due_of(text) else "leads" if self.are_names(text) else "note"
                name = "supports" if name == "leads" and draft.leads else name
            if name == "due":
                self.take_due(draft, text)
            elif name in ("leads", "supports"):
                self.take_names(draft, text, name)
            elif name == "kind":
                draft.kind = kind_named(text) or draft.kind
            elif name == "title" and not draft.title:
                self.read_text(draft, text)
            else:
                draft.note = "\n".join(filter(None, (draft.note, text)))

    def take_due(self, draft, text):
        try:
            draft.due = read_due(text, self.on, self.anchors)
        except NotUnderstood as problem:
            draft.due = Due(text)
            draft.remarks.append(str(problem) or NO_DAY % {"words": text})

    # ---- a line of prose

    def read_text(self, draft, text):
        text = self.take_signs(draft, text)
        head, colon, rest = text.partition(":")
        if colon and (kind := kind_named(head)):
            draft.kind, text = kind, rest.strip()
        text = self.take_ends(draft, text)
        text = self.take_head(draft, text)
        draft.title = self.take_ends(draft, text)

    def take_signs(self, draft, text):
        for sign, quoted, word in SIGN.findall(text):
            name = quoted or word.rstrip(".-").replace("_", " ")
            if sign == "@":
                draft.leads.append(self.named(name))
            elif found := file_under(self.viewer, name):
                draft.filed.setdefault(found[0], []).append(found[1])
            else:
                draft.remarks.append(_("Nothing is called “%(name)s” here.") % {"name": name})
        return " ".join(SIGN.sub(" ", text).split())

    def take_ends(self, draft, text):
        """What stands at the end of a line: when, who, with whom, in any order."""
        while True:
            shorter = self.without_due(draft, text)
            shorter = self.without_people(draft, shorter)
            if shorter == text:
                return text
            text = shorter

    def without_due(self, draft, text):
        if draft.due.text:
            return text
        for found in BREAK.finditer(text):
            words = text[found.end() :].strip(" ()")
            if found.start() and (due := self.due_of(words)):
                draft.due = due
                return text[: found.start()].strip(" (,;")
        return text

    def due_of(self, words):
        """A Due where these words are one; "2018" alone is none, nor is a name."""
        if len(words) > LONGEST_DUE:
            return None
        try:
            due = read_due(words, self.on, self.anchors)
        except NotUnderstood:
            return None
        return due if due.on or due.ongoing else None

    def without_people(self, draft, text):
        for found in reversed(
            list(
                re.finditer(
                    r"\s*[(\[]([^()\[\]]*)[)\]]\s*$|,\s*(?=with\b|con\b|avec\b|com\b)", text
                )
            )
        ):
            words = (found[1] or text[found.end() :]).strip()
            if self.take_people(draft, words):
                return text[: found.start()].strip(" ,;")
        title, *names = AT_LAST_WITH.split(text, maxsplit=1)
        if names and not draft.supports and self.are_names(names[0]):
            self.take_names(draft, names[0], "supports")
            return title
        return text

    def take_people(self, draft, words) -> bool:
        """ "Jane with Jenna", "with Jane", "led by Carmen Roca": whether it is people."""
        leads, *supports = WITH.split(LED_BY.sub("", words), maxsplit=1)
        if not self.are_names(", ".join(filter(None, (leads, *supports)))):
            return False
        if leads:
            self.take_names(draft, leads, "leads")
        if supports:
            self.take_names(draft, supports[0], "supports")
        return True

    def take_head(self, draft, text):
        """ "Migration: Jane Barrett, Pamhidzai Banu"; "ORP: a worker-friendly menu"."""
        for found in re.finditer(r":\s+", text):
            head, rest = text[: found.start()], text[found.end() :]
            if self.take_people(draft, TO_LEAD.sub("", rest)):
                return head
        head, colon, rest = text.partition(": ")
        if colon and not draft.leads and self.is_known(head):
            self.take_names(draft, head, "leads")
            return rest
        found = WILL.match(text)
        if found and not draft.leads and all(map(self.is_known, self.names_in(found[1]))):
            self.take_names(draft, found[1], "leads")
            return found[2]
        return text

    # ---- names

    def names_in(self, text) -> list[str]:
        """The names in a line; a comma within a known spelling parts nothing."""
        pieces = [each for part in AND.split(text) for each in COMMA.split(part) if each.strip()]
        found, place = [], 0
        while place < len(pieces):
            two = ", ".join(pieces[place : place + 2])
            both = place + 1 < len(pieces) and two in text and self.is_spelling(two)
            found.append(two if both else pieces[place])
            place += 2 if both else 1
        return [each.strip(" .()") for each in found]

    def are_names(self, text) -> bool:
        """Whether all of it looks like names, and at least one is known or nearly so."""
        names = self.names_in(text)
        if not names or not all(self.is_known(each) or looks_like_name(each) for each in names):
            return False
        named = [self.named(each) for each in names]
        return any(each.party or each.candidates for each in named)

    def is_known(self, text) -> bool:
        return bool(self.named(text).party) or self.is_spelling(text)

    def is_spelling(self, text) -> bool:
        if text not in self.spelt:
            self.spelt[text] = self.may_look_up(text) and bool(known_spellings(self.viewer, {text}))
        return self.spelt[text]

    def named(self, text) -> Named:
        if text not in self.looked_up:
            self.looked_up[text] = self.look_up(text)
        return self.looked_up[text]

    def may_look_up(self, text) -> bool:
        """Whether somebody may be called so, and it is not too much asked at once."""
        words = fold(text).split()
        if not words or self.left <= 0 or not all(word in self.all_names for word in words):
            return False
        self.left -= 1
        return True

    @cached_property
    def all_names(self) -> str:
        return " ".join(spelt_names(self.viewer))

    def look_up(self, text) -> Named:
        if not self.may_look_up(text):
            return Named(text, None, tuple(self.suggestions.near_by_word(text)[:5]))
        found = find_whole(self.viewer, text)
        if len(found) == 1 and not is_first_name(text, found[0]):
            return Named(text, found[0])
        near = (
            found
            or by_part(self.viewer, text, tuple(MODELS))
            or self.suggestions.near_by_word(text)
        )
        return Named(text, None, tuple(near[:5]))

    def take_names(self, draft, text, role):
        held = getattr(draft, role)
        for each in self.names_in(TO_LEAD.sub("", text)):
            if self.named(each) not in held:
                held.append(self.named(each))

    def settle_first_names(self, drafts):
        """A first name alone is the one person the text names in full with it."""
        lists = [names for draft in drafts for names in (draft.leads, draft.supports)]
        full = {each.party for names in lists for each in names if isinstance(each.party, Person)}
        for names in lists:
            for place, each in enumerate(names):
                meant = [one for one in each.candidates if one in full]
                if each.party is None and len(meant) == 1 and " " not in each.text.strip():
                    names[place] = Named(each.text, meant[0])


def who_is(named) -> str:
    """What is asked of a name that is not sure."""
    told = {"name": named.text, "names": ", ".join(one.name for one in named.candidates)}
    if named.candidates:
        return _("Who is “%(name)s”? %(names)s?") % told
    return _("Nobody is called “%(name)s” here.") % told


def looks_like_name(text) -> bool:
    words = text.split()
    said = [word for word in words if word.lower() not in PARTICLES]
    return (
        0 < len(words) <= 5
        and bool(said)
        and all(word[0].isupper() and not any(map(str.isdigit, word)) for word in said)
    )


def is_first_name(text, party) -> bool:
    return isinstance(party, Person) and " " not in fold(text) and " " in fold(party.name)

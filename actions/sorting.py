"""What waits for a coordinator: follow-ups that lack something, and who or what is the same."""

from dataclasses import dataclass

from django.db.models import Count, Value
from django.utils.translation import gettext as _

from programmes.models import (
    Body,
    Contradiction,
    InWords,
    Organisation,
    Person,
    Programme,
    Understanding,
)
from retreats.models import IssueLink, Note, Suggestion
from wiego_review.common.listing import listings

from .models import ENDED, Assignment, FollowUp

GOING = "&".join(f"state={state}" for state in FollowUp.State.values if state not in ENDED)
NO_GROUPS = "&".join(f"kind={kind}" for kind in FollowUp.Kind.values if kind != "working_group")
MOST = 20


@dataclass(frozen=True)
class Heap:
    """One kind of thing to sort out: its list, narrowed, and the press that settles one of it.

    `listing` names the list, `query` narrows it to just these; `press` is the name of the
    address where one is settled, by its `key`. What has no page of its own stands `on` one that
    has; of names in words the words stand beside that.
    """

    words: str
    listing: str
    query: str
    rows: object
    press: str = ""
    press_words: str = ""
    key: str = "ref"
    on: str = ""

    @property
    def page(self):
        return f"{self.listing}-list"


def may_sort(viewer) -> bool:
    return "coordinator" in viewer.roles


def heaps(viewer) -> dict:
    """All there is for a coordinator, by name; others have nothing to sort out."""
    if not may_sort(viewer):
        return {}
    found = follow_ups_to_sort(viewer) | words_to_sort(viewer)
    return found | names_to_sort(viewer) | doubts_to_sort(viewer)


def follow_ups_to_sort(viewer):
    going, listing = FollowUp.objects.visible_to(viewer).not_ended(), "follow-ups"
    going = going.select_related("parent")
    give = ("followup-assign", _("Give it to somebody"))
    group = f"led_by_group=true&{GOING}"
    no_due = f"no_due=true&{GOING}&{NO_GROUPS}"
    dated = ("followup-edit", _("Set a date"))
    return {
        "no_lead": Heap(
            _("with nobody named"), listing, f"no_lead=true&{GOING}", going.no_lead(), *give
        ),
        "no_due": Heap(_("without a date"), listing, no_due, going.no_due().not_groups(), *dated),
        "group": Heap(
            _("led by a group, nobody named"), listing, group, going.led_by_group_only(), *give
        ),
    }


def words_to_sort(viewer):
    """Names in words, on follow-ups and of what was said, that nobody is known by."""
    given, notes, suggestions = (
        model.objects.visible_to(viewer).unlinked() for model in (Assignment, Note, Suggestion)
    )
    given, who = given.select_related("follow_up"), _("Say who it is")
    found = {
        "names": (_("names nobody is known by"), "assignments", given, "assignment-who"),
        "notes": (_("notes said by a name nobody is known by"), "notes", notes, "note-who"),
        "suggestions": (
            _("suggestions made by a name nobody is known by"),
            "suggestions",
            suggestions,
            "suggestion-who",
        ),
    }
    return {
        name: Heap(
            words, listing, "unlinked=true", rows, press, who,
            on="follow_up" if name == "names" else "",
        )
        for name, (words, listing, rows, press) in found.items()
    }  # fmt: skip


def names_to_sort(viewer):
    people = Person.objects.visible_to(viewer).listed()
    rename = ("person-rename", _("Set the name"), "slug")
    found = {
        "uncertain": Heap(
            _("people whose spelling is uncertain"),
            "people",
            "name_uncertain=true",
            people.filter(name_uncertain=True),
            *rename,
        ),
    }
    for listing, model, words in (
        ("people", Person, _("people who share a spelling")),
        ("programmes", Programme, _("programmes that share a spelling")),
        ("bodies", Body, _("committees that share a spelling")),
        ("organisations", Organisation, _("organisations that share a spelling")),
    ):
        rows = model.objects.visible_to(viewer).listed().sharing_a_spelling()
        press = (f"{listing}-spellings", _("Whose is it?"), "slug")
        found[f"shared_{listing}"] = Heap(words, listing, "shared_spelling=true", rows, *press)
    return found


def doubts_to_sort(viewer):
    links = IssueLink.objects.visible_to(viewer).waiting()
    return {
        "understood": Heap(
            _("understood and not said: yes or no?"),
            "understood",
            "unanswered=true",
            Understanding.objects.visible_to(viewer).unanswered(),
            "understood-answer",
        ),
        "links": Heap(
            _("pairs of issues that perhaps belong together"),
            "issues",
            "perhaps_linked=true",
            links.select_related("issue", "other"),
            "issue-link",
            on="issue",
        ),
        "contradictions": Heap(
            _("things the documents don’t agree on"),
            "contradictions",
            "",
            Contradiction.objects.visible_to(viewer),
        ),
    }


def to_sort(viewer) -> dict:
    """How much of each there is: `{name: {words, page, query, count}}`, empty ones left out."""
    found = heaps(viewer)
    counts = counts_of({name: heap.rows for name, heap in found.items()})
    return {
        name: {"words": heap.words, "page": heap.page, "query": heap.query, "count": counts[name]}
        for name, heap in found.items()
        if name in counts
    }


def first_of_each(viewer) -> list[dict]:
    """The same with the first few of each, and the press that settles one."""
    found = heaps(viewer)
    return [
        {**told, "name": name, "heap": found[name], "items": items_of(found[name])}
        for name, told in to_sort(viewer).items()
    ]


def items_of(heap) -> list[dict]:
    """The first few records of a heap; of what nothing can be done about, none."""
    rows = heap.rows[:MOST] if heap.press else ()
    return [
        {
            "record": each,
            "key": getattr(each, heap.key),
            "home": home_of(each, heap),
            "words": each.told_as if isinstance(each, InWords) else "",
        }
        for each in rows
    ]


def home_of(record, heap) -> dict:
    """The page a record is sorted out from: its own, or of the record it stands on."""
    home = getattr(record, heap.on) if heap.on else record
    return {"title": str(home), "page": listings[home._meta.model_name].page_of(home)}


def counts_of(querysets) -> dict:
    """How many each holds, empty ones left out, in one query."""
    told = [
        queryset.order_by().values(heap=Value(name)).annotate(count=Count("pk"))
        for name, queryset in querysets.items()
    ]
    if not told:
        return {}
    rows = told[0].union(*told[1:], all=True)
    return {each["heap"]: each["count"] for each in rows if each["count"]}

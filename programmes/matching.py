"""From a name as somebody writes it to a person, programme, body or organisation."""

from django.db.models import Q
from rapidfuzz import fuzz, process

from wiego_review.common.meant import like_name
from wiego_review.common.text import fold, person_sort_key
from wiego_review.common.words import contains_name

from .models import Alias, Body, Organisation, Person, Programme, Slug
from .models.party import spelling_key

MODELS = {"person": Person, "programme": Programme, "body": Body, "organisation": Organisation}
NEAR = 80
MOST_NAMES = 20
MOST_SUGGESTED = 5


def find_parties(viewer, text, kinds=tuple(MODELS)) -> list:
    """Those a slug, a spelling or a part of a name stands for, nearest meaning first.

    Exact slug; else exact spelling; else all the words within one name or its spellings.
    """
    return find_whole(viewer, text, kinds) or by_part(viewer, text, kinds)


def find_whole(viewer, text, kinds=tuple(MODELS)) -> list:
    """Of these those whose slug or whole spelling it is."""
    return by_slug(viewer, text, kinds) or by_spelling(viewer, text, kinds)


def by_slug(viewer, text, kinds) -> list:
    slug = Slug.objects.filter(slug=text.strip().lower()).first()
    for kind in kinds:
        if slug and (pk := getattr(slug, f"{kind}_id")):
            return merged(viewer, MODELS[kind].objects.visible_to(viewer).filter(pk=pk))
    return []


def by_spelling(viewer, text, kinds) -> list:
    aliases = Alias.objects.visible_to(viewer)
    found = []
    for kind in kinds:
        seen = MODELS[kind].objects.visible_to(viewer)
        found += merged(viewer, seen.known_as(text, aliases))
    return found


def name_key(kind, text) -> str:
    """A name as the `sort_key` of this kind of party holds it."""
    return (person_sort_key(text) if kind == "person" else fold(text))[:250]


def merged(viewer, parties) -> list:
    """Each once, a merged one as the one it became, where the viewer sees that too."""
    parties = list(parties)
    found = [party for party in parties if party.merged_into_id is None]
    moved = {party.merged_into_id for party in parties} - {None, *(party.pk for party in found)}
    if moved:
        found += type(parties[0]).objects.visible_to(viewer).filter(pk__in=moved)
    return found


def known_spellings(viewer, texts, kinds=tuple(MODELS)) -> set[str]:
    """Those of `texts` that are whole names or spellings somebody bears."""
    folded = {text: spelling_key(text) for text in texts if fold(text)}
    aliases = Alias.objects.visible_to(viewer).filter(key__in=set(folded.values()))
    borne = Q()
    for kind in kinds:
        borne |= Q(**{f"{kind}__isnull": False})
    keys = set(aliases.filter(borne).values_list("key", flat=True))
    known = {text for text, key in folded.items() if key in keys}
    for kind in kinds:
        named = {name_key(kind, text): text for text in folded}
        seen = MODELS[kind].objects.visible_to(viewer).filter(sort_key__in=named)
        known |= {named[key] for key in seen.values_list("sort_key", flat=True)}
    return known


def spelt_names(viewer) -> set[str]:
    """All names, spellings and slugs of those the viewer sees, folded."""
    found = set(Alias.objects.visible_to(viewer).values_list("key", flat=True))
    for model in MODELS.values():
        for key, slug in model.objects.visible_to(viewer).values_list("sort_key", "slug"):
            found |= {key, fold(slug)}
    return found


def by_part(viewer, text, kinds) -> list:
    if not fold(text):
        return []
    aliases = Alias.objects.visible_to(viewer).filter(contains_name("key", text))
    found = []
    for kind in kinds:
        seen = MODELS[kind].objects.visible_to(viewer)
        worded = Q(pk__in=aliases.values(kind)) | contains_name("sort_key", text)
        found += merged(viewer, seen.filter(worded)[:20])
    return found


class Suggestions:
    """Parties whose name or spelling is like one that nobody bears: only ever a suggestion.

    One is made for all the names asked at once: it reads the parties once, and after the first
    few names it suggests nobody, because comparing with every spelling takes long.
    """

    def __init__(self, viewer):
        self.viewer = viewer
        self.left = MOST_SUGGESTED
        self.borne = {}

    def near(self, text, kinds=tuple(MODELS), most=5) -> list:
        if not self.left:
            return []
        self.left -= 1
        known = {}
        for kind in kinds:
            known |= self.names(kind)
        choices = {key: name for key, (name, _party) in known.items()}
        hits = process.extract(fold(text), choices, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=20)
        return list(dict.fromkeys(known[key][1] for _name, _score, key in hits))[:most]

    def near_by_word(self, text) -> list:
        """Of these those of whom one name is like it in each word."""
        near = self.near(text)
        alike = {
            party
            for kind in MODELS
            if near
            for name, party in self.names(kind).values()
            if party in near and like_name(fold(text), name)
        }
        return [party for party in near if party in alike]

    def names(self, kind) -> dict:
        """`{key: (folded name, party)}` of all the viewer sees of a kind, spellings too."""
        if kind not in self.borne:
            seen = MODELS[kind].objects.visible_to(self.viewer).filter(merged_into__isnull=True)
            whole = "open" in self.viewer.grains(kind)
            found = self.borne[kind] = {}
            for party in seen.prefetch_related("aliases"):
                names = [party.name] + [each.name for each in party.aliases.all() if whole]
                found |= {(kind, party.pk, n): (fold(name), party) for n, name in enumerate(names)}
        return self.borne[kind]

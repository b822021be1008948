"""From a name as somebody writes it to a person, programme, body or organisation."""

from rapidfuzz import fuzz, process

from wiego_review.common.filters import contains_words
from wiego_review.common.text import fold, person_sort_key

from .models import Alias, Body, Organisation, Person, Programme, Slug

MODELS = {"person": Person, "programme": Programme, "body": Body, "organisation": Organisation}
NEAR = 80


def find_parties(viewer, text, kinds=tuple(MODELS)) -> list:
    """Those a slug, a spelling or a part of a name stands for, nearest meaning first.

    Exact slug; else exact spelling; else all the words within one name or its spellings.
    """
    return (
        by_slug(viewer, text, kinds)
        or by_spelling(viewer, text, kinds)
        or by_part(viewer, text, kinds)
    )


def by_slug(viewer, text, kinds) -> list:
    slug = Slug.objects.filter(slug=text.strip().lower()).first()
    for kind in kinds:
        if slug and (pk := getattr(slug, f"{kind}_id")):
            seen = MODELS[kind].objects.visible_to(viewer).filter(pk=pk)
            return [party.merged_into or party for party in seen]
    return []


def by_spelling(viewer, text, kinds) -> list:
    aliases = Alias.objects.visible_to(viewer).spelt(text)
    found = []
    for kind in kinds:
        key = person_sort_key(text) if kind == "person" else fold(text)
        seen = MODELS[kind].objects.visible_to(viewer)
        spelt = seen.filter(pk__in=aliases.values(kind))
        found += {*seen.filter(sort_key=key), *spelt} if key else ()
    return found


def by_part(viewer, text, kinds) -> list:
    if not fold(text):
        return []
    found = []
    for kind in kinds:
        seen = MODELS[kind].objects.visible_to(viewer)
        column = "search_text" if "open" in viewer.grains(kind) else "sort_key"
        found += seen.filter(contains_words(column, text))[:20]
    return found


def near_parties(viewer, text, kinds=tuple(MODELS), most=5) -> list:
    """Parties whose name or spelling is like this one: only ever a suggestion."""
    known = {}
    for kind in kinds:
        for party in MODELS[kind].objects.visible_to(viewer).prefetch_related("aliases"):
            names = [party.name]
            if "open" in viewer.grains(kind):
                names += [alias.name for alias in party.aliases.all()]
            known |= {(kind, party.pk, number): (fold(n), party) for number, n in enumerate(names)}
    choices = {key: name for key, (name, _party) in known.items()}
    hits = process.extract(fold(text), choices, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=20)
    return list(dict.fromkeys(known[key][1] for _name, _score, key in hits))[:most]

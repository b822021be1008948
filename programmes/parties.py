"""One party from what somebody wrote, or a clear message with the candidates."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .matching import MODELS, MOST_NAMES, Suggestions, by_part, find_parties, find_whole


def one_party(viewer, text, kinds=tuple(MODELS), suggestions=None, whole=False):
    """The one person or group `text` stands for. Raises ValidationError with candidates.

    Whoever asks for several names at once hands the same `suggestions` for each. Where a `whole`
    name is asked for, those who have it as a part of theirs are offered.
    """
    found = (find_whole if whole else find_parties)(viewer, text, kinds)
    if len(found) == 1:
        return found[0]
    near = found or (by_part(viewer, text, kinds) if whole else [])
    near = near or (suggestions or Suggestions(viewer)).near(text, kinds)
    told = message_for(text, found, near, kinds)
    code = "several" if found else "unknown"
    raise ValidationError("%(told)s", code, {"told": told, "candidates": near, "text": text})


def check_number(names) -> None:
    """Raises ValidationError where more names come at once than are looked up."""
    if len(names) > MOST_NAMES:
        told = _("These are too many names at once. Give at most %(most)s.")
        raise ValidationError(told % {"most": MOST_NAMES})


NOBODY = {
    "programme": gettext_lazy("No programme is called “%(text)s”."),
    "body": gettext_lazy("No board or committee is called “%(text)s”."),
    "organisation": gettext_lazy("No organisation is called “%(text)s”."),
}
NOBODY_AT_ALL = gettext_lazy("Nobody is called “%(text)s”.")


def message_for(text, found, near, kinds) -> str:
    names = ", ".join(names_apart(near))
    if found:
        return _("“%(text)s” may be several: %(names)s.") % {"text": text, "names": names}
    told = NOBODY[kinds[0]] if len(kinds) == 1 and kinds[0] in NOBODY else NOBODY_AT_ALL
    then = _("Did you mean %(names)s?") if near else _("Try another spelling.")
    return f"{told} {then}" % {"text": text, "names": names}


def names_known(viewer) -> list[str]:
    """The network's names, to be offered while somebody types."""
    people = MODELS["person"].objects.visible_to(viewer).listed()
    return list(people.values_list("name", flat=True)[:200])


def names_apart(parties) -> list[str]:
    """Names as they are; where two are the same, with the word that tells them apart."""
    names = [party.name for party in parties]
    return [
        f"{party.name} ({party.slug})" if names.count(party.name) > 1 else party.name
        for party in parties
    ]

"""One party from what somebody wrote, or a clear message with the candidates."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .matching import MODELS, MOST_NAMES, Suggestions, find_parties


def one_party(viewer, text, kinds=tuple(MODELS), suggestions=None):
    """The one person or group `text` stands for. Raises ValidationError with candidates.

    Whoever asks for several names at once hands the same `suggestions` for each.
    """
    found = find_parties(viewer, text, kinds)
    if len(found) == 1:
        return found[0]
    near = found or (suggestions or Suggestions(viewer)).near(text, kinds)
    raise ValidationError(
        message_for(text, found, near), code="several" if found else "unknown",
        params={"candidates": near, "text": text},
    )  # fmt: skip


def check_number(names) -> None:
    """Raises ValidationError where more names come at once than are looked up."""
    if len(names) > MOST_NAMES:
        told = _("These are too many names at once. Give at most %(most)s.")
        raise ValidationError(told % {"most": MOST_NAMES})


def message_for(text, found, near) -> str:
    names = ", ".join(names_apart(near))
    if found:
        return _("“%(text)s” may be several: %(names)s.") % {"text": text, "names": names}
    if near:
        told = _("Nobody is called “%(text)s”. Did you mean %(names)s?")
        return told % {"text": text, "names": names}
    return _("Nobody is called “%(text)s”. Try another spelling.") % {"text": text}


def names_apart(parties) -> list[str]:
    """Names as they are; where two are the same, with the word that tells them apart."""
    names = [party.name for party in parties]
    return [
        f"{party.name} ({party.slug})" if names.count(party.name) > 1 else party.name
        for party in parties
    ]

"""Readers no role makes: who sees some nouns as a coordinator does, and nothing of the others."""

from wiego_review.common.access import nouns
from wiego_review.common.viewer import Viewer

from . import factories


class Reader(Viewer):
    sees = ()

    def grains(self, noun):
        return set(nouns[noun].sees["coordinator"]) if noun in self.sees else set()


def reader_of(*sees, user=None):
    found = Reader(user or factories.UserFactory())
    found.sees = sees
    return found

"""Whoever is told of by words alone, until somebody says who it is or that it is nobody by name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InWordsRows:
    """For querysets of what may be told in words; `in_words` says which rows are, linked to
    nobody known."""

    def in_words(self) -> Q:
        raise NotImplementedError

    def unlinked(self, yes=True):
        """Those in words that wait for somebody to say who it is; or all the others."""
        waiting = self.in_words() & Q(stays_in_words=False)
        return self.filter(waiting if yes else ~waiting)


class InWords(models.Model):
    """Abstract: `told_as` are the document's words for somebody, `known` who they stand for."""

    stays_in_words = models.BooleanField(_("stays in words, nobody by name"), default=False)

    class Meta:
        abstract = True

    @property
    def told_as(self) -> str:
        raise NotImplementedError

    @property
    def known(self) -> list:
        raise NotImplementedError


NO_WORDS = _("Nobody is told of here by words alone: nothing is left to stay in words.")


def words_that_stay(column: str, name: str):
    """A check: only where there are words they stay."""
    return models.CheckConstraint(
        condition=Q(stays_in_words=False) | ~Q(**{column: ""}),
        name=name,
        violation_error_message=NO_WORDS,
    )

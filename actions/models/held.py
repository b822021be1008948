"""Follow-ups by whom they were given to."""

from django.db.models import Count, Exists, OuterRef, Q

from programmes.models import Programme
from retreats.models import StrategicIssue
from wiego_review.common.record import RecordQuerySet


class HeldQuerySet(RecordQuerySet):
    def no_lead(self):
        """Nobody leads, a name that stands for nobody known not counted."""
        return self.filter(~self.has(role="lead", text=""))

    def with_lead(self):
        return self.filter(pk__in=self.given(role="lead", text=""))

    def given(self, *conditions, **values):
        """The ids of follow-ups with a standing assignment like this (a subquery)."""
        assignments = self.model._meta.get_field("assignments").related_model.objects
        return assignments.current().filter(*conditions, **values).values("follow_up_id")

    def has(self, *conditions, **values) -> Exists:
        """A condition: it has a standing assignment like this.

        Where that is denied, `NOT IN` compares every row with all of `given`.
        """
        return Exists(self.given(*conditions, **values).filter(follow_up=OuterRef("pk")))

    def led_by(self, parties):
        """Those any of these people or groups lead."""
        return self.filter(pk__in=self.given(among(parties), role="lead"))

    def supported_by(self, parties):
        return self.filter(pk__in=self.given(among(parties), role="support"))

    def held_by(self, parties):
        """Those any of these people or groups lead or are with."""
        return self.filter(pk__in=self.given(among(parties)))

    def not_held_by(self, parties):
        return self.filter(~self.has(among(parties)))

    def led_by_group_only(self, yes=True):
        """Led by a programme, body or organisation, and by no person; or all the others."""
        grouped = self.has(role="lead", text="", person__isnull=True)
        only = grouped & ~self.has(role="lead", person__isnull=False)
        return self.filter(only if yes else ~only)

    def concerning(self, programmes):
        """Those filed under one of these programmes, or given to it."""
        filed = self.model.programmes.through.objects.filter(programme__in=programmes)
        return self.filter(
            Q(pk__in=filed.values("followup_id")) | Q(pk__in=self.given(programme__in=programmes))
        )

    def counted_by_programme(self):
        """Rows of `(programme, state, number)`: those filed under one, then those given to one."""
        through = self.model.programmes.through.objects
        filed = through.filter(followup__in=self.values("pk"))
        yield filed.values_list("programme_id", "followup__state").annotate(Count("pk"))
        also = through.filter(followup=OuterRef("follow_up_id"), programme=OuterRef("programme_id"))
        given = self.model._meta.get_field("assignments").related_model.objects.current()
        given = given.filter(follow_up__in=self.values("pk"), programme__isnull=False)
        given = given.filter(~Exists(also)).order_by()
        number = Count("follow_up", distinct=True)
        yield given.values_list("programme_id", "follow_up__state").annotate(number)

    def naming(self, record):
        """Those whose search text holds the words of this party or issue."""
        if isinstance(record, StrategicIssue):
            return self.filter(issue=record)
        if isinstance(record, Programme):
            return self.concerning([record])
        return self.held_by([record])


def among(parties) -> Q:
    """Assignments to any of these people, programmes, bodies, organisations, or names in words."""
    found = Q(pk__in=[])
    for party in parties:
        found |= Q(text=party) if isinstance(party, str) else Q(**{party.kind_of_party: party})
    return found

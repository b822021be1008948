"""Narrowing by the words of a column: what there is to choose is what the rows hold."""

import django_filters
from django import forms
from django.db.models import Q

from .filters import SeveralField, Worded
from .words import checked_year


class YearField(forms.Field):
    def clean(self, value):
        return checked_year(value.strip()) if value and value.strip() else None


class YearFilter(Worded, django_filters.Filter):
    """A year; the list itself knows which of its days it means."""

    field_class = YearField


class ValueFilter(Worded, django_filters.Filter):
    """Whole words of a column, several mean "or"; `parts`: any of those parted by semicolons."""

    field_class = SeveralField

    def __init__(self, field_name, parts=False, **kwargs):
        self.parts = parts
        super().__init__(field_name=field_name, **kwargs)

    def filter(self, queryset, value):
        found = Q(pk__in=[])
        for each in value or ():
            found |= self.holding(each)
        return queryset.filter(found) if value else queryset

    def holding(self, value) -> Q:
        name = self.field_name
        if not self.parts:
            return Q(**{name: value})
        first, last, between = f"{value};", f"; {value}", f"; {value};"
        found = Q(**{name: value}) | Q(**{f"{name}__startswith": first})
        return found | Q(**{f"{name}__endswith": last}) | Q(**{f"{name}__contains": between})

    def offered(self) -> list:
        """What there is to choose among the rows the viewer sees."""
        rows = self.parent.queryset.order_by(self.field_name).exclude(**{self.field_name: ""})
        values = rows.values_list(self.field_name, flat=True).distinct()
        if self.parts:
            values = sorted({part.strip() for value in values for part in value.split(";")})
        return [(value, value) for value in values]

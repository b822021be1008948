"""The pieces of every FilterSet: known parameters only, repeated ones mean "or"."""

from copy import copy
from datetime import UTC

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.fields import IsoDateTimeField

from . import refs
from .dates import read_day
from .record import standing_for
from .search import searchables
from .words import Question, checked_question, checked_values, contains_words

ON_PAGES = {"export", "rows", "choose", "whole"}
RESERVED = {"ordering", "page", "page_size", "cursor", *ON_PAGES}


class SeveralInput(forms.TextInput):
    """All the values a parameter was given."""

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        values = [values] if isinstance(values, str) else values
        return [value.strip() for value in values if value.strip()]

    def format_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value


class SeveralField(forms.Field):
    widget = SeveralInput

    def clean(self, value):
        return checked_values(value)


class WordsField(SeveralField):
    def clean(self, value):
        return checked_question(value)


class ReviewFilterSet(django_filters.FilterSet):
    """A FilterSet that knows its viewer and refuses what it does not know.

    It makes only the filters asked for: copying all of them takes longer than the list itself.
    """

    def __init__(self, data, queryset, *, viewer):
        self.viewer = viewer
        self.known = type(self).base_filters
        self.base_filters = {name: each for name, each in self.known.items() if name in data}
        super().__init__(data, queryset=queryset)

    def every(self) -> dict:
        """All its filters by name, for a page that offers them."""
        return {name: self.filters.get(name) or self.unasked(name) for name in self.known}

    def unasked(self, name):
        found = copy(self.known[name])
        found.parent, found.model = self, self.queryset.model
        return found

    @cached_property
    def problems(self) -> dict:
        """`{parameter: [messages]}`; empty if all is well."""
        unknown = set(self.data) - set(self.known) - RESERVED
        problems = {name: [_("There is no such filter. Leave it out.")] for name in sorted(unknown)}
        problems |= {name: [_("Give this once only.")] for name in self.repeated()}
        if not self.form.is_valid():
            return problems | {name: list(errors) for name, errors in self.form.errors.items()}
        for name, each in self.filters.items():
            if hasattr(each, "look_up") and (found := each.look_up(self.form.cleaned_data[name])):
                problems[name] = found
        return problems

    def repeated(self) -> list[str]:
        """The parameters given more than once that mean one thing only."""
        return sorted(
            name
            for name, values in getattr(self.data, "lists", dict)()
            if len(values) > 1 and not takes_several(self.filters.get(name))
        )

    @property
    def candidates(self) -> list[dict]:
        """Whom the names may have meant that stand for several or for nobody."""
        return [each for one in self.filters.values() for each in getattr(one, "candidates", ())]

    def active(self) -> list[tuple]:
        """`(parameter, label, value as sent, words)` of each filter in use, for the page."""
        found = []
        for name, each in self.filters.items():
            sent = self.data.getlist(name) if hasattr(self.data, "getlist") else []
            found += [(name, each.label, value, each.words(value)) for value in sent if value]
        return found


class Worded:
    """A filter that can say a sent value in words."""

    def words(self, value) -> str:
        choices = dict(getattr(self, "word_choices", ()))
        return str(choices.get(value, value))


class CodesField(django_filters.fields.MultipleChoiceField):
    def clean(self, value):
        return super().clean(checked_values(value))


class SlugsField(django_filters.fields.ModelMultipleChoiceField):
    def clean(self, value):
        """The records of these slugs, merged ones as what they became.

        Nothing asked is an empty list, no empty query.
        """
        slugs = [slug.lower() for slug in checked_values(value)]
        found = super().clean(slugs) if slugs else []
        return [each for each in (standing_for(one, self.queryset) for one in found) if each]


class CodeFilter(Worded, django_filters.MultipleChoiceFilter):
    """Codes of a TextChoices, several mean "or"."""

    field_class = CodesField

    def __init__(self, choices, **kwargs):
        self.word_choices = choices.choices
        super().__init__(
            choices=choices.choices, widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs
        )

    def filter(self, queryset, value):
        """At once: one code "or" another is not looked up in an index of several columns."""
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class SlugFilter(Worded, django_filters.ModelMultipleChoiceFilter):
    """Slugs of another noun the viewer may see, several mean "or".

    `names` are the columns its choices are ordered by and called by.
    """

    field_class = SlugsField

    def __init__(self, model, names=("sort_key", "name"), **kwargs):
        self.named = model
        self.names = names
        self.known = {}
        super().__init__(
            queryset=lambda request: model.objects.none(),
            to_field_name="slug",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": gettext_lazy("There is no “%(value)s” here.")},
            **kwargs,
        )

    def get_queryset(self, request):
        return self.named.objects.visible_to(self.parent.viewer)

    def filter(self, queryset, value):
        if not value:
            return queryset
        matching = queryset.model._base_manager.filter(**{f"{self.field_name}__in": value})
        return queryset.filter(pk__in=matching.values("pk"))

    def words(self, value):
        if value not in self.known:
            self.known[value] = str(self.get_queryset(None).filter(slug=value).first() or value)
        return self.known[value]


class RefFilter(Worded, django_filters.Filter):
    """Refs of another noun the viewer may see, several mean "or"."""

    field_class = SeveralField

    def __init__(self, model, **kwargs):
        self.named = model
        super().__init__(**kwargs)

    def look_up(self, values) -> list[str]:
        """Find the records; the messages for those that are not there."""
        self.found = [self.record(text) for text in values]
        missing = [text for text, found in zip(values, self.found, strict=True) if not found]
        return [_("There is no “%(value)s” here.") % {"value": text} for text in missing]

    def record(self, text):
        """The record of a ref, or the one it became."""
        key = refs.from_ref(self.named.ref_prefix, text)
        seen = self.named.objects.visible_to(self.parent.viewer)
        found = key and seen.filter(pk=key).first()
        return found and standing_for(found, seen)

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__in": self.found}) if value else queryset

    def words(self, value):
        return str(self.record(value) or value)


class DayField(forms.DateField):
    def strptime(self, value, format):
        if (day := read_day(value)) is None:
            raise ValueError(value)
        return day


class DayFilter(Worded, django_filters.DateFilter):
    """A day as YYYY-MM-DD."""

    field_class = DayField

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": gettext_lazy("Write the day as 2017-11-13.")},
            **kwargs,
        )


class MomentField(IsoDateTimeField):
    def clean(self, value):
        moment = super().clean(value)
        if moment is None:
            return None
        if not 1 < moment.year < 9999:
            raise ValidationError(_("Write a moment as 2017-11-13T09:30:00Z."))
        # PostgreSQL knows no zone as far from UTC as Python does.
        return moment.astimezone(UTC)


class SinceFilter(Worded, django_filters.IsoDateTimeFilter):
    """A moment in ISO form; without a zone it is in the reader's."""

    field_class = MomentField


class StrictYes(forms.Field):
    """`true`, `false`, `1`, `0`, or nothing."""

    widget = forms.CheckboxInput

    def __init__(self, **kwargs):
        super().__init__(widget=forms.TextInput, **kwargs)

    def clean(self, value):
        known = {"true": True, "1": True, "on": True, "false": False, "0": False, "": None}
        value = (value or "").strip().lower()
        if value not in known:
            raise ValidationError(_("Write true or false."))
        return known[value]


class YesFilter(Worded, django_filters.Filter):
    """A yes or no. `method` is the name of the FilterSet's own method."""

    field_class = StrictYes

    def words(self, value):
        return _("yes") if value.lower() in ("true", "1", "on") else _("no")


class SearchFilter(Worded, django_filters.Filter):
    """The question's words, by the noun's own rule; of a noun that has none, in `field`."""

    field_class = WordsField

    def __init__(self, field_name="search_text", **kwargs):
        super().__init__(field_name=field_name, label=gettext_lazy("Search"), **kwargs)

    def filter(self, queryset, value):
        question = " ".join(value or ())
        if not question:
            return queryset
        if noun := searchables.get(queryset.model._meta.model_name):
            return noun.matching(queryset, self.parent.viewer, Question.asked(question))
        return queryset.filter(contains_words(self.field_name, question))


def takes_several(each) -> bool:
    """Whether a filter's parameter may be repeated."""
    return isinstance(each, django_filters.MultipleChoiceFilter) or (
        each is not None and issubclass(each.field_class, SeveralField)
    )

"""The FilterSets of the ground floor."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from wiego_review.common.filters import (
    CodeFilter,
    ReviewFilterSet,
    SearchFilter,
    SeveralField,
    SlugFilter,
    Worded,
    YesFilter,
    django_filters,
)

from .matching import MODELS, MOST_SUGGESTED, Suggestions, find_parties
from .models import (
    Body,
    City,
    Commitment,
    Contradiction,
    Organisation,
    OrganisationRole,
    Programme,
    Sector,
    SourceDocument,
    Understanding,
)
from .parties import check_number, one_party


class NamesSentField(SeveralField):
    def clean(self, value):
        names = super().clean(value)
        check_number(names)
        return names


class PartyFilter(Worded, django_filters.Filter):
    """A slug or any spelling of a person, programme, body or organisation; several mean "or".

    `queryset_method` narrows the list to the parties found.
    """

    field_class = NamesSentField

    def __init__(self, queryset_method, kinds=tuple(MODELS), **kwargs):
        self.queryset_method = queryset_method
        self.kinds = kinds
        super().__init__(**kwargs)

    def look_up(self, values) -> list[str]:
        """Find who is meant; the first messages where that is nobody or not one."""
        self.found, self.candidates, problems = [], [], []
        suggestions = Suggestions(self.parent.viewer)
        for text in values:
            try:
                self.found += self.meant(text, suggestions)
            except ValidationError as problem:
                problems += problem.messages
                self.candidates += map(candidate, problem.params["candidates"])
            if len(problems) == MOST_SUGGESTED:
                break
        return problems

    def meant(self, text, suggestions) -> list:
        """The party a text stands for. Raises ValidationError where that is not one."""
        return [one_party(self.parent.viewer, text, self.kinds, suggestions)]

    def filter(self, queryset, value):
        return getattr(queryset, self.queryset_method)(self.found) if value else queryset

    def words(self, value):
        found = find_parties(self.parent.viewer, value, self.kinds)
        return found[0].name if len(found) == 1 else value


def candidate(party) -> dict:
    """Somebody who may be meant, as REST names them."""
    return {"slug": party.slug, "name": party.name, "kind": party.kind_of_party}


class NamedFilterSet(ReviewFilterSet):
    """For nouns that are found by their names."""

    search = SearchFilter()


class PartyFilterSet(ReviewFilterSet):
    search = SearchFilter()
    shared_spelling = YesFilter(
        label=gettext_lazy("A spelling is another’s too"), method="by_shared_spelling"
    )

    def by_shared_spelling(self, queryset, name, value):
        return self.of_whole(queryset, value, queryset.sharing_a_spelling)

    def of_whole(self, queryset, value, narrow):
        """Narrowed by what is told to those who see the noun whole; others find nothing by it."""
        if value is None:
            return queryset
        whole = "open" in self.viewer.grains(queryset.model._meta.model_name)
        return narrow(value) if whole else queryset.none()


class PersonFilterSet(PartyFilterSet):
    body = SlugFilter(Body, method="by_group", label=gettext_lazy("In"))
    programme = SlugFilter(Programme, method="by_group", label=gettext_lazy("Programme"))
    organisation = SlugFilter(Organisation, label=gettext_lazy("Organisation"))

    name_uncertain = YesFilter(label=gettext_lazy("Spelling uncertain"), method="by_uncertain")

    def by_uncertain(self, queryset, name, value):
        return self.of_whole(queryset, value, lambda yes: queryset.filter(name_uncertain=yes))

    def by_group(self, queryset, name, value):
        """Those of today, as their rows tell it."""
        return queryset.standing_in(self.viewer.today, **{name: value}) if value else queryset


class BodyFilterSet(PartyFilterSet):
    kind = CodeFilter(Body.Kind, label=gettext_lazy("Kind"))


class ProgrammeFilterSet(PartyFilterSet):
    kind = CodeFilter(Programme.Kind, label=gettext_lazy("Kind"))


class OrganisationFilterSet(PartyFilterSet):
    role = CodeFilter(
        OrganisationRole.Role, label=gettext_lazy("In the documents as"), method="by_role"
    )

    def by_role(self, queryset, name, value):
        return queryset.told_as(value) if value else queryset


class CityFilterSet(NamedFilterSet):
    focal = YesFilter(label=gettext_lazy("Focal City"))


class CommitmentFilterSet(NamedFilterSet):
    kind = CodeFilter(Commitment.Kind, label=gettext_lazy("Kind"))
    sector = SlugFilter(Sector, field_name="sectors", label=gettext_lazy("Sector"))
    city = SlugFilter(City, label=gettext_lazy("City"))
    global_victory = YesFilter(label=gettext_lazy("Called a global victory"))


class PlanFilterSet(NamedFilterSet):
    programme = SlugFilter(Programme, label=gettext_lazy("Programme"))
    city = SlugFilter(City, field_name="cities", label=gettext_lazy("City"))
    announced_only = YesFilter(label=gettext_lazy("Announced, not told"))


class ContradictionFilterSet(ReviewFilterSet):
    search = SearchFilter()
    kind = CodeFilter(Contradiction.Kind, label=gettext_lazy("Kind"))
    document = SlugFilter(
        SourceDocument,
        names=("dated_on", "title"),
        label=gettext_lazy("Document"),
        method="by_document",
    )

    def by_document(self, queryset, name, value):
        return queryset.in_documents(value) if value else queryset


class UnderstandingFilterSet(ReviewFilterSet):
    search = SearchFilter()
    answer = CodeFilter(Understanding.Answer, label=gettext_lazy("Answer"))
    unanswered = YesFilter(label=gettext_lazy("Not answered yet"), method="by_unanswered")

    def by_unanswered(self, queryset, name, value):
        return queryset if value is None else queryset.unanswered(value)


class DocumentFilterSet(ReviewFilterSet):
    search = SearchFilter()

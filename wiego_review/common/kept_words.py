"""The folded words of records that also hold names of others, kept true when either is written."""

from functools import cache

from .search import searchables
from .text import search_text


def is_many(model, path: str) -> bool:
    """Whether a path from a model leads to several values."""
    for step in path.split("__"):
        each = model._meta.get_field(step)
        if each.many_to_many or each.one_to_many:
            return True
        model = each.related_model
    return False


def put_words(rows, paths) -> None:
    """Store what `search_text` holds of these rows: the values at the paths, folded."""
    single = [path for path in paths if not is_many(rows.model, path)]
    told = {pk: [before, *values] for pk, before, *values in values_of(rows, *single)}
    for path in paths if told else ():
        if path not in single:
            for pk, _before, value in values_of(rows, path).order_by("pk", path):
                told[pk].append(value)
    for pk, (before, *values) in told.items():
        found = search_text(*in_words(values))
        if found != before:
            rows.model._base_manager.using(rows.db).filter(pk=pk).update(search_text=found)


def values_of(rows, *paths):
    return rows.order_by("pk").values_list("pk", "search_text", *paths)


def in_words(values):
    for value in values:
        if isinstance(value, list):
            yield from map(str, value)
        elif value is not None:
            yield str(value)


@cache
def holders(model) -> list[tuple]:
    """`(searchable, path)` of all whose words hold some of this model's: how they lead there."""
    found = {}
    for each in searchables.values():
        for path in each.held if each.kept else ():
            steps, at = path.split("__"), each.model
            for number, step in enumerate(steps[:-1], start=1):
                at = at._meta.get_field(step).related_model
                if at is model:
                    found[each.noun, "__".join(steps[:number])] = each
    return [(each, path) for (_noun, path), each in found.items()]


def keep_words(record, new=False) -> None:
    """A record that was written is found by its words, and so is what holds some of them."""
    own = searchables.get(record._meta.model_name)
    if own and own.kept:
        put_words(own.model._base_manager.filter(pk=record.pk), own.held)
    for each, path in () if new else holders(type(record)):
        # Found first: through the join they are found by, only this record's words would be read.
        rows = each.model._base_manager
        keys = rows.filter(**{path: record}).values("pk")
        put_words(rows.filter(pk__in=keys), each.held)

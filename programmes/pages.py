"""The page of one record of any noun: its row, what the floors above add, its history."""

from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from wiego_review.common import floors
from wiego_review.common.access import nouns
from wiego_review.common.pages import find_or_404, list_page, row_of
from wiego_review.common.touch_rows import listing_of
from wiego_review.common.touching import touches

from .documents import add_passages
from .doubts import contradictions_beside, understandings_of
from .history import history_of


def record_page(request, listing, key, template="components/record_page.html", **context):
    """Render a record; `context` may add to it.

    `also` are records whose history is its own, `words` those that speak for themselves in it.
    """
    record = context.pop("record", None) or find_or_404(request, listing, key)
    also, words = context.pop("also", ()), context.pop("words", ())
    noun = record._meta.model_name
    row = row_of(listing.rows, record, request.viewer)
    beside = contradictions_beside(record, request.viewer)
    add_passages([place for each in (row, *beside) for place in places_in(each)], request.viewer)
    context = {
        "record": record,
        "listing": listing,
        "row": row,
        "cells": listing.rows.all_cells(detail=True),
        "panels": floors.panels_of(noun, record, request.viewer),
        "history": history_of(record, request.viewer, also, words),
        "beside": beside,
        "understood": understandings_of(record, request.viewer),
        "readers": readers_of(noun, record),
        "everything": reverse(f"{listing.name}-all", args=[key]) if touches.get(noun) else "",
    } | context
    return render(request, template, context)


def everything_page(listing):
    """The view of all that touches one record of a list, in time order, as page and file."""

    @require_safe
    def view(request, key):
        record = find_or_404(request, listing, key)
        if became := getattr(record, "merged_into", None):
            key = getattr(became, listing.lookup)
            find_or_404(request, listing, key)
            return redirect(f"{listing.name}-all", key)
        return list_page(request, listing_of(listing, record))

    return view


def everything_paths(listings):
    """The addresses of these views, for the lists whose records something touches."""
    return [
        path(f"{each.name}/<str:key>/all/", everything_page(each), name=f"{each.name}-all")
        for each in listings
        if touches.get(each.model._meta.model_name)
    ]


def places_in(row):
    """The places of a row and of what is nested in it."""
    yield from row.get("sources", ())
    for cell in row.values():
        for item in cell if isinstance(cell, list) else ():
            yield from item.get("sources", ()) if isinstance(item, dict) else ()


def readers_of(noun, record) -> list[str]:
    """The roles that can see a record, for "Who can see this?"."""
    sealed = getattr(record, "sealed", False)
    if sealed:
        return [role for role, grains in nouns[noun].sees.items() if "sealed" in grains]
    return list(nouns[noun].sees)

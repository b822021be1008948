"""Stated times in the words of a page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from wiego_review.common.dates import Span

register = template.Library()


@register.filter
def stated(item, name) -> str:
    """A stated time: its day or days; only words as said stand in quotes."""
    span = span_of(item, name)
    return str(span) if span.on else quoted(span.text)


@register.filter
def stated_whole(item, name):
    """A stated time, and beside its days the words as said."""
    span = span_of(item, name)
    if not (span.on and span.text):
        return str(span) if span.on else quoted(span.text)
    return format_html('{} <span class="soft">{}: {}</span>', span, _("as said"), quoted(span.text))


def span_of(item, name) -> Span:
    on = item[f"{name}_on"] if f"{name}_on" in item else item[name]
    return Span(on, item[f"{name}_until"], item[f"{name}_text"])


def quoted(text) -> str:
    return f"“{text}”" if text else ""

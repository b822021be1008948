""" "By when?": the days a form offers, and the due fields of a FollowUp they stand for."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retreats.models import Retreat
from wiego_review.common.dates import day, next_month
from wiego_review.common.forms import DayField

from .due_words import Ambiguous, Anchor, Due, NotUnderstood, anchor_words, read_due
from .models import FollowUp

NO_DUE = {
    "due_on": None,
    "due_until": None,
    "due_text": "",
    "due_anchor": None,
    "due_edge": "",
    "due_offset": None,
    "ongoing": False,
}


def coming_retreats(viewer) -> list:
    """The retreats and meetings still to come, as far as they are offered as a date."""
    return list(Retreat.objects.visible_to(viewer).coming(viewer.today)[:3])


def anchors(viewer) -> list[Anchor]:
    """The retreats and meetings the viewer sees, as words may mean them."""
    dated = Retreat.objects.visible_to(viewer).filter(starts_on__isnull=False)
    return [anchor_of(each) for each in dated.select_related("city")]


def anchor_of(retreat) -> Anchor:
    town = retreat.city.name if retreat.city_id else retreat.place
    first, kind = retreat.starts_on, retreat.kind.replace("_", " ")
    words = anchor_words(retreat.name, kind, town, retreat.country, f"{first:%B %Y}")
    return Anchor(retreat.slug, words, first, retreat.ends_on or first)


class DueMixin(forms.Form):
    """ "By when?": a few days to press, a day to pick, or words."""

    when = forms.ChoiceField(
        label=gettext_lazy("By when?"), required=False, widget=forms.RadioSelect
    )
    due_on = DayField(label=gettext_lazy("Day"), required=False)
    due_text = forms.CharField(
        label=gettext_lazy("Or in words, such as “first week of June”"),
        max_length=200,
        required=False,
    )

    def offer_days(self, nothing: bool = True):
        """Fill the choices of `when` for this viewer and day."""
        self.retreats = {str(each.pk): each for each in coming_retreats(self.viewer)}
        choices = [
            ("next_week", _("Next week")),
            ("end_of_month", _("End of month")),
            *((pk, for_retreat(retreat)) for pk, retreat in self.retreats.items()),
            ("day", _("On a day …")),
        ]
        if nothing:
            choices.append(("none", _("No date")))
        self.fields["when"].choices = choices

    def due(self) -> dict:
        """The due fields of FollowUp that were chosen. Raises ValidationError."""
        when, chosen = self.cleaned_data.get("when"), self.cleaned_data.get("due_on")
        text = self.cleaned_data.get("due_text", "")
        if when == "none":
            return NO_DUE
        if when in self.retreats:
            return NO_DUE | for_the_retreat(self.retreats[when])
        if when in ("next_week", "end_of_month"):
            return NO_DUE | DAYS[when](self.viewer.today)
        if when == "day" and not (chosen or text):
            raise ValidationError({"due_on": _("Pick the day, or say it in words.")})
        return NO_DUE | {"due_on": chosen, "due_text": text} if chosen else self.said(text)

    def said(self, text) -> dict:
        """What the words mean; words that mean no day stay as they are, without one."""
        try:
            return said_due(text, self.viewer)
        except Ambiguous as problem:
            raise ValidationError({"due_text": str(problem)}) from problem


def said_due(text: str, viewer, on=None) -> dict:
    """The due fields of FollowUp that words mean on a day, or today. Raises Ambiguous."""
    try:
        return due_fields(read_due(text, on or viewer.today, anchors(viewer)), viewer)
    except Ambiguous:
        raise
    except NotUnderstood:
        return NO_DUE | {"due_text": text}


def due_fields(due: Due, viewer) -> dict:
    """The due fields of FollowUp that a Due stands for."""
    retreats = Retreat.objects.visible_to(viewer)
    anchor = retreats.get(slug=due.anchor) if due.anchor else None
    return {
        "due_on": due.on,
        "due_until": due.until,
        "due_text": due.text,
        "due_anchor": anchor,
        "due_edge": due.edge,
        "due_offset": due.offset,
        "ongoing": due.ongoing,
    }


def for_retreat(retreat) -> str:
    return _("For %(retreat)s, %(day)s") % {
        "retreat": retreat.name,
        "day": day(retreat.starts_on),
    }


def for_the_retreat(retreat) -> dict:
    """Due the day before a retreat begins: late from its first day."""
    return {
        "due_on": retreat.starts_on - timedelta(days=1),
        "due_anchor": retreat,
        "due_edge": FollowUp.Edge.START,
        "due_offset": -1,
    }


def next_week(today: date) -> dict:
    monday = today + timedelta(days=7 - today.weekday())
    sunday = monday + timedelta(days=6)
    return {"due_on": monday, "due_until": sunday, "due_text": _("next week")}


def end_of_month(today: date) -> dict:
    last = next_month(today) - timedelta(days=1)
    return {"due_on": last, "due_text": _("end of the month")}


DAYS = {"next_week": next_week, "end_of_month": end_of_month}

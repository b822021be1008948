"""Input of the first floor."""

from django import forms

from wiego_review.common.forms import VerbForm

from .workflow import STATES


class LinkForm(VerbForm):
    """Yes, no, or the answer taken back."""

    answer = forms.ChoiceField(choices=[(each, each) for each in STATES], required=False)

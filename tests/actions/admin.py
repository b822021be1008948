"""How the tests use the admin of follow-ups and decisions."""

from django.urls import reverse

from actions.listings import LISTINGS

FOLLOW_UPS = next(listing for listing in LISTINGS if listing.name == "follow-ups")
DECISIONS = next(listing for listing in LISTINGS if listing.name == "decisions")
LIST = "/admin/actions/followup/"
STAFF = ("coordinator", "board_member", "chair")


def address(record, name="change"):
    start = f"admin:{record._meta.app_label}_{record._meta.model_name}"
    return reverse(f"{start}_{name}", args=[record.pk])


def listed(response):
    return {record.pk for record in response.context["cl"].queryset}


def sent(response, **changes):
    """What a browser sends back from a change form, with `changes`."""
    form = response.context["adminform"].form
    values = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False, ""):
            values[name] = (
                [getattr(each, "pk", each) for each in value]
                if (isinstance(value, list))
                else value
            )
    return values | changes

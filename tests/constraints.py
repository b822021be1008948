"""How the named constraints of an app are tried: at the database, and by their message.

A case makes a good record and the values that break one constraint of it.
"""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def named_constraints(app_label) -> dict:
    """`{name: constraint}` of all models of an app."""
    models = apps.get_app_config(app_label).get_models()
    return {each.name: each for model in models for each in model._meta.constraints}


def assert_database_holds(record, bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record)._base_manager.filter(pk=record.pk).update(**bad)


def assert_told(record, bad, constraint):
    for name, value in bad.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert str(constraint.get_violation_error_message()) in refused.value.messages

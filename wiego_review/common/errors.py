"""What a verb may answer instead of doing it. Every door turns these into its own words."""

from django.core.exceptions import ValidationError


class Refused(Exception):
    """The verb does not apply to the record as it stands; the message says what to do."""


class KeyUsed(Refused):
    """This idempotency key came before, with something else."""


class Conflict(Exception):
    """Someone changed the same fields since `version`.

    `fields` is `{name: {"mine": …, "theirs": …, "before": …}}`, `current` the record's version.
    """

    def __init__(self, record, fields):
        super().__init__("the same fields were changed by someone else")
        self.record = record
        self.fields = fields
        self.current = record.version


class Repeated(Exception):
    """This idempotency key has done its work already; `change_set` is what it did."""

    def __init__(self, change_set):
        super().__init__("done already")
        self.change_set = change_set


def by_field(problem: ValidationError) -> dict[str, list[str]]:
    """The messages of each field; those of none stand under ""."""
    return problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}

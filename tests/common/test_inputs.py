"""What REST takes for a plain value: of its own kind only."""

from datetime import date

import pytest
from rest_framework.serializers import ValidationError

from wiego_review.common.inputs import Day, Number, Text, Yes

KINDS = {
    Text: (["1e400", "", "–"], [1, 1.5, float("inf"), True, [], {}], "Send a text, in quotes."),
    Number: ([0, 7], ["7", 7.0, True, []], "Send a whole number, without quotes."),
    Yes: ([True, False], ["true", 1, 0, "on", []], "Send true or false, without quotes."),
    Day: (
        ["2017-06-05"],
        ["2017-6-5", "20170605", "2017-W23-1", "2017-06-31", "٢٠١٧-٠٦-٠٥", 20170605, [], True],
        "Send the day as 2017-11-13.",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_value_of_another_kind_is_refused_in_words(kind):
    taken, refused, words = KINDS[kind]
    blank = {"allow_blank": True} if kind is Text else {}
    told = []
    for value in refused:
        with pytest.raises(ValidationError) as problem:
            kind(**blank).run_validation(value)
        told.append(problem.value.detail)

    read = [kind(**blank).run_validation(value) for value in taken]
    assert read == ([date(2017, 6, 5)] if kind is Day else taken)
    assert told == [[words]] * len(refused)

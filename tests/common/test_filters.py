from wiego_review.common.filters import MomentField, SeveralInput


def test_several_values_are_shown_with_commas():
    told = [SeveralInput().format_value(value) for value in (["a", "b"], "a", None)]
    assert told == ["a, b", "a", None]


def test_moment_that_is_not_given_is_none():
    assert MomentField(required=False).clean("") is None

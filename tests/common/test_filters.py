import pytest

from wiego_review.common.filters import MomentField, SeveralInput


def test_several_values_are_shown_with_commas():
    told = [SeveralInput().format_value(value) for value in (["a", "b"], "a", None)]
    assert told == ["a, b", "a", None]


def test_moment_that_is_not_given_is_none():
    assert MomentField(required=False).clean("") is None


@pytest.mark.parametrize("asked", ["city=", "kind=", "city=&kind="])
def test_filter_left_empty_narrows_nothing(asked, api_of, team_member):
    api, page = api_of(team_member), "/api/v1/commitments/"
    whole, narrowed = (api.get(url).json() for url in (page, f"{page}?{asked}"))
    assert narrowed["results"] == whole["results"] != []

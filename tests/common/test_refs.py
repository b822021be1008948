import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiego_review.common import refs

KEYS = st.integers(min_value=1, max_value=2**40 - 1)
PREFIXES = st.sampled_from("FISYPNBDROUMA")


@given(PREFIXES, KEYS)
def test_ref_read_back_is_the_same_number(prefix, number):
    written = refs.to_ref(prefix, number)

    assert len(written) == 10
    assert refs.from_ref(prefix, written) == number
    assert refs.from_ref(prefix, f"  {written.lower()} ") == number


@given(PREFIXES, st.text(max_size=14))
def test_ref_of_any_text_is_one_number_or_none(prefix, text):
    number = refs.from_ref(prefix, text)

    assert number is None or 0 <= number < 2**40


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("F-OOOOOOOI", "F-00000001"), ("F-oooooool", "F-00000001"), ("F-7q2k9mxt", "F-7Q2K9MXT")],
)
def test_from_ref_takes_lookalikes(typed, meant):
    assert refs.from_ref("F", typed) == refs.from_ref("F", meant)


@pytest.mark.parametrize(
    "text",
    ["", "F", "F-", "7Q2K9MXT", "I-7Q2K9MXT", "F-7Q2K9MX", "F-7Q2K9MXT0", "F-7Q2K9MXU", "F-7Q2K9ß"],
)
def test_from_ref_of_what_is_no_such_ref_is_none(text):
    assert refs.from_ref("F", text) is None


def test_draw_is_never_zero_and_fits_eight_characters(monkeypatch):
    monkeypatch.setattr(refs.secrets, "randbelow", lambda limit: 0)
    assert refs.draw() == 1
    monkeypatch.setattr(refs.secrets, "randbelow", lambda limit: limit - 1)
    assert refs.to_ref("F", refs.draw()) == "F-ZZZZZZZZ"

"""Return addresses that tell which delivery came back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.deliver import verp

BOX, MARK = "bounces@example.nhs.uk", "0123456789abcdef" * 4


def test_the_tag_stands_behind_a_plus():
    assert verp.address(BOX, 12, MARK) == "bounces+12-0123456789abcdef@example.nhs.uk"


@pytest.mark.parametrize("base", ["library+bounces@example.nhs.uk", f"{'b' * 50}@example.nhs.uk"])
def test_an_address_that_takes_no_tag_is_used_as_it_is(base):
    assert verp.address(base, 12, MARK) == base


@given(st.integers(1, 999_999_999), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read(number, secret):
    mark = secret.hex()
    address = verp.address(BOX, number, mark)
    assert len(address.rpartition("@")[0]) <= 64
    assert verp.in_addresses(f"x@y, <{address.upper()}>") == [(number, mark[:16])]
    assert verp.in_envelope_id(verp.tag(number, mark)) == [(number, mark[:16])]


@pytest.mark.parametrize(
    "text",
    [
        BOX,
        "bounces+12@example.nhs.uk",
        "bounces+12-0123456789abcde@example.nhs.uk",
        "bounces+12-0123456789abcdef0@example.nhs.uk",
        "bounces+99999999999-0123456789abcdef@example.nhs.uk",
        "bounces+-1-0123456789abcdef@example.nhs.uk",
    ],
)
def test_what_is_no_tag_is_none(text):
    assert verp.in_addresses(text) == []

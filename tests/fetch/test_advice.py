"""What headers say about the next visit: Retry-After (F4), Cache-Control and Expires (F5)."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.fetch.advice import fresh_until, retry_after

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FAR = timedelta(days=3650)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3600", 3600),
        (" 120 ", 120),
        ("0", 0),
        ("Sun, 22 Nov 2026 10:00:00 GMT", 3600),
        ("Sunday, 22-Nov-26 10:00:00 GMT", 3600),
        ("Sun Nov 22 10:00:00 2026", 3600),
        ("Sun, 22 Nov 2026 08:00:00 GMT", -3600),
        ("9" * 5000, FAR.total_seconds()),
    ],
    ids=["seconds", "spaces", "none", "a date", "RFC 850", "asctime", "a date gone by", "absurd"],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(value, seconds):
    assert retry_after(httpx.Headers({"Retry-After": value}), AT) == AT + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "\u0663", "Sun, 99 Nov 2026 10:00:00 GMT"])
def test_a_retry_after_that_cannot_be_read_says_nothing(value):
    assert retry_after(httpx.Headers({"Retry-After": value.encode()}), AT) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=7200"}, 7200),
        ({"Cache-Control": "public, Max-Age=7200, must-revalidate"}, 7200),
        ({"Cache-Control": 'private="a, b", max-age="60"'}, 60),
        ({"Cache-Control": "max-age=60, max-age=7200"}, 60),
        ({"Cache-Control": "max-age=7200", "Age": "200"}, 7000),
        ({"Cache-Control": "max-age=7200", "Expires": "Sun, 22 Nov 2026 09:01:00 GMT"}, 7200),
        ({"Cache-Control": "public", "Expires": "Sun, 22 Nov 2026 10:00:00 GMT"}, 3600),
        ({"Expires": "Sun, 22 Nov 2026 10:00:00 GMT"}, 3600),
        ({"Expires": "Mon, 01 Jan 2001 10:00:00 GMT", "Date": "Mon, 01 Jan 2001 09:00:00 GMT"}, 3600),
        ({"Cache-Control": "max-age=" + "9" * 5000}, FAR.total_seconds()),
    ],
    ids=["max-age", "among others", "quoted", "twice", "age", "both", "public", "Expires", "a slow clock", "absurd"],
)
def test_a_server_may_say_how_long_its_answer_stays_fresh(headers, seconds):
    assert fresh_until(httpx.Headers(headers), AT) == AT + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "no-cache, max-age=7200"},
        {"Cache-Control": "max-age=7200, NO-STORE"},
        {"Cache-Control": "no-store", "Expires": "Sun, 22 Nov 2026 10:00:00 GMT"},
        {"Cache-Control": "max-age=0"},
        {"Cache-Control": "max-age=60", "Age": "60"},
        {"Cache-Control": "max-age=soon"},
        {"Cache-Control": "s-maxage=7200"},
        {"Expires": "0"},
        {"Expires": "Sun, 22 Nov 2026 08:00:00 GMT"},
    ],
    ids=[
        "silence",
        "no-cache",
        "no-store",
        "no-store and Expires",
        "0",
        "old",
        "words",
        "for proxies",
        "bad",
        "past",
    ],
)
def test_no_wish_is_read_where_there_is_none(headers):
    assert fresh_until(httpx.Headers(headers), AT) is None


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_header_however_odd_is_more_than_a_wish(one, two, three):
    headers = httpx.Headers(
        [(name, value.encode()) for name, value in (("Retry-After", one), ("Expires", two), ("Cache-Control", three))]
    )
    for until in (retry_after(headers, AT), fresh_until(headers, AT)):
        assert until is None or until.tzinfo is not None

"""When a feed itself wants to be visited again (reference bar F5)."""

from datetime import UTC, datetime, timedelta

import pytest

from bulletin import parse
from bulletin.model import Feed, FeedKind, Fetched, Validators

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def wish(channel: str, at: datetime = MONDAY, space: str = ""):
    body = (
        f'<rss version="2.0" {space}><channel><title>T</title>{channel}<item><title>A</title></item></channel></rss>'
    )
    fetched = Fetched(
        Feed("f", "F", "https://example.org/"), "https://example.org/", "", body.encode(), Validators(), at
    )
    return parse.document(fetched).wait_until


SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("channel", "after"),
    [
        pytest.param("", None, id="no wish"),
        pytest.param("<ttl>90</ttl>", timedelta(minutes=90), id="ttl in minutes"),
        pytest.param("<ttl>0</ttl>", None, id="no minutes"),
        pytest.param("<ttl>soon</ttl>", None, id="no number"),
        pytest.param("<ttl>-5</ttl>", None, id="a negative one"),
        pytest.param("<sy:updatePeriod>daily</sy:updatePeriod>", timedelta(days=1), id="daily"),
        pytest.param(
            "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(minutes=15),
            id="four times an hour",
        ),
        pytest.param("<sy:updatePeriod>often</sy:updatePeriod>", None, id="no such period"),
        pytest.param("<ttl>99999</ttl>", timedelta(minutes=99999), id="two months"),
    ],
)
def test_a_feed_says_how_long_it_stays_as_it_is(channel, after):
    assert wish(channel, space=SY) == (after and MONDAY + after)


@pytest.mark.parametrize(
    ("channel", "hour", "until"),
    [
        pytest.param("<skipHours><hour>9</hour><hour>10</hour></skipHours>", 9, "2026-11-23T11:00", id="this hour"),
        pytest.param(
            "<skipHours><hour>24</hour><hour>0</hour></skipHours>", 0, "2026-11-23T01:00", id="24 is midnight"
        ),
        pytest.param("<skipHours><hour>3</hour></skipHours>", 9, None, id="another hour"),
        pytest.param("<skipDays><day>Monday</day></skipDays>", 9, "2026-11-24T00:00", id="this day"),
        pytest.param("<skipDays><day>Mon</day></skipDays>", 9, None, id="no day's name"),
        pytest.param(
            "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>",
            9,
            None,
            id="every hour of the week",
        ),
        pytest.param(
            "<ttl>60</ttl><skipHours><hour>10</hour></skipHours>",
            9,
            "2026-11-23T11:00",
            id="ttl ends in a skipped hour",
        ),
    ],
)
def test_a_feed_says_when_it_never_changes(channel, hour, until):
    found = wish(channel, MONDAY.replace(hour=hour))
    assert found == (until and datetime.fromisoformat(until).replace(tzinfo=UTC))


def test_an_item_that_speaks_of_skipped_hours_is_no_wish():
    text = "<item><title>A</title><description><![CDATA[<skipHours><hour>9</hour></skipHours>]]></description></item>"
    assert wish("x" * 20_000 + text) is None


def test_a_feed_says_what_it_calls_itself():
    body = (
        b"<rss><channel><title>  Wexbridge &amp;amp; District  </title><item><title>A</title></item></channel></rss>"
    )
    fetched = Fetched(Feed("f", "F", "https://example.org/"), "https://example.org/", "", body, Validators(), MONDAY)
    assert parse.document(fetched).title == "Wexbridge & District"


def test_what_a_search_left_behind_is_told():
    feed = Feed("s", "S", "https://example.org", kind=FeedKind.EUROPEPMC, search="sepsis")
    body = b'{"resultList": {"result": [{"title": "A", "doi": "10.5555/a"}]}}'
    found = Fetched(feed, feed.url, "application/json", body, Validators(), MONDAY, missed=234)
    assert "234 results more than were read" in parse.document(found).warning

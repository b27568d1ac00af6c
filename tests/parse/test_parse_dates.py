"""Dates, in all the ways that feeds write them."""

from datetime import UTC, datetime

import pytest
from feedwriter import AT, item

from bulletin.model import DateFlag, DateSource
from bulletin.parse import dates

NOV_3 = (2026, 11, 3)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # RFC 822, 850 and asctime
        ("Tue, 03 Nov 2026 09:30:00 GMT", (*NOV_3, 9, 30)),
        ("Tue, 3 Nov 2026 09:30:00 +0100", (*NOV_3, 8, 30)),
        ("Tue,  3 Nov 2026 09:30 -0530", (*NOV_3, 15, 0)),
        ("03 Nov 26 09:30:00 Z", (*NOV_3, 9, 30)),
        ("Tue 03 November 2026 09:30:00 UT", (*NOV_3, 9, 30)),
        ("Tuesday, 03-Nov-26 09:30:00 GMT", (*NOV_3, 9, 30)),
        ("Tue Nov  3 09:30:00 2026", (*NOV_3, 9, 30)),
        ("Tue Nov 3 09:30:00 EST 2026", (*NOV_3, 14, 30)),
        ("mar, 03 nov 2026 09:30:00 +0000", (*NOV_3, 9, 30)),
        ("Wed, 31 Dec 97 12:00:00 GMT", (1997, 12, 31, 12)),
        # ISO 8601 and RFC 3339
        ("2026-11-03T09:30:00Z", (*NOV_3, 9, 30)),
        ("2026-11-03T09:30:00.123+01:00", (*NOV_3, 8, 30)),
        ("2026-11-03 09:30", (*NOV_3, 9, 30)),
        ("2026-11-03T09:30:60Z", (*NOV_3, 9, 30, 59)),
        ("2026-11-03", NOV_3),
        ("20261103", NOV_3),
        ("2026/11/3 9:30:00", (*NOV_3, 9, 30)),
        ("2026-11", (2026, 11, 1)),
        ("2026", (2026, 1, 1)),
        # by hand
        ("03/11/2026", NOV_3),
        ("03.11.2026 09:30:00", (*NOV_3, 9, 30)),
        ("Tue, 03/11/2026 - 09:30", (*NOV_3, 9, 30)),
        ("11/23/2026", (2026, 11, 23)),
        ("3 November 2026", NOV_3),
        ("3rd Nov 2026", NOV_3),
        ("Nov 3, 2026", NOV_3),
        ("Nov. 3 2026 02:05:06 PM", (*NOV_3, 14, 5, 6)),
        ("November 3, 2026 12:10 am", (*NOV_3, 0, 10)),
        ("November 2026", (2026, 11, 1)),
        ("Sept 9, 2026", (2026, 9, 9)),
        # on web pages
        ("Published: 3 November 2026", NOV_3),
        ("Posted on 3rd of November, 2026 by the team", NOV_3),
        ("3/11/26", NOV_3),
        ("Added 03.11.26 at 9:30am", (*NOV_3, 9, 30)),
        ("Tuesday 3 November 2026 at 2:30pm", (*NOV_3, 14, 30)),
    ],
)
def test_a_date_is_read(words, expected):
    assert dates.read(words) == datetime(*expected, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("GMT", 12),
        ("UTC", 12),
        ("BST", 11),
        ("CET", 11),
        ("CEST", 10),
        ("EET", 10),
        ("EST", 17),
        ("EDT", 16),
        ("CST", 18),
        ("CDT", 17),
        ("MST", 19),
        ("MDT", 18),
        ("PST", 20),
        ("PDT", 19),
        ("AEST", 2),
        ("IST", 12),
        ("XYZ", 12),
        ("", 12),
        ("GMT+1", 11),
        ("+0000 (GMT)", 12),
        ("-0800 (PST)", 20),
    ],
)
def test_a_named_zone_counts(zone, hour):
    assert dates.read(f"Wed, 03 Jun 2026 12:00:00 {zone}").hour == hour


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Autumn 2026",
        "yesterday",
        "2026-13-01",
        "2026-W45",
        "30 Feb 2026",
        "99/99/2026",
        "1700000000",
        "2026-11-03T25:00:00Z",
        "2026-11-03T09:75:00Z",
        "Tue, 03 Nov 2026 09:30:00 +9999",
        "Tue, 03 Nov 2026 09:30:00 -1500",
        "Tue, 03 Nov 2026 09:30:00 +0175",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "0000-00-00",
        "3 November",
        "3/11/26/7",
        "10.1.3.11.26",
        "3 November 2026" + " " * 100 + "x",
    ],
)
def test_what_is_no_date_is_unreadable(words):
    assert dates.read(words) is None


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("2026-11-24T11:59:00Z", DateFlag.NONE),
        ("2026-11-24T12:01:00Z", DateFlag.FUTURE),
        ("2099-01-01", DateFlag.FUTURE),
        ("1989-12-31", DateFlag.ABSURD),
        ("1990-01-01", DateFlag.NONE),
        ("Autumn 2026", DateFlag.UNREADABLE),
    ],
)
def test_a_date_that_cannot_be_believed_is_flagged_and_not_used(words, flag):
    when, source, found = dates.published([(DateSource.PUBLISHED, words)], AT)
    assert found is flag
    assert (when is None) == (flag is not DateFlag.NONE)
    assert source is (DateSource.PUBLISHED if when else DateSource.FIRST_SEEN)


def test_the_first_date_that_can_be_believed_counts():
    article = item(
        "<title>t</title><pubDate>Tue, 01 Dec 2026 00:00:00 GMT</pubDate><dc:date>2026-11-03</dc:date>"
        "<prism:coverDate>2026-12</prism:coverDate>"
    )
    assert article.published == datetime(*NOV_3, tzinfo=UTC)
    assert (article.date_source, article.date_flag) == (DateSource.PUBLISHED, DateFlag.NONE)


@pytest.mark.parametrize(
    "element",
    ["prism:publicationDate", "prism:coverDate", "dcterms:issued", "dcterms:created", "pubDate"],
)
def test_every_element_for_the_day_of_publication_is_read(element):
    article = item(f"<title>t</title><{element}>2026-11-03</{element}>")
    assert (article.published, article.date_source) == (datetime(*NOV_3, tzinfo=UTC), DateSource.PUBLISHED)


def test_an_item_without_a_date_has_none():
    undated = item("<title>t</title>")
    assert (undated.published, undated.date_source, undated.date_flag) == (
        None,
        DateSource.FIRST_SEEN,
        DateFlag.NONE,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("By Ann | 3 November 2026 | 5 minutes", "3 November 2026"),
        ("It says: Tue 3rd of Nov, 2026.", "3rd of Nov, 2026"),
        ("on November 3rd, 2026 we", "November 3rd, 2026"),
        ("at 2026-11-03T09:30 sharp", "2026-11-03"),
        ("of 03/11/2026 and 04/11/2026", "03/11/2026"),
        ("of 3.11.2026", "3.11.2026"),
        ("of 3/11/26, at last", "3/11/26"),
        ("3 Nov 26", "3 Nov 26"),
        ("the 2-3 November 2026", "3 November 2026"),
        ("in November 2026", ""),
        ("on 3 November", ""),
        ("at 3 May 10:30", ""),
        ("release 3.11.26", ""),
        ("ratio 3/11/2026/5", ""),
        ("Winter 2026", ""),
        ("Marketing 3 2026", ""),
    ],
)
def test_a_whole_day_is_found_in_a_longer_text(text, day):
    assert dates.find(text) == day
    assert not day or dates.read(day) == datetime(*NOV_3, tzinfo=UTC)

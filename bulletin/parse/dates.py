"""When an item was published, read from a feed's own words.

feedparser's own dates are not used: it takes BST for UTC, moves a date by days for an offset of +9999, and gives up
on 03/11/2026. Here a day that could be either is day first, as in the United Kingdom.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from bulletin.model import DateFlag, DateSource

_AHEAD = timedelta(hours=48)  # a clock may be wrong, and a cover date is a plan
_FIRST_YEAR = 1990

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Hours from UTC. BST is Britain's, for whom this is written; IST (India, Ireland, Israel) and every name that is not
# here count as UTC, which is wrong by hours at most.
_ZONES = {
    "bst": 1,
    "west": 1,
    "cet": 1,
    "met": 1,
    "cest": 2,
    "mest": 2,
    "eet": 2,
    "sast": 2,
    "eest": 3,
    "msk": 3,
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "cst": -6,
    "mdt": -6,
    "mst": -7,
    "pdt": -7,
    "pst": -8,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
}

_NAMES = rf"\b(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?"
# In this order, and the first that fits counts. Two digits are a year only behind a day and a month: the French
# "mar, 16 nov 2026" is a Tuesday.
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"^(?P<year>\d{4})(?:$|(?P<mark>[-/.]?)(?P<month>\d\d?)(?:$|(?P=mark)(?P<day>\d\d?)(?!\d)))",
        rf"{_NAMES}\s+{_DAY}\s+(?P<time>[\d:]{{5,8}}(?:\s+[a-z]{{3,4}})?)\s+(?P<year>\d{{4}})\b",  # asctime
        r"\b(?P<month>\d\d?)/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})\b",
        r"\b(?P<day>\d\d?)(?P<mark>[/.-])(?P<month>\d\d?)(?P=mark)(?P<year>\d{4})\b",
        r"^\D*\b(?P<day>\d\d?)(?P<mark>[/.])(?P<month>\d\d?)(?P=mark)(?P<year>\d\d)(?![\d/.])",
        rf"\b{_DAY}[\s,-]*{_NAMES}[\s,-]+(?P<year>\d{{4}}|\d\d)(?![\d:])",
        rf"{_NAMES}[\s,-]+{_DAY}[\s,-]+(?P<year>\d{{4}})\b",
        rf"{_NAMES}[\s,-]+(?P<year>\d{{4}})\b",
    )
)
# A whole day in the middle of other words, where "May 12" or "1.2.26" could be anything.
_LONG_NAMES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d\b"
_WHOLE_DAY = re.compile(
    rf"\b{_YEAR}-\d\d-\d\d|\b\d\d?([/.-])\d\d?\1{_YEAR}(?!\1)|\b\d\d?/\d\d?/\d\d\b(?!/)"
    rf"|\b\d\d?(?:st|nd|rd|th)?(?:\s+of)?[\s,-]{{1,3}}{_LONG_NAMES}[\s,-]{{1,3}}(?:{_YEAR}|\d\d\b(?!:))"
    rf"|\b{_LONG_NAMES}[\s,-]{{1,3}}\d\d?(?:st|nd|rd|th)?[\s,-]{{1,3}}{_YEAR}",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+\-\u2212])(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)", re.IGNORECASE)
_ZONE_NAME = re.compile(r"[a-z]{1,5}", re.IGNORECASE)
_MOST = 100  # characters


def published(
    candidates: Iterable[tuple[DateSource, str]], at: datetime
) -> tuple[datetime | None, DateSource, DateFlag]:
    """The first candidate that can be believed at the instant `at`; else none, and what was wrong with the first.

    A candidate is a date's source and the feed's words for it.
    """
    flags = []
    for source, words in candidates:
        when = read(words)
        flag = _flag(when, at)
        if flag is DateFlag.NONE:
            return when, source, flag
        flags.append(flag)
    return None, DateSource.FIRST_SEEN, flags[0] if flags else DateFlag.NONE


def read(words: str) -> datetime | None:
    """The instant that the words name, in UTC; a month or year is its first day, and no zone means UTC."""
    words = words.strip()
    found = _day_in(words) if len(words) <= _MOST else None
    if found is None:
        return None
    day, rest = found
    try:
        return (day + _time_of(rest)).replace(tzinfo=_zone_of(rest)).astimezone(UTC)
    except (ValueError, OverflowError):  # 25 o'clock, an offset of days, the year 1 or 9999 pushed over its edge
        return None


def find(text: str) -> str:
    """The first words of a longer text that name a whole day; empty when none do: a month could be about anything."""
    found = _WHOLE_DAY.search(text)
    return found[0] if found else ""


def _flag(when: datetime | None, at: datetime) -> DateFlag:
    if when is None:
        return DateFlag.UNREADABLE
    if when.year < _FIRST_YEAR:
        return DateFlag.ABSURD
    return DateFlag.FUTURE if when > at + _AHEAD else DateFlag.NONE


def _day_in(words: str) -> tuple[datetime, str] | None:
    """The day in the words, and the words after it that may tell the time."""
    found = next(filter(None, (shape.search(words) for shape in _SHAPES)), None)
    if not found:
        return None
    parts = found.groupdict()
    month = _MONTHS.index(parts["name"].lower()) + 1 if parts.get("name") else int(parts["month"] or 1)
    try:
        day = datetime(_full_year(parts["year"]), month, int(parts.get("day") or 1), tzinfo=UTC)
    except ValueError:  # 30 February
        return None
    return day, (parts.get("time") or "") + words[found.end() :]


def _full_year(digits: str) -> int:
    """A year in two digits is of this century up to 69 (RFC 2822, section 4.3, moved on by twenty years)."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _time_of(rest: str) -> timedelta:
    found = _TIME.search(rest)
    if not found:
        return timedelta()
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 60:
        raise ValueError(rest)
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _zone_of(rest: str) -> timezone:
    """The zone behind the time of day; a day without a time has none."""
    time = _TIME.search(rest)
    after = rest[time.end() :].strip() if time else ""
    if offset := _OFFSET.match(after):
        hours = int(offset["hours"]) + int(offset["minutes"] or 0) / 60
        if hours > 14 or int(offset["minutes"] or 0) > 59:  # Kiribati is furthest from UTC
            raise ValueError(rest)
        return timezone(timedelta(hours=hours if offset["sign"] == "+" else -hours))
    name = _ZONE_NAME.match(after)
    return timezone(timedelta(hours=_ZONES.get(name[0].lower(), 0) if name else 0))

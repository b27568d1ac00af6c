"""When a feed itself wants to be visited again: RSS ttl, skipHours and skipDays, and the syndication module.

Rules: RSS 2.0 (cyber.harvard.edu/rss/rss.html: ttl in minutes, hours 0 to 23 in GMT, days by their English names) and
RSS 1.0 Syndication (web.resource.org/rss/1.0/modules/syndication: a period, and so many times in it).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_LONGEST = timedelta(days=366)
_HEAD = 20_000  # characters in which a channel says such things
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SKIPS = re.compile(r"<skip(?P<what>Hours|Days)\s*>(?P<list>[^!\[]{0,2000}?)</skip(?P=what)\s*>", re.IGNORECASE)
_SKIPPED = re.compile(r"<(?:hour|day)\s*>\s*(\w{1,10})\s*</")
_WEEK = 7 * 24  # hours


@dataclass(frozen=True)
class Pause:
    """A feed's wish: how long its document stays as it is, and when it never changes."""

    fresh: timedelta = timedelta()
    skip_hours: frozenset[int] = frozenset()  # 0 to 23, UTC
    skip_days: frozenset[int] = frozenset()  # 0 is Monday, UTC

    def until(self, at: datetime) -> datetime | None:
        """The earliest instant after a visit that the feed wishes for; None when it wishes for none."""
        then = at + self.fresh
        for _ in range(_WEEK):
            if not self._skips(then):
                break
            then = then.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        else:
            return None  # it skips the whole week: that is no wish but a mistake
        return then if then > at else None

    def _skips(self, at: datetime) -> bool:
        return at.hour in self.skip_hours or at.weekday() in self.skip_days


NO_PAUSE = Pause()


def pause(text: str, ttl: str, period: str, frequency: str) -> Pause:
    """Read a feed's wish from its document and from what its channel says; what is no wish counts for nothing."""
    skipped = {found["what"].lower(): _SKIPPED.findall(found["list"]) for found in _SKIPS.finditer(text[:_HEAD])}
    hours = (int(hour) % 24 for hour in skipped.get("hours", ()) if hour.isdecimal() and len(hour) < 3)
    days = (_DAYS.index(day.lower()) for day in skipped.get("days", ()) if day.lower() in _DAYS)
    fresh = timedelta(minutes=_number(ttl)) or _share(period, frequency)
    return Pause(min(fresh, _LONGEST), frozenset(hours), frozenset(days))


def _share(period: str, frequency: str) -> timedelta:
    whole = _PERIODS.get(period.strip().lower(), timedelta())
    return whole / max(_number(frequency), 1)


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0

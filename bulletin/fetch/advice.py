"""What the headers of an answer say about the next visit; instants are as the server put them, not clamped."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

_LONGEST = 10 * 365 * 86400  # seconds; more would run out of the calendar


def retry_after(headers: httpx.Headers, at: datetime) -> datetime | None:
    """When a busy server wants to be asked again (RFC 9110 10.2.3: seconds or a date); None: it does not say."""
    value = headers.get("Retry-After", "")
    seconds = _seconds(value)
    return _date(value) if seconds is None else at + timedelta(seconds=seconds)


def fresh_until(headers: httpx.Headers, at: datetime) -> datetime | None:
    """Until when an answer stays fresh (RFC 9111 4.2); None when the server does not say, or says not at all."""
    said = _directives(headers.get("Cache-Control", ""))
    if "no-cache" in said or "no-store" in said:
        return None
    lifetime = _seconds(said["max-age"]) if "max-age" in said else _expires(headers, at)
    age = _seconds(headers.get("Age", "")) or 0
    return at + timedelta(seconds=lifetime - age) if lifetime and lifetime > age else None


def _directives(text: str) -> dict[str, str]:
    """The directives of Cache-Control with their arguments; the first of a name counts."""
    said: dict[str, str] = {}
    for directive in text.split(","):
        name, _, argument = directive.partition("=")
        said.setdefault(name.strip().lower(), argument.strip().strip('"'))
    return said


def _expires(headers: httpx.Headers, at: datetime) -> int | None:
    """The seconds between Date and Expires, so that a server whose clock is wrong is still understood."""
    until = _date(headers.get("Expires", ""))
    since = _date(headers.get("Date", "")) or at
    return min(int((until - since).total_seconds()), _LONGEST) if until else None


def _seconds(text: str) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return min(int(text[:20]), _LONGEST)


def _date(text: str) -> datetime | None:
    """A date in one of the three forms of RFC 9110 5.6.7."""
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

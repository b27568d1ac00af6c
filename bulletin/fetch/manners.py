"""When to come again, and whether a feed has moved: rules about visits, without a clock or a connection."""

import hashlib
import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from urllib.parse import urlsplit

from bulletin.model import Feed, Outcome, Past, Trouble, Visit

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_JITTER = 0.1  # of the pause at most
_SINCE_EVER = datetime.min.replace(tzinfo=UTC)

# Two labels are somebody's own name under these alone; co.uk, nhs.uk or github.io are where many live side by side.
_OPEN = frozenset({"com", "edu", "gov", "int", "net", "org"})
# Whose names belong to many although the rule above takes them for one's own (of the Public Suffix List, where feeds
# are published). Nothing under them is ever called one site.
_SHARED = (
    *("amazonaws.com", "appspot.com", "azure.com", "azurewebsites.net", "blogspot.com", "cloudfront.net", "co.com"),
    *("eu.com", "eu.org", "feedburner.com", "gb.com", "gb.net", "herokuapp.com", "medium.com", "sch.uk"),
    *("service.gov.uk", "squarespace.com", "substack.com", "tumblr.com", "typepad.com", "uk.com", "uk.net", "us.com"),
    *("us.org", "weebly.com", "windows.net", "wixsite.com", "wordpress.com", "wpengine.com"),
)


def next_visit(feed: Feed, past: Past | None) -> datetime | None:
    """When a feed is to be visited again; None when it is gone for good (reference bars F4, F5, F8, F9, F11).

    A feed that was never visited is due since ever. A visit that failed is made again after an hour, then after two,
    and so on up to a day: nothing but two answers of 410 that lie a day apart stops a feed. No visit comes before the
    server wants one.
    """
    if past is None:
        return _SINCE_EVER
    if is_gone(past):
        return None
    last = past.last
    pause = _after_failure(past) if last.outcome is Outcome.FAILED else _after_success(feed, last)
    return max(last.at + pause, last.wait_until or last.at)


def freshness_wish(at: datetime, until: datetime | None) -> datetime | None:
    """What counts of a server's word that a document stays fresh: an hour to a day (reference bar F5)."""
    return until and min(max(until, at + _HOUR), at + _DAY)


def retry_wish(at: datetime, until: datetime | None) -> datetime | None:
    """What counts of a server's word that it wants no visit before: a minute to a week (reference bar F4)."""
    return until and min(max(until, at + timedelta(minutes=1)), at + timedelta(days=7))


def has_moved(visits: Sequence[Visit]) -> str:
    """Where a feed has moved for good, from the good visits of one address, newest first; empty: nowhere yet.

    All visits since the first that named the new address must name it, and the first and the last of them must lie
    24 hours apart, so that no slip of a night moves a feed (F7).
    """
    to = visits[0].moved_to if visits else ""
    naming = list(takewhile(lambda visit: visit.moved_to == to, visits))
    return to if to and naming[0].at - naming[-1].at >= _DAY else ""


def same_site(old: str, new: str) -> bool:
    """Whether a new URL is surely of the old one's site: one host but for www., or one host under the other.

    Without the Public Suffix List nobody can tell everywhere where a site ends, so in doubt the answer is no; and it
    is no from https to http, which whoever sits on the line could have brought about.
    """
    (one, port), (other, other_port) = _host(old), _host(new)
    if not one or not other or port != other_port or (_is_https(old) and not _is_https(new)):
        return False
    return one == other or _is_under(one, other) or _is_under(other, one)


def is_gone(past: Past) -> bool:
    """Whether a feed is gone for good: nothing but 410 since a day or longer (reference bar F8)."""
    since = past.gone_since
    return since is not None and past.last.trouble is Trouble.GONE and past.last.at - since >= _DAY


def _after_failure(past: Past) -> timedelta:
    if past.last.trouble in (Trouble.GONE, Trouble.BOT_CHECK):
        return _DAY
    doublings = min(max(past.failures - 1, 0), 5)  # the fifth is over a day
    return min(_HOUR * (1 << doublings), _DAY)


def _after_success(feed: Feed, last: Visit) -> timedelta:
    wish = (last.wait_until or last.at) - last.at
    return max(feed.every, wish, _HOUR) * (1 - _jitter(feed.id, last.at))


def _jitter(*parts: object) -> float:
    """A share between 0 and 10 %, always the same for the same feed and visit.

    It parts what was visited together, and it makes pauses shorter, never longer: a feed with `every: 1d` that were
    due a minute after the nightly run would be visited every other day only.
    """
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
    return _JITTER * int.from_bytes(digest[:4], "big") / 2**32


def _is_https(url: str) -> bool:
    return url.lower().startswith("https:")


def _host(url: str) -> tuple[str, int | None]:
    """Host without www. and port, None for the usual one; an empty host where there is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", None
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return host, None if port in (80, 443) else port


def _is_under(host: str, site: str) -> bool:
    labels = site.split(".")
    own = len(labels) > 2 or (len(labels) == 2 and labels[1] in _OPEN)
    shared = any(f".{site}".endswith(f".{name}") for name in _SHARED)
    return own and not shared and not _is_address(site) and host.endswith(f".{site}")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

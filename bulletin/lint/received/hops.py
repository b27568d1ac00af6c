"""The way that an email came (Received), and which of its headers can be believed, as the receiver wrote them."""

import re
from dataclasses import dataclass

from bulletin.lint.letter.hosts import organisation
from bulletin.lint.received.head import Head
from bulletin.lint.received.results import Result, Results, read

MICROSOFT, GOOGLE = "outlook.com", "google.com"

_HOST = r"([a-z0-9_](?:[a-z0-9._-]{0,250}[a-z0-9])?)"
_BY = re.compile(rf"(?:^|\s)by\s+{_HOST}", re.IGNORECASE)
_FROM = re.compile(rf"^from\s+{_HOST}", re.IGNORECASE)
_ENCRYPTED = re.compile(
    r"\b(?:utf8)?(?:esmtpsa?|lmtpsa?)\b|version=tls|using tls|\btls\s?v?1|\bhttps\b", re.IGNORECASE
)
_VERSION = re.compile(r"tls\s?v?(1)(?:[._](\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Hop:
    """One Received header: who took it from whom, and whether nobody else could read it on the way."""

    by: str
    sender: str
    is_encrypted: bool
    version: str  # of TLS, where it is told: 1.2
    place: int


@dataclass(frozen=True)
class Way:
    """The hops within the receiver's own house, newest first; the last one is where it came in."""

    inside: tuple[Hop, ...]
    has_hops: bool  # whether anything received it at all

    @property
    def border(self) -> Hop | None:
        """Where the receiver took it from outside."""
        return self.inside[-1] if self.inside else None

    @property
    def house(self) -> str:
        """Whose hosts these are: outlook.com, google.com; empty when nobody's."""
        return organisation(self.inside[0].by) if self.inside else ""


def way_of(head: Head) -> Way:
    """Follow the Received headers down from the top, as long as they are of one house."""
    hops = [_hop(one.value, one.place) for one in head.all("received")]
    named = [one for one in hops if "." in one.by]  # Gmail's topmost names an address of IPv6
    inside: list[Hop] = []
    for one in named:
        if inside and organisation(one.by) != organisation(inside[0].by):
            break
        inside.append(one)
    return Way(tuple(inside), bool(hops))


def believed(head: Head, way: Way) -> Results | None:
    """What the receiver itself found out; None where no header of it can be told from one that a sender wrote.

    Anybody may write Authentication-Results into an email (RFC 8601, 1.6 and 5), and ARC only says what others
    claim. So only the topmost one counts, with those of the same name beside it, and only under a name of the house
    that received it. Exchange Online writes no name: its own stands above the hop at which it came in.
    """
    found = [(one.place, read(one.value)) for one in head.all("authentication-results")]
    if not found or not way.border:
        return None
    first = found[0][1]
    if first.by:
        after = min((one.place for one in head.all("received") if one.place > found[0][0]), default=10**9)
        is_ours = organisation(first.by) == way.house
    else:
        after = way.border.place
        is_ours = way.house == MICROSOFT and found[0][0] < after
    beside = [one for place, one in found if (place < after or one is first) and one.by == first.by]
    return Results(first.by or way.house, _topmost(beside)) if is_ours else None


def _topmost(beside: list[Results]) -> tuple[Result, ...]:
    """Of each method what the topmost header has of it: one that claims more below may be a sender's."""
    kept: dict[str, list[Result]] = {}
    for one in beside:
        for method in {result.method for result in one.results} - set(kept):
            kept[method] = one.of(method)
    return tuple(result for results in kept.values() for result in results)


def _hop(value: str, place: int) -> Hop:
    value = value[:2_000]
    by, sender, version = _BY.search(value), _FROM.match(value), _VERSION.search(value)
    return Hop(
        by[1].lower() if by else "",
        sender[1].lower() if sender else "",
        bool(_ENCRYPTED.search(value)),
        f"1.{version[2] or 0}" if version else "",
        place,
    )

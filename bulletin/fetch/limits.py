"""How much one feed may cost: bytes, seconds, redirects, connections."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of one visit and of all visits together; the defaults are those of reference bars B1, F13 and F14."""

    wire_bytes: int = 10 * MIB  # as they come over the wire
    body_bytes: int = 20 * MIB  # after inflating
    ratio: int = 100  # inflated to wire bytes, above one MiB
    connect_seconds: float = 5
    read_seconds: float = 10  # between two pieces of one answer
    total_seconds: float = 30  # for a whole visit, so that a server that drips is no trap
    redirects: int = 5
    at_once: int = 16
    at_once_a_host: int = 2  # a library reads many feeds of few publishers

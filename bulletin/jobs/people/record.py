"""The record of who did what; every job that changes something for others writes a line."""

from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.model import Deed

AT_TERMINAL = "the command line"  # who did it, where the machine knows no editor


@dataclass(frozen=True)
class Verdict:
    """What a look at the whole record found."""

    lines: int
    broken: Deed | None  # the first line that is not what it was, or that follows a lost one
    seal: str  # of the last line: kept elsewhere, it shows later whether lines were cut off


def record(desk: Desk, who: str, did: str, what: str, before: str = "", after: str = "") -> None:
    """Write a line: who (an editor's email) did what, in words that begin with a verb, to what (an id)."""
    desk.store.deeds.add(deed(desk, who, did, what, before, after))


def deed(desk: Desk, who: str, did: str, what: str, before: str = "", after: str = "") -> Deed:
    """A line that is yet to be written, for a part of the store that writes it together with what it tells."""
    return Deed(desk.now(), who, did, what, before, after)


def verify(desk: Desk) -> Verdict:
    """Read the whole record and hold every seal against its line."""
    latest = desk.store.deeds.latest(most=1)
    return Verdict(
        lines=sum(1 for _ in desk.store.deeds.all()),
        broken=desk.store.deeds.first_broken(),
        seal=latest[0].digest if latest else "",
    )

"""Stopping all email to an address, and letting it be written to again."""

from collections.abc import Iterable

from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.jobs.subscribers.marks import marks_of, marks_of_all
from bulletin.model import Suppression, Why
from bulletin.people import addresses


def suppress(desk: Desk, email: str, why: Why, by: str = "", words: str = "") -> bool:
    """Let nothing go to an address any more, whoever puts it on a list; what waits for it is suppressed too.

    `by`: an editor's email, or empty for the machine. A heavier reason takes the place of a lighter one (left
    everything, emails came back, erased, an editor, a complaint); False: nothing changed. Raises InputError for what
    is no address.
    """
    address = addresses.of_reader(email)
    marks = marks_of(desk, address)
    line = deed(
        desk, by, "stopped email to a reader", _named(desk, address, marks[0]), after=f"{why}. {words}".strip()
    )
    return desk.store.suppressions.add(marks, Suppression(marks[0], why, desk.now(), by), line)


def release(desk: Desk, email: str, by: str, words: str = "") -> Suppression | None:
    """Let an address be written to again; gives what stood against it, None when nothing did."""
    address = addresses.of_reader(email)
    marks = marks_of(desk, address)
    stood = desk.store.suppressions.of(marks)
    before = str(stood.why) if stood else ""
    line = deed(desk, by, "released a reader", _named(desk, address, marks[0]), before=before, after=words)
    return desk.store.suppressions.lift(marks, line)


def stopped_among(desk: Desk, emails: Iterable[str]) -> dict[str, Suppression]:
    """Which of these addresses get nothing, and why."""
    return desk.store.suppressions.among(marks_of_all(desk, emails))


def _named(desk: Desk, address: str, mark: str) -> str:
    """The person's id; of an address that nobody has, the beginning of its mark."""
    found = desk.store.subscribers.by_email(address)
    return found.id if found else f"address {mark[:16]}"

"""The marks of an address: keyed hashes, by which a suppression is found when nobody knows the address any more."""

from collections.abc import Iterable

from bulletin.jobs.desk import Desk

_PURPOSE = "suppressed"


def marks_of(desk: Desk, email: str) -> tuple[str, ...]:
    """The marks of a normalised address, under the newest secret first; a suppression may stand under any of them."""
    return desk.keys.marks(_PURPOSE, email)


def marks_of_all(desk: Desk, emails: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The same of many addresses, by address."""
    return {email: marks_of(desk, email) for email in emails}

"""The marks of an address: keyed hashes, by which a suppression is found when nobody knows the address any more."""

from collections.abc import Iterable

from bulletin.jobs.desk import Desk
from bulletin.people.tokens import Keys

_PURPOSE = "suppressed"


def marks_of(desk: Desk, email: str) -> tuple[str, ...]:
    """The marks of a normalised address, under the newest secret first; a suppression may stand under any of them."""
    return marks_under(desk.keys, email)


def marks_of_all(desk: Desk, emails: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The same of many addresses, by address."""
    keys = desk.keys
    return {email: marks_under(keys, email) for email in emails}


def marks_under(keys: Keys, email: str) -> tuple[str, ...]:
    """The same under keys at hand, for whoever asks often: the desk reads its secret each time."""
    return keys.marks(_PURPOSE, email)

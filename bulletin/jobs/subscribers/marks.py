"""The marks of an address: keyed hashes, by which a suppression is found when nobody knows the address any more."""

from bulletin.jobs.desk import Desk
from bulletin.people.tokens import Keys

_PURPOSE = "suppressed"


def marks_of(desk: Desk, email: str) -> tuple[str, ...]:
    """The marks of a normalised address, under the newest secret first; a suppression may stand under any of them."""
    return marks_under(desk.keys, email)


def marks_under(keys: Keys, email: str) -> tuple[str, ...]:
    """The same under keys at hand, for whoever asks about many: the desk reads its secret each time."""
    return keys.marks(_PURPOSE, email)

"""The doctor: whether the settings are well, and whether an email that arrived somewhere would arrive everywhere.

server    the mail server: whether it answers, and what it asks of those who send through it
links     the addresses in emails, and what comes back
lists     who gets what, and who may put themselves on a list
"""

from collections.abc import Iterator

from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.doctor import links, lists, server
from bulletin.lint.received import examine
from bulletin.model import Checkup, Remark

__all__ = ["MOST_BYTES", "examined", "settings"]

MOST_BYTES = 5_000_000  # of an email to examine; ours have a tenth of that
_OUTLOOK = bytes.fromhex("d0cf11e0a1b11ae1")  # the first bytes of a .msg (MS-CFB, 2.2)


def settings(desk: Desk, *, connects: bool = True) -> tuple[Remark, ...]:
    """Judge the settings; asks the mail server whether it lets us in, unless told not to, and sends nothing."""
    return tuple(_settings(desk, connects))


def examined(content: bytes, name: str = "the email") -> Checkup:
    """Judge an email that arrived; InputError for what is no email."""
    if len(content) > MOST_BYTES:
        raise InputError(f"{name} is over {MOST_BYTES // 1_000_000} MB, and no bulletin is so big")
    if content.startswith(_OUTLOOK):
        raise InputError(f"{name} is a file of Outlook's own kind (.msg): save it as .eml, or paste its source")
    if not content.strip():
        raise InputError(f"{name} is empty: save the email that arrived, whole and with its source")
    return examine(content)


def _settings(desk: Desk, connects: bool) -> Iterator[Remark]:
    yield from server.remarks(desk.config)
    if connects and desk.config.smtp:
        yield server.answer(desk.config)
    yield from links.remarks(desk.config)
    yield from lists.remarks(desk)

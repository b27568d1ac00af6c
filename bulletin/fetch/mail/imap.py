"""New letters from one folder of the mailbox, by IMAP4rev1 (RFC 3501).

Only EXAMINE and BODY.PEEK are used, so nothing is ever marked as read. What was read is known by UIDVALIDITY and the
last UID (section 2.3.1.1: UIDs only grow, and a new UIDVALIDITY means that all of them are new).
"""

import imaplib
import re
from datetime import datetime, timedelta
from time import monotonic

from bulletin.errors import FetchError
from bulletin.fetch.mail import names
from bulletin.fetch.mail.bounds import LETTER_BYTES, MOST_LETTERS, VISIT_BYTES
from bulletin.fetch.mail.connection import connected
from bulletin.fetch.mail.post import Post, note
from bulletin.model import Errand, Mailbox, Trouble, Validators

TAKING_SECONDS = 15  # after this, what is left waits for the next visit

_RECENT = timedelta(days=60)  # of a mailbox that was never visited
_MOST_NAMES = 20  # folders that a message lists
_STATE = re.compile(r"([0-9]{1,10}):([0-9]{1,10})")
_NUMBER = re.compile(rb"[0-9]{1,10}")
_UID = re.compile(rb"\bUID ([0-9]{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE ([0-9]{1,15})\b")


def letters(errand: Errand, mailbox: Mailbox, allowed: frozenset[str], at: datetime) -> Post:
    """Give the oldest letters that were not given yet; those that find no room are given next time.

    A first visit begins with the letters of the last 60 days: years of them would hide what is new for weeks.
    """
    with connected(mailbox, allowed) as server:
        _log_in(server, mailbox)
        validity = _open(server, errand.feed.search or "INBOX")
        given, last, too_big = _take(server, _last(errand.validators, validity), at)
    return Post(given, Validators(etag=f"{validity}:{last}"), note(too_big))


def _log_in(server: imaplib.IMAP4, mailbox: Mailbox) -> None:
    try:
        if "AUTH=PLAIN" in server.capabilities:
            server.authenticate("PLAIN", lambda _: f"\0{mailbox.user}\0{mailbox.password}".encode())
        else:
            server.login(names.quoted(mailbox.user), mailbox.password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        raise FetchError(
            f"the mail server {mailbox.host} refused the login: look at user and password in BULLETIN_IMAP_URL",
            Trouble.REFUSED,
        ) from error


def _open(server: imaplib.IMAP4, folder: str) -> int:
    """Open a folder for reading only; gives its UIDVALIDITY."""
    status, _ = server.select(names.quoted(folder), readonly=True)
    if status != "OK":
        found = sorted(filter(None, map(names.listed, server.list()[1])))
        there = ", ".join(map(repr, found[:_MOST_NAMES])) or "none"
        raise FetchError(f"no such folder in the mailbox: {folder!r} (there are: {there[:500]})", Trouble.NOT_FOUND)
    _, values = server.response("UIDVALIDITY")
    number = _NUMBER.fullmatch(values[-1] or b"")
    return int(number[0]) if number else 0


def _last(known: Validators, validity: int) -> int:
    state = _STATE.fullmatch(known.etag or "")
    return int(state[2]) if state and int(state[1]) == validity else 0


def _take(server: imaplib.IMAP4, last: int, at: datetime) -> tuple[tuple[bytes, ...], int, int]:
    """Read new letters within the bounds; gives them, the UID of the last one looked at, and how many are too big."""
    uids = _after(server, last, at)
    sizes = _sizes(server, uids)
    taken: list[bytes] = []
    too_big, room, until = 0, VISIT_BYTES, monotonic() + TAKING_SECONDS
    for uid in uids:
        size = sizes.get(uid, 0)
        if taken and (room < size <= LETTER_BYTES or monotonic() > until):
            break
        try:
            letter = _letter(server, uid) if size <= LETTER_BYTES else None
        except FetchError:
            if not taken:
                raise
            break  # the next visit begins with this letter, and tells what is wrong with it
        last = uid
        if letter is None:
            too_big += 1
        elif letter:
            taken.append(letter)
            room -= len(letter)
    return tuple(taken), last, too_big


def _after(server: imaplib.IMAP4, last: int, at: datetime) -> list[int]:
    """UIDs of the oldest letters after one; `n:*` also names the last letter when it is before n (section 6.4.8)."""
    since = [] if last else ["SINCE", imaplib.Time2Internaldate(at - _RECENT)[1:12]]  # its date alone
    lines = _asked(server, "SEARCH", "UID", f"{last + 1}:*", *since)
    uids = {int(uid) for line in lines if isinstance(line, bytes) for uid in re.findall(rb"\b[0-9]{1,10}\b", line)}
    return sorted(uid for uid in uids if uid > last)[:MOST_LETTERS]


def _sizes(server: imaplib.IMAP4, uids: list[int]) -> dict[int, int]:
    if not uids:
        return {}
    lines = _asked(server, "FETCH", ",".join(map(str, uids)), "(RFC822.SIZE)")
    found = [(_UID.search(line), _SIZE.search(line)) for line in lines if isinstance(line, bytes)]
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def _letter(server: imaplib.IMAP4, uid: int) -> bytes | None:
    """One letter; empty when it has gone, None when it is too big although its server said no (some only guess)."""
    parts = _asked(server, "FETCH", str(uid), f"(BODY.PEEK[]<0.{LETTER_BYTES + 1}>)")
    letter = next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")
    return letter if len(letter) <= LETTER_BYTES else None


def _asked(server: imaplib.IMAP4, *command: str) -> list[object]:
    """What came of a command; the words of a refusal are no answer, whatever numbers stand in them."""
    status, lines = server.uid(*command)
    if status != "OK":
        raise FetchError(f"the mail server {server.host} refuses to give letters", Trouble.SERVER)
    return lines

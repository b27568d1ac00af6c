"""Email alerts: letters from a folder of the mailbox, or from a folder of .eml files; read, never changed."""

from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from bulletin.errors import FetchError
from bulletin.fetch.mail import files, imap
from bulletin.fetch.mail.post import Post
from bulletin.model import Errand, Mailbox, Trouble

__all__ = ["Post", "letters"]


def letters(errand: Errand, mailbox: Mailbox | None, allowed: frozenset[str], at: datetime) -> Post:
    """Give new letters, at most 200 and together at most 2 MiB, but always one if there is any.

    Blocks, for half a minute at most. No letters and the same validators mean that there is nothing new. `allowed`
    holds the exact host:port pairs that may be reached although they are private; `at` is the present time. Raises
    FetchError.
    """
    address = _split(errand.feed.url)
    if address.scheme == "file":
        return files.letters(_folder(address))
    if address.scheme != "imaps":
        raise FetchError("a feed of email alerts is at imaps://HOST or at file:///FOLDER", Trouble.NOT_ALLOWED)
    return imap.letters(errand, _named(address, mailbox), allowed, at)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise FetchError("the address is not one that can be visited", Trouble.NOT_ALLOWED) from error


def _folder(address: SplitResult) -> Path:
    path = unquote(address.path)
    has_drive = path[2:3] == ":"  # file:///C:/alerts
    folder = Path(path[1:] if has_drive else path)
    if address.netloc not in ("", "localhost") or folder.drive.startswith("\\\\"):
        raise FetchError("the folder must be on this machine: file:///FOLDER", Trouble.NOT_ALLOWED)
    return folder


def _named(address: SplitResult, mailbox: Mailbox | None) -> Mailbox:
    """The mailbox that the operator has set; a feed may say whose it means, and never chooses another."""
    if mailbox is None:
        raise FetchError("this feed reads a mailbox: set BULLETIN_IMAP_URL", Trouble.NOT_ALLOWED)
    if address.hostname not in (None, mailbox.host.lower()):
        raise FetchError(
            f"this feed reads a mailbox at {address.hostname}, but BULLETIN_IMAP_URL names {mailbox.host}",
            Trouble.NOT_ALLOWED,
        )
    return mailbox

"""Letters that hold a link, to choose a password or to say yes: plain text; who asks for one has no word in it."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from bulletin.model import Library

_WAY = {
    "reset": (
        "Choose a new password",
        "Somebody, most likely you, asked for a new password for the bulletin desk of {library}.",
        "one hour",
        "If it was not you, do nothing: your password stays as it is.",
    ),
    "invitation": (
        "Your place at the bulletin desk",
        "You have been given an account at the bulletin desk of {library}.",
        "three days",
        "If you did not expect this, please tell the library.",
    ),
}


def letter(kind: str, library: Library, recipient: str, link: str, at: float) -> bytes:
    """Write a `reset` or an `invitation` with its link; `at` in seconds since 1970. Bytes as they are sent."""
    subject, opening, good_for, closing = _WAY[kind]
    return written(
        library,
        recipient,
        at,
        subject,
        f"Hello,\n\n{opening.format(library=_name(library))}\n\nTo choose a password, open this page:\n\n{link}\n\n"
        f"The link works once and for {good_for}. {closing}\n",
    )


def confirmation(library: Library, recipient: str, titles: Sequence[str], link: str, at: float) -> bytes:
    """Ask somebody whether they want these bulletins (titles of ours); `at` as in `letter`."""
    wanted = "".join(f"  - {' '.join(title.split())}\n" for title in titles)
    return written(
        library,
        recipient,
        at,
        "Please confirm: bulletins by email",
        f"Hello,\n\nsomebody, most likely you, asked {_name(library)} to send to this address:\n\n{wanted}\n"
        f"If you want that, open this page and press its button:\n\n{link}\n\n"
        "The link works for seven days. If it was not you, do nothing: you will get no bulletin, and no second\n"
        "email like this one today.\n",
    )


def written(library: Library, recipient: str, at: float, subject: str, words: str, mark: str = "") -> bytes:
    """Write a letter of the library as it is sent; `mark` makes its Message-ID, or chance does."""
    domain = library.email.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = library.email
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = formatdate(at)
    message["Message-ID"] = f"<{mark}@{domain}>" if mark else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
    message.set_content(words)
    return message.as_bytes()


def _name(library: Library) -> str:
    return " ".join(library.name.split())

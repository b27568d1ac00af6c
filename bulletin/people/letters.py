"""The letters that let somebody choose a password: plain text, in which nobody who asks for one has a word."""

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
    message = EmailMessage(policy=SMTP)
    message["From"] = library.email
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = formatdate(at)
    message["Message-ID"] = make_msgid(domain=library.email.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
    name = " ".join(library.name.split())
    message.set_content(
        f"Hello,\n\n{opening.format(library=name)}\n\nTo choose a password, open this page:\n\n{link}\n\n"
        f"The link works once and for {good_for}. {closing}\n"
    )
    return message.as_bytes()

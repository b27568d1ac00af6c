"""What a failed conversation with the mail server means, in one line: no password in it, and nobody's address."""

import re
import smtplib
import ssl

from bulletin.model import Smtp

_SEE = "see BULLETIN_SMTP_URL"
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_MOST = 200  # characters of the server's own words


def in_words(error: OSError | UnicodeError, server: Smtp) -> str:
    """The line to show; the server's answer stands in it where there is one, but not its answer to the password."""
    where = f"{server.host}:{server.port}"
    match error:
        case UnicodeError():
            return f"{where} cannot be told a user or password with letters outside ASCII, {_SEE}"
        case smtplib.SMTPAuthenticationError():
            return f"{where} refused the user or the password ({error.smtp_code}), {_SEE}"
        case smtplib.SMTPNotSupportedError():
            return f"{where} offers no encryption or no log-in (STARTTLS, AUTH), so no mail goes through it, {_SEE}"
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return f"the mail server refused the recipient: {_answer(code, words)}"
        case smtplib.SMTPServerDisconnected():
            return f"{where} hung up before it said that it took the mail: try again later"
        case smtplib.SMTPResponseException():
            return f"the mail server refused the mail: {_answer(error.smtp_code, error.smtp_error)}"
        case ssl.SSLError():
            return f"{where} could not be spoken to in private ({_reason(error)}), so no mail went to it, {_SEE}"
        case _:
            return f"{where} cannot be reached ({error.strerror or error}), {_SEE}"


def _reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {error.verify_message}"
    return (error.reason or "TLS failed").replace("_", " ").lower()


def _answer(code: int, words: bytes | str) -> str:
    """What the server said, as one short printable line."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    plain = "".join(letter if letter.isprintable() else " " for letter in _ADDRESS.sub("(an address)", said))
    return f"{code} {' '.join(plain.split())[:_MOST]}".rstrip()

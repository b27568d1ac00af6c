"""What a failed conversation with the mail server means, in one line: no password in it, and nobody's address."""

import re
import smtplib
import ssl

from bulletin.model import Smtp

_SEE = "see BULLETIN_SMTP_URL"
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_MOST = 200  # characters of the server's own words


class ExposedError(OSError):
    """The server is not this machine, and mail would go there in the clear."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not this machine: mail leaves it encrypted only, {_SEE}")


class AsciiOnlyError(OSError):
    """The mail has letters outside ASCII, and the server takes none."""

    def __init__(self) -> None:
        super().__init__("the mail was not sent, because the mail server takes ASCII only")


def in_words(error: OSError | UnicodeError, server: Smtp, *, is_open: bool = False) -> str:
    """The line to show; the server's answer stands in it where there is one, but not its answer to the password.

    `is_open` says that the server had been reached, and a message was being spoken of.
    """
    where = f"{server.host}:{server.port}"
    match error:
        case UnicodeError():
            return f"{where} cannot be told a user or password with letters outside ASCII, {_SEE}"
        case ExposedError() | AsciiOnlyError():
            return str(error)
        case smtplib.SMTPAuthenticationError():
            return f"{where} refused the user or the password ({error.smtp_code}), {_SEE}"
        case smtplib.SMTPNotSupportedError():
            return f"{where} offers no encryption or no log-in (STARTTLS, AUTH), so no mail goes through it, {_SEE}"
        case smtplib.SMTPServerDisconnected():
            return f"{where} hung up before it said that it took the mail: try again later"
        case smtplib.SMTPResponseException():
            return refusal(error.smtp_code, error.smtp_error)
        case ssl.SSLError() if not is_open:
            return f"{where} could not be spoken to in private ({_reason(error)}), so no mail went to it, {_SEE}"
        case _:
            fault = "stopped in the middle of a mail" if is_open else "cannot be reached"
            return f"{where} {fault} ({_plain(error.strerror or str(error))}), {_SEE}"


def refusal(code: int, said: bytes | str, is_recipient: bool = False) -> str:
    """The line for what a server said against a mail, or against who it is for."""
    return f"the mail server refused the {'recipient' if is_recipient else 'mail'}: {_answer(code, said)}"


def in_doubt(server: Smtp) -> str:
    """The line for a mail of which nobody knows whether the server took it."""
    return f"{server.host}:{server.port} had the whole mail and did not say that it took it: it may have gone or not"


def _reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {error.verify_message}"
    return (error.reason or "TLS failed").replace("_", " ").lower()


def _answer(code: int, words: bytes | str) -> str:
    """What the server said, as one short printable line."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {_plain(_ADDRESS.sub('(an address)', said))[:_MOST]}".rstrip()


def _plain(said: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())

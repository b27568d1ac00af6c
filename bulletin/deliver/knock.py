"""Knocking at the mail server's door: as far as log-in, and not one mail."""

from contextlib import suppress

from bulletin.deliver.opening import reached
from bulletin.deliver.words import in_words
from bulletin.errors import SendError
from bulletin.model import Smtp


def knock(told: Smtp, domain: str) -> int:
    """Connect, encrypt and log in as a delivery does; gives the bytes of the largest mail it takes, 0 if untold.

    `domain` is what we call ourselves. Raises SendError with what is wrong and which setting to look at.
    """
    try:
        server = reached(told, domain)
    except (OSError, UnicodeError) as error:  # smtplib's own errors are OSErrors; it knows ASCII passwords only
        raise SendError(in_words(error, told)) from error
    size = server.esmtp_features.get("size", "")
    with suppress(OSError):  # it answered all that was asked
        server.quit()
    server.close()
    return int(size) if size.isascii() and size.isdecimal() else 0

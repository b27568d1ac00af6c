"""The second step at log-in: a code from the person's telephone (TOTP, RFC 6238). The door to pyotp and segno."""

import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

import pyotp
import segno

_STEP = 30  # seconds that a code is good for
_DRIFT = 1  # steps by which a telephone's clock may be wrong


def new_secret() -> str:
    """What the telephone and we share: 160 bits in base 32."""
    return pyotp.random_base32()


def address(secret: str, email: str, library: str) -> str:
    """The otpauth address that sets up an authenticator app, which shows the names of library and person."""
    maker = " ".join(library.replace(":", " ").split()) or "bulletin"  # a colon ends the name
    query = urlencode({"secret": secret, "issuer": maker}, quote_via=quote)
    return f"otpauth://totp/{quote(maker)}:{quote(email)}?{query}"


def picture(text: str) -> str:
    """A QR code as the address of an image, which stands within the page: data:image/svg+xml."""
    return segno.make(text, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def step_of(secret: str, code: str, at: datetime, last: int) -> int | None:
    """The number of the step whose code this is; None when it is wrong, or not newer than the `last` one used."""
    typed = "".join(code.split()).encode("utf-8", "replace")
    now = int(at.timestamp()) // _STEP
    totp = pyotp.TOTP(secret, interval=_STEP)
    found = None
    for step in range(now - _DRIFT, now + _DRIFT + 1):  # all of them, so that the time tells nothing
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed) and step > last:
            found = step
    return found

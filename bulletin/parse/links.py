"""Addresses from outside, made safe to print: http or https, absolute, and what a browser would make of them.

Browsers read an address by the WHATWG URL standard, which forgives much that Python's urllib takes literally; a check
that reads it otherwise than the browser is no check.
"""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from bulletin.identity import clean_url

_MOST = 2_000  # characters
_EDGES = "".join(map(chr, range(33))) + "\x7f\xa0\u200b\ufeff"
_DROPPED = re.compile(r"[\t\r\n]")
_FEED_SCHEME = re.compile(r"^feed:(?://(?=https?://))?", re.IGNORECASE)
_BEFORE_QUERY = re.compile(r"^[^?#]*")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]")
_KEPT = "/:@!$&'()*+,;=-._~%"


def web_address(text: str, base: str = "") -> str:
    """The absolute http(s) address that `text` means on a page at `base`; empty when it means none.

    An address with a user name in it is refused: it is written to be misread. Tracking parameters are gone.
    """
    return clean_url(whole_address(text, base))


def whole_address(text: str, base: str = "") -> str:
    """The same with every parameter: to a feed's own address, feed=rss may be what makes it one."""
    text = _DROPPED.sub("", text.strip(_EDGES))
    if not text or len(text) > _MOST:
        return ""
    text = _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), _FEED_SCHEME.sub("", text))
    try:
        parts = urlsplit(urljoin(base, text))
        place = _place(parts)
    except ValueError:  # a port that is no number, a bracket that never closes
        return ""
    if not place:
        return ""
    whole = parts._replace(
        netloc=place,
        path=quote(parts.path, safe=_KEPT + "[]"),
        query=quote(parts.query, safe=_KEPT + "?[]|"),
        fragment=quote(parts.fragment, safe=_KEPT + "?"),
    )
    address = urlunsplit(whole)
    return address if len(address) <= _MOST else ""


def _place(parts: SplitResult) -> str:
    """Host and port as a browser shows them, empty for what must not be printed."""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not parts.hostname:
        return ""
    bracketed = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    host = ".".join(map(_ascii_label, unicodedata.normalize("NFKC", bracketed).replace("\u3002", ".").split(".")))
    if not _HOST.fullmatch(host):
        return ""
    return host if parts.port is None else f"{host}:{parts.port}"


def _ascii_label(label: str) -> str:
    """One label of a host name in Punycode, so that a Cyrillic letter cannot pass for a Latin one."""
    return label if label.isascii() else "xn--" + label.lower().encode("punycode").decode("ascii")

"""Bytes into text as mail programs and browsers do it, whatever they call their charset."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_FIRST = 2_048  # bytes in which a document must name its charset; browsers look at 1,024
# Everybody writes the quotes and dashes of Windows and calls that Latin-1 (Encoding Standard, 4.2).
_WINDOWS = frozenset(
    {"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "windows-1252"}
)
# Python knows these as charsets; no mail program does, and some are slow, or run on for ever.
_NONE = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})


def decode(content: bytes, charset: str) -> str:
    """The text of bytes in this charset, or in UTF-8 when there is no such; what is no letter there is U+FFFD."""
    named = charset.strip().lower()
    if named in _WINDOWS:
        return content.decode("cp1252", errors="replace")
    try:
        codec = codecs.lookup(named)
        if codec.name.replace("-", "_") in _NONE:
            return content.decode("utf-8", errors="replace")
        return content.decode(codec.name, errors="replace")
    except (LookupError, ValueError):  # no charset, or one that makes no text: base64, rot13
        return content.decode("utf-8", errors="replace")


def guess(content: bytes) -> str:
    """The text of bytes of which nobody says the charset: byte order mark, meta element, UTF-8, Windows-1252."""
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return content.decode(charset, errors="replace")
    named = _META.search(content[:_FIRST])
    if named:
        charset = named[1].decode("ascii", errors="replace")
        # A document that can be read to here is not in UTF-16, whatever it says (HTML, 13.2.3.2).
        return decode(content, "utf-8" if charset.lower().startswith("utf-16") else charset)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")

"""Rule 59: the bytes of a message, its lines, headers and parts, as RFC 5322 and 2045 to 2047 want them."""

import re
from collections.abc import Iterator
from email import message_from_bytes

from bulletin.lint.letter import Letter, Part
from bulletin.lint.letter.fields import fields
from bulletin.lint.message import headers
from bulletin.lint.rules import ERROR, WARNING, Fault, rule

LINE = 998  # octets without CRLF: RFC 5322, 2.1.1

_BROKEN = {
    "StartBoundaryNotFoundDefect": "the boundary that Content-Type names stands nowhere",
    "NoBoundaryInMultipartDefect": "Content-Type names no boundary",
    "CloseBoundaryNotFoundDefect": "the last boundary is missing, so the message looks cut off",
    "MultipartInvariantViolationDefect": "Content-Type says multipart and there are no parts",
    "InvalidMultipartContentTransferEncodingDefect": "a multipart is encoded as a whole",
    "InvalidBase64CharactersDefect": "a part in base64 holds letters that are none of base64",
    "InvalidBase64PaddingDefect": "a part in base64 is cut off",
    "InvalidBase64LengthDefect": "a part in base64 is cut off",
}


@rule(
    59,
    "mime",
    ERROR,
    "7-bit bytes in short lines; each header once, folded and encoded as mail wants; parts that can be read",
    needs_message=True,
)
def mime(letter: Letter) -> Iterator[Fault]:
    """Look at the bytes as they would be sent (bars E1, E2, E3, E6)."""
    is_ours = letter.known is not None
    there = fields(letter.raw)
    yield from _bytes(letter.raw)
    yield from _ends(letter.raw, is_ours)
    yield from headers.names(there, is_ours)
    yield from headers.strays(letter.raw)
    for one in there:
        yield from headers.folds(one, is_ours)
        yield from headers.words(one)
        yield from headers.values(one)
    yield from _structure(letter.raw)
    for part in letter.parts:
        if part.type.startswith("text/"):
            yield from _part(part, is_ours)


def _bytes(raw: bytes) -> Iterator[Fault]:
    high = re.search(rb"[^\x00-\x7f]", raw)
    if high:
        yield "a byte above 127: send 7-bit bytes, in quoted-printable or base64", _at(raw, high.start())
    if b"\0" in raw:
        yield "a byte that is zero: mail servers refuse it or cut the message there", _at(raw, raw.index(b"\0"))
    longest = max(re.split(rb"\r\n|\r|\n", raw), key=len)
    if len(longest) > LINE:
        yield f"a line of {len(longest)} octets: {LINE} are allowed", longest[:100].decode("ascii", "replace")


def _ends(raw: bytes, is_ours: bool) -> Iterator[Fault]:
    """Bare CR and LF. A file in which every line ends in LF was saved so by a program: it is told as a warning."""
    returns = re.search(rb"\r(?!\n)", raw)
    if returns:
        yield "a line ends in CR alone: lines of a message end in CRLF", _at(raw, returns.start())
    feeds = re.search(rb"(?<!\r)\n", raw)
    if feeds and (is_ours or b"\r\n" in raw):
        yield "a line ends in LF alone: lines of a message end in CRLF", _at(raw, feeds.start())
    elif feeds:
        yield "all lines end in LF alone, as files do: when it is sent they must end in CRLF", "", WARNING


def _at(raw: bytes, place: int) -> str:
    return raw[max(0, place - 40) : place + 20].decode("ascii", "replace")


def _structure(raw: bytes) -> Iterator[Fault]:
    """The parts: that they can be told apart."""
    try:
        parts = list(message_from_bytes(raw).walk())
    except RecursionError:
        yield "parts stand in parts without end", ""
        return
    for part in parts:
        part.get_payload(decode=True)  # only then is base64 looked at
        for name in sorted({type(defect).__name__ for defect in part.defects} & set(_BROKEN)):
            yield _BROKEN[name], part.get_content_type()


def _part(part: Part, is_ours: bool) -> Iterator[Fault]:
    charset = part.charset or "us-ascii"
    try:
        part.content.decode(charset)
    except (LookupError, ValueError):
        yield f"the {part.type} part is not in {charset}, as it says", part.type
    if is_ours and charset != "utf-8":
        yield f"the {part.type} part says {charset}: ours are in utf-8", part.type
    if is_ours and part.encoding not in ("quoted-printable", "base64"):
        yield f"the {part.type} part is sent as {part.encoding}: ours are quoted-printable or base64", part.type


RULES = (mime,)

"""What is wrong with the headers of a message: their number, folds, encoded words and what hides in them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.header import decode_header
from email.utils import parsedate_to_datetime

from bulletin.lint.letter.fields import Field, decoded, halves
from bulletin.lint.rules import ERROR, WARNING, Fault

FOLDED, WORD, WORD_LINE = 78, 75, 76  # letters in a line: RFC 5322, 2.1.1; RFC 2047, 2

_ONCE = ("From", "Subject", "Date", "Message-ID", "MIME-Version")
_AT_MOST_ONCE = frozenset(
    ("to", "cc", "bcc", "reply-to", "sender", "in-reply-to", "references", "content-type", "content-language",
     "content-transfer-encoding", "auto-submitted", "precedence", "list-id", "list-help", "list-owner",
     "list-archive", "list-post", "list-subscribe")
)  # fmt: skip
# What our own renderer writes, and To, which is added when an email is addressed to somebody.
_OURS = frozenset(
    ("from", "to", "reply-to", "subject", "date", "message-id", "list-id", "list-help", "list-owner",
     "list-archive", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "precedence", "mime-version",
     "content-language", "content-type", "x-unsent")
)  # fmt: skip
_STRAY = re.compile(
    rb"(from|to|cc|bcc|sender|reply-to|subject|date|message-id|mime-version|auto-submitted|precedence|x-[\w-]+"
    rb"|list-[\w-]+|content-[\w-]+):",
    re.IGNORECASE,
)
_OF_A_MESSAGE = re.compile(rb"(bcc|mime-version|content-type|list-unsubscribe[\w-]*|message-id):", re.IGNORECASE)
_ENCODED = re.compile(r"=\?([^?\s]*)\?([^?\s]*)\?([^?\r\n]*)\?=")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,500}"')


def names(there: Iterable[Field], is_ours: bool) -> Iterator[Fault]:
    """Which headers there are, and how often (bar E1)."""
    times = Counter(one.label.lower() for one in there if one.name)
    for name in _ONCE:
        if times[name.lower()] != 1:
            said = "is missing" if not times[name.lower()] else f"stands {times[name.lower()]} times"
            yield f"{name} {said}: it must stand exactly once", name
    for name in sorted(_AT_MOST_ONCE & set(times)):
        if times[name] > 1:
            yield f"{name} stands {times[name]} times: it must stand once at most", name
    yield from _unexpected(times, is_ours)
    for one in there:
        if not one.name:
            yield "a line among the headers is no header", one.lines[0].decode("ascii", "replace")


def _unexpected(times: Counter[str], is_ours: bool) -> Iterator[Fault]:
    if is_ours:
        for name in sorted(set(times) - _OURS):
            yield f"{name} is no header of ours: something in the message was taken for one", name
    elif times["bcc"]:  # in a draft that is not sent yet, somebody may have written it
        grave = WARNING if times["x-unsent"] else ERROR
        yield (
            "Bcc stands in the message: everybody would see it, and it may be what a title smuggled in",
            "Bcc",
            grave,
        )


def strays(raw: bytes) -> Iterator[Fault]:
    """Headers that an empty line has cut off from the others, as CVE-2024-6923 does."""
    head, body = halves(raw)
    if re.search(rb"^content-type:\s*message/", head, re.IGNORECASE | re.MULTILINE):
        return  # a message in a message, which begins with headers of its own
    is_multipart = re.search(rb"^content-type:\s*multipart/", head, re.IGNORECASE | re.MULTILINE)
    start = re.split(rb"(?:^|\n)--", body, maxsplit=1)[0] if is_multipart else body.lstrip(b"\n").split(b"\n", 1)[0]
    for line in start.split(b"\n")[:50]:
        if (_STRAY if is_multipart else _OF_A_MESSAGE).match(line):
            yield "a header stands in the body: the headers end too early", line.decode("ascii", "replace")
            return


def folds(one: Field, is_ours: bool) -> Iterator[Fault]:
    """Lines that are too long where a fold is possible, and folds that end the headers for some (bar E2)."""
    if len(one.lines) > 1 and any(not line.strip() for line in one.lines[1:]):
        yield f"{one.label} has a line with nothing in it, where some programs see the end of the headers", one.label
    if (one.is_trace and not is_ours) or one.label.lower() == "list-unsubscribe":
        return  # which is never folded: some programs that look for its addresses read its first line alone
    for line in one.lines:
        content = line.partition(b":")[2] if line is one.lines[0] and one.name else line
        if len(line) > FOLDED and re.search(rb"\S[ \t]+\S", content) and b"=?" not in content:
            grave = ERROR if is_ours else WARNING  # RFC 5322 says should
            yield (
                f"{one.label} has a line of {len(line)} octets: fold it at {FOLDED}",
                line.decode("ascii", "replace"),
                grave,
            )


def words(one: Field) -> Iterator[Fault]:
    """Encoded words, as RFC 2047 wants them (bar E3)."""
    if one.is_trace:
        return
    for raw in one.lines:
        line = raw.decode("ascii", "replace")
        found = list(_ENCODED.finditer(line))
        if found and len(line) > WORD_LINE:
            yield f"{one.label}: a line with an encoded word has {len(line)} letters: {WORD_LINE} are allowed", line
        for match in found:
            yield from ((f"{one.label}: {fault}", match[0]) for fault in _word(match))
    if any(_ENCODED.search(quoted) for quoted in _QUOTED.findall(one.value)) and one.label.lower() != "subject":
        yield f"{one.label}: an encoded word in quotation marks is shown as it stands", one.value
    if "=?" in _ENCODED.sub("", one.value) and re.search(r"=\?[\w-]+\?[BbQq]\?", _ENCODED.sub("", one.value)):
        yield f"{one.label}: an encoded word does not end", one.value


def _word(match: re.Match[str]) -> Iterator[str]:
    charset, kind, content = match.groups()
    before, after = match.string[: match.start()], match.string[match.end() :]
    if len(match[0]) > WORD:
        yield f"an encoded word of {len(match[0])} letters: {WORD} are allowed"
    if (before and before[-1] not in " \t(") or (after and after[0] not in " \t),;>"):
        yield "an encoded word touches what stands beside it: a space is missing"
    if " " in content or "\t" in content:
        yield "an encoded word holds a space"
    elif kind.lower() not in ("b", "q"):
        yield "an encoded word says neither B nor Q"
    elif not _is_whole(match[0], charset.partition("*")[0]):
        yield "an encoded word cannot be read by itself: it cuts a letter in two, or its charset is wrong"


def _is_whole(word: str, charset: str) -> bool:
    """Whether an encoded word is whole letters (RFC 2047, 5)."""
    try:
        [(content, _)] = decode_header(word)
        return isinstance(content, bytes) and (content.decode(charset) != "" or word.endswith("??="))
    except (ValueError, LookupError, MessageError):
        return False


def values(one: Field) -> Iterator[Fault]:
    """What a header says when it is decoded."""
    told = decoded(one.value)
    hidden = _CONTROLS.search(told)
    if hidden and not one.is_trace:
        yield f"{one.label} hides a line break or another control character", told
    if one.label.lower() == "date":
        try:
            parsedate_to_datetime(one.value)
        except ValueError:
            yield "Date cannot be read", one.value

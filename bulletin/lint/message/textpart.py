"""Rule 58: the plain text of an email has everything that its HTML has."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from urllib.parse import unquote, urlsplit

from bulletin.lint.letter import Letter
from bulletin.lint.letter.passages import loose, squeeze
from bulletin.lint.letter.reading import is_unseen
from bulletin.lint.rules import ERROR, Fault, rule

LINE = 78  # letters in a line of text, but for addresses: bar E7

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_ADDRESS = re.compile(r"://|@|www\.")
_AFTER = ".,;:!?)]}'’”>*|"  # what may stand behind an address and is not part of it


@rule(
    58,
    "plain-text",
    ERROR,
    "a plain text comes first, with every title and link of the HTML, in lines of at most 78 letters",
    needs_message=True,
)
def text_part(letter: Letter) -> Iterator[Fault]:
    """Compare the parts: of our own editions the items, of any other email its headings and links (bars E6, E7)."""
    if not letter.text.strip():
        yield "there is no plain text, or nothing in it: some read nothing else", ""
        return
    if letter.html:
        yield from _order(letter.raw)
        yield from _missing(letter)
    yield from _long(letter.text)


def _order(raw: bytes) -> Iterator[Fault]:
    try:
        message = message_from_bytes(raw)
        alternatives = [part for part in message.walk() if part.get_content_type() == "multipart/alternative"]
    except RecursionError:
        return
    kinds = [[kind for one in part.get_payload() for kind in _kinds(one)] for part in alternatives]
    held = next((one for one in kinds if "text/html" in one), None)
    if held is None:
        yield "text and HTML are no alternatives: put both in one multipart/alternative", message.get_content_type()
    elif held[0] != "text/plain":
        yield "plain text must come first in multipart/alternative: programs show the last they can", ", ".join(held)


def _kinds(part: object) -> Iterator[str]:
    """The types of text in a part of an alternative: HTML may stand in a multipart/related with its images."""
    if isinstance(part, Message):
        yield from (one.get_content_type() for one in part.walk() if not one.is_multipart())


def _missing(letter: Letter) -> Iterator[Fault]:
    words, links = loose(letter.text), {_bare(link) for link in _URL.findall(letter.text)}
    run_on = _run_on(letter.text)
    for title in _titles(letter):
        if title and loose(title) not in words and re.sub(r"\W", "", loose(title)) not in run_on:
            yield "a title of the HTML is not in the plain text", title
    for link in _links(letter):
        if _bare(link) not in links:
            yield "a link of the HTML is not in the plain text", link


def _run_on(text: str) -> str:
    """The text without anything but letters and figures, for titles that are broken at odd places."""
    return re.sub(r"\W", "", loose(text))


def _titles(letter: Letter) -> Iterator[str]:
    if letter.known:
        yield from (item.title for item in letter.known.items)
        return
    for node in letter.tree.all("h2", "h3"):
        if not is_unseen(letter.light, node):
            yield node.text


def _links(letter: Letter) -> Iterator[str]:
    if letter.known:
        yield from (item.url for item in letter.known.items if item.url)
        return
    for node in letter.tree.all("a"):
        link = node.get("href").strip()
        if link.lower().startswith(("http://", "https://")) and not is_unseen(letter.light, node):
            yield link


def _bare(link: str) -> str:
    """An address as it is compared: what stands behind it is gone, and how its letters are escaped is no matter."""
    link = link.strip().rstrip(_AFTER)
    try:
        parts = urlsplit(link)
        whole = f"{parts.netloc.lower()}{unquote(parts.path).rstrip('/')}?{unquote(parts.query)}#{parts.fragment}"
    except ValueError:  # a bracket that never closes
        return link
    return whole.rstrip(_AFTER + "?#/")


def _long(text: str) -> Iterator[Fault]:
    """Lines that are too long, told at once: who does not wrap one line wraps none."""
    long = [
        line for line in text.splitlines() if len(line) > LINE and _words_in(line) > LINE and " " in squeeze(line)
    ]
    if long:
        yield f"{len(long)} of its lines are longer than {LINE} letters: wrap them", long[0]


def _words_in(line: str) -> int:
    """How long a line is without the addresses in it."""
    return len(" ".join(word for word in line.split(" ") if not _ADDRESS.search(word)).strip())


RULES = (text_part,)

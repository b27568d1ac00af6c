"""The text of an email as lines with their links, whether it came as HTML or as plain text.

HTML is read tag by tag, without a tree: a mailbox may bring two hundred newsletters at once, and what matters here is
only what stands before and after what.
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from bulletin.parse.nesting import nested
from bulletin.parse.tags import Start, tags
from bulletin.parse.text import plain

_LONGEST = 2_000  # characters of a line
_BOLD_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:\s*bold", re.IGNORECASE)
_HEADING_CLASS = re.compile(r"(?<![a-z])(?:title|headline|heading)(?![a-z])", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN = frozenset({"head", "title", "textarea", "select", "button"})
_INLINE = frozenset(
    {"abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "mark", "q", "s", "small", "span", "strong", "sub"}
    | {"sup", "time", "tt", "u", "wbr"}
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?)]}>'*"
_AROUND = " \t<>()[]*•·–—-:|#"
_BEFORE_A_TITLE = (".", ":", "!", "?", "|", "-", "–", "—", "•", "·", "*", ")", "]", "»", ">")
_SENTENCE_END = (".", "!", ",", ";", ":")
_TITLE_WORDS = range(3, 31)
_WRAPPED = 160  # characters: a title on several lines is no longer


class Line(NamedTuple):
    """What a reader sees on one line; a link's words are a line, or lines, of their own."""

    words: str
    is_heading: bool = False
    address: str = ""  # as it stands there, where the line is a link
    link: int = 0  # which link of the email, counted from 1
    is_inside: bool = False  # a link in the middle of a sentence


class _Element(NamedTuple):
    """An open element, with what it has from those around it."""

    is_bold: bool = False
    is_hidden: bool = False
    address: str = ""
    link: int = 0


def of_html(html: str) -> Iterator[Line]:
    """Yield the lines of an HTML part. Raise ParseError when it has more elements than any page needs."""
    opened, numbers = [_Element()], count(1)
    words: list[tuple[str, bool]] = []
    before = ""  # on the same line of the page
    for step in nested(tags(html)):
        if isinstance(step, str):
            words += [] if opened[-1].is_hidden else [(step, opened[-1].is_bold)]
            continue
        if step.name not in _INLINE:
            for line in _line(words, opened[-1], before):
                yield line
                before = line.words
            words = []
            before = before if step.name == "a" else ""
        if isinstance(step, Start):
            opened.append(_inside(opened[-1], step, numbers))
        else:
            opened.pop()
    yield from _line(words, opened[-1], before)


def of_text(text: str) -> Iterator[Line]:
    """Yield the lines of a plain text; what looks like a title counts as a heading, and an address as a link."""
    numbers = count(1)
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        waiting: list[str] = []
        begins = True
        for line in paragraph.split("\n"):
            addresses = _ADDRESS.findall(line)
            words = plain(_ADDRESS.sub(" ", line).strip(_AROUND), _LONGEST)
            if not addresses:
                waiting += [words] if any(map(str.isalnum, words)) else []
                continue
            yield from _paragraph(waiting, begins=begins)
            waiting, begins = [], False
            for address in addresses:
                yield Line(words, address=address.rstrip(_AFTER_ADDRESS), link=next(numbers))
        yield from _paragraph(waiting, begins=begins)


def could_be_title(words: str) -> bool:
    """Whether words alone on a line look like a title: neither few nor many, and no sentence."""
    return len(words.split()) in _TITLE_WORDS and not words.endswith(_SENTENCE_END)


def _line(words: list[tuple[str, bool]], around: _Element, before: str) -> Iterator[Line]:
    whole = plain("".join(text for text, _ in words), _LONGEST)
    if whole:
        is_heading = all(is_bold for text, is_bold in words if text.strip())
        is_inside = around.link > 0 and before != "" and not before.endswith(_BEFORE_A_TITLE)
        yield Line(whole, is_heading, around.address, around.link, is_inside)


def _inside(around: _Element, tag: Start, numbers: Iterator[int]) -> _Element:
    style, called = tag.attributes.get("style", ""), tag.attributes.get("class", "")
    is_bold = tag.name in _BOLD_TAGS or bool(_BOLD_STYLE.search(style) or _HEADING_CLASS.search(called))
    is_hidden = tag.name in _UNSEEN or "hidden" in tag.attributes or bool(_HIDDEN_STYLE.search(style))
    is_link = tag.name == "a" and "href" in tag.attributes
    return _Element(
        around.is_bold or is_bold,
        around.is_hidden or is_hidden,
        tag.attributes["href"] if is_link else around.address,
        next(numbers) if is_link else around.link,
    )


def _paragraph(lines: list[str], *, begins: bool) -> Iterator[Line]:
    """Lines that stand together; the first of a paragraph may be a title, which may go on in small letters."""
    while begins and len(lines) > 1 and lines[1][0].islower() and len(lines[0]) + len(lines[1]) <= _WRAPPED:
        lines = [f"{lines[0]} {lines[1]}", *lines[2:]]
    for number, words in enumerate(lines):
        yield Line(words, is_heading=begins and number == 0 and could_be_title(words))

"""The one door of BeautifulSoup: a web page as a tree that CSS selectors can be asked of.

Its own builders (html.parser, lxml) are left aside for our reading of tags, which is linear in the page (`tags` says
why) and needs no door of lxml's.
"""

import warnings
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from bulletin.errors import ParseError
from bulletin.parse.nesting import nested
from bulletin.parse.tags import Start, tags
from bulletin.parse.text import plain

__all__ = ["LONGEST", "Tag", "attribute", "check_selector", "first", "select", "soup", "words"]

LONGEST = 5 * 1024 * 1024  # characters of a page that are read
_LONGEST_SELECTOR = 500  # characters
_WORDS = 5_000  # characters of an element's text that are looked at
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "label", "mark", "q", "small", "span", "strong"}
    | {"sub", "sup", "time", "u", "wbr", "ins", "del", "var"}
)
_HIDING = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "govuk-visually-hidden"}
    | {"nhsuk-u-visually-hidden", "element-invisible", "show-for-sr"}
)


def soup(page: str) -> Tag:
    """The tree of a page, of which the first 5,242,880 characters are read; scripts, drawings and comments are gone.

    Raise ParseError when it has more elements than any page needs.
    """
    tree = BeautifulSoup("", "html.parser")
    for step in nested(tags(page[:LONGEST])):
        if isinstance(step, str):
            tree.handle_data(step)
        elif isinstance(step, Start):
            tree.handle_starttag(step.name, None, None, dict(step.attributes))
        else:
            tree.handle_endtag(step.name)
    tree.endData()
    return tree


def select(root: Tag, selector: str, most: int = 0) -> list[Tag]:
    """What a CSS selector finds inside an element, in page order; at most `most`, and 0 means all.

    Raise ParseError when the selector is no CSS.
    """
    complaint = check_selector(selector)
    if complaint:
        raise ParseError(complaint)
    return list(root.select(selector, limit=most))


def first(parts: Sequence[Tag], selector: str) -> Tag | None:
    """The first thing that a selector finds inside the first part, or else in what follows it, or None."""
    head, *rest = parts
    found = head.select_one(selector)
    for part in rest:
        found = found or (part if part.css.match(selector) else part.select_one(selector))
    return found


def check_selector(text: str) -> str:
    """What is wrong with a CSS selector, in plain words; empty when nothing is."""
    if len(text) > _LONGEST_SELECTOR:
        return f"a selector of {len(text):,} characters is too long: {_LONGEST_SELECTOR} are enough"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # soupsieve warns of what it will not understand for ever
            BeautifulSoup("", "html.parser").select(text)
    except SelectorSyntaxError as error:
        return f"{text!r} is no CSS selector: {plain(str(error).partition(chr(10))[0], _LONGEST_SELECTOR)}"
    except FutureWarning as warning:
        return f"{text!r} is no lasting CSS selector: {plain(str(warning), _LONGEST_SELECTOR)}"
    return ""


def words(element: Tag, *, apart: bool = False) -> str:
    """What a reader sees of an element's text, on one line of at most 5,000 characters.

    With `apart`, there is a space between any two elements, and not only where a browser would begin a line.
    """
    parts = []
    room = _WORDS
    for part in _texts(element, apart=apart):
        parts.append(part)
        room -= len(part)
        if room < 0:
            break
    return plain("".join(parts), _WORDS)


def attribute(element: Tag, name: str) -> str:
    """The value of an attribute, empty when it is not there; the parts of one such as class, with spaces between."""
    value = element.get(name) or ""
    return value if isinstance(value, str) else " ".join(value)


def _texts(element: Tag, *, apart: bool) -> Iterator[str]:
    waiting: list[object] = [element]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, Tag) and not _is_hidden(part):
            space = " " if apart or part.name not in _INLINE else ""
            yield space
            waiting.append(space)
            waiting.extend(reversed(part.contents))


def _is_hidden(element: Tag) -> bool:
    return element.has_attr("hidden") or not _HIDING.isdisjoint(attribute(element, "class").split())

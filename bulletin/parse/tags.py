"""HTML as a run of tags and texts, read as browsers read it and in one pass, however broken it is.

Python's own html.parser is not used: what it does with a comment or tag that never ends takes time that grows with
the square of the page (CVE-2025-6069), and what it makes of "&copy=1" in an address differs between its releases.
Here a tag or comment that never ends reaches to the end of the page (WHATWG HTML, section 13.2.5), so that no
character is looked at often.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from bulletin.errors import ParseError

_MOST_TAGS = 100_000  # of a page; large real ones have 40,000, and a tree costs 20 µs and 1 kB a tag
_MOST_ATTRIBUTES = 60  # of a tag
_LONGEST = 20_000  # characters of an attribute's value: an abstract in a <meta>

_VALUE = r"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)"
_ATTRIBUTES = rf"(?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:{_VALUE})?+)?+|=)*+"
# What is in them is no page: code, drawings, other pages.
_SKIPPED = "script|style|svg|iframe|object|noembed|noframes|xmp|template"
_TOKEN = re.compile(
    r"(?P<text>(?:[^<]++|<(?![a-z/!?]))++)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<svg(?=[\s/>]){_ATTRIBUTES}(?<=/)>"
    rf"|<(?P<skipped>{_SKIPPED})(?=[\s/>]){_ATTRIBUTES}(?:>.*?(?:</(?P=skipped)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)|\Z)"
    rf"|<(?P<wordy>title|textarea)(?=[\s/>]){_ATTRIBUTES}>(?P<words>.*?)"
    r"(?:</(?P=wordy)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"?+|'([^']*+)'?+|([^\s>\"'][^\s>]*+))?+)?+",
)
_TAG_NAME = re.compile(r"[a-z][a-z0-9:_-]{0,40}")
_ATTRIBUTE_NAME = re.compile(r"[a-z_][a-z0-9._:-]{0,60}")
# In an address, "&copy=1" is a parameter: only what ends with a semicolon is a character. And a number that no
# character has can be too long for Python to read.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)


class Start(NamedTuple):
    """A start tag: its name and attributes, in lower case; of an attribute that stands twice, the first."""

    name: str
    attributes: dict[str, str]


class End(NamedTuple):
    """An end tag."""

    name: str


def tags(page: str) -> Iterator[Start | End | str]:
    """Yield the tags of a page and the texts between them, entities decoded; comments, scripts and drawings are gone.

    Raise ParseError when there are more tags than any page needs.
    """
    count = 0
    for found in _TOKEN.finditer(page):
        if found["name"]:
            count += 1
            if count > _MOST_TAGS:
                raise ParseError("the page has more elements than any page needs, as attacks do: it was not read")
            yield from _tag(found)
        elif found["wordy"]:
            yield from (Start(found["wordy"].lower(), {}), _decoded(found["words"]), End(found["wordy"].lower()))
        elif found["text"]:
            yield _decoded(found[0])


def _tag(found: re.Match[str]) -> Iterator[Start | End]:
    name = found["name"].lower()
    if _TAG_NAME.fullmatch(name):
        yield End(name) if found["end"] else Start(name, _attributes(found["attributes"]))


def _attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        name = found[1].lower()
        if name not in attributes and _ATTRIBUTE_NAME.fullmatch(name):
            value = (found[2] or found[3] or found[4] or "")[:_LONGEST]
            attributes[name] = _REFERENCE.sub(lambda found: html.unescape(found[0]), value)
        if len(attributes) == _MOST_ATTRIBUTES:
            break
    return attributes


def _decoded(text: str) -> str:
    return html.unescape(_ENDLESS_NUMBER.sub("", text)) if "&" in text else text

"""Strict XML element by element, so that what came before a break is kept and nothing grows before it is seen."""

import re
from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element, XMLPullParser

from bulletin.errors import ParseError

_AT_ONCE = 65_536  # characters
_ENDLESS_TAG = re.compile(r"<[^<>]{100000}")  # a parser takes seconds for its attributes
_Event = tuple[str, Element]


def steps(text: str) -> Iterator[tuple[bool, Element]]:
    """Yield each element as it begins (True) and as it ends (False); raises ElementTree's ParseError where it breaks.

    The text must not define entities: whoever calls this has made sure of that. Raises our own ParseError for an
    element that is built to hurt.
    """
    if _ENDLESS_TAG.search(text):
        raise ParseError("the document has an element without end, as attacks do: it was not read")
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    for start in range(0, len(text), _AT_ONCE):
        parser.feed(text[start : start + _AT_ONCE])
        for event, element in cast("Iterator[_Event]", parser.read_events()):
            yield event == "start", element
    parser.close()

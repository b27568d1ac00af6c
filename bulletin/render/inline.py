"""The door to premailer and cssutils: puts the styles onto the elements, where Outlook and Gmail do not drop them.

One thread at a time: cssutils keeps how it writes in one place for all, and of two at once either comes out wrong.
"""

import logging
import re
from functools import lru_cache
from threading import Lock
from xml.dom import DOMException

from bulletin.errors import RenderError
from bulletin.render.templates import Sheet

_PLACE = re.compile(
    r"(\d+)(?::|, )\d+(?::|\))"
)  # cssutils ends a message in [line:column: ...] or (..., line, column)

_ONE_BY_ONE = Lock()


def check(sheet: Sheet) -> None:
    """Raise a RenderError with file and line for a mistake in a style sheet; premailer would only skip it."""
    try:
        _understand(sheet.text)
    except DOMException as error:
        said = " ".join(str(error).split())
        places = [int(line) for line in _PLACE.findall(said)]
        place = f":{sheet.lines[min(places[-1], len(sheet.lines)) - 1]}" if places else ""
        raise RenderError(f"{sheet.path}{place}: {said}") from error


@lru_cache(maxsize=64)  # the lists of a bulletin have most of their sheets in common
def _understand(css: str) -> None:
    import cssutils  # here and not above, as premailer: they are slow to come, and few commands render

    with _ONE_BY_ONE:
        cssutils.CSSParser(raiseExceptions=True, validate=False, loglevel=logging.CRITICAL).parseString(css)


def inline(html: str) -> str:
    """The same document with its styles inline; media queries stay in the head. Nothing is ever fetched.

    RenderError when a rule is beyond premailer.
    """
    import premailer

    try:
        with _ONE_BY_ONE:
            inlined: str = premailer.transform(
                html,
                allow_network=False,
                strip_important=False,  # media queries must win over what is inline
                pretty_print=False,  # it would put spaces into running text
                disable_validation=True,  # mso-* properties are not in the standard
                cssutils_logging_level=logging.CRITICAL,
            )
    except (RuntimeError, AttributeError) as error:  # an unknown pseudo-class, a media query inside another
        raise RenderError(f"the template has a style that cannot be written onto elements: {error}") from error
    return inlined

"""The door to premailer and cssutils: puts the styles onto the elements, where Outlook and Gmail do not drop them.

One thread at a time: cssutils keeps how it writes in one place for all, and of two at once either comes out wrong.
"""

import logging
import re
from pathlib import Path
from threading import Lock
from xml.dom import DOMException

from bulletin.errors import RenderError

_PLACE = re.compile(
    r"(\d+)(?::|, )\d+(?::|\))"
)  # cssutils ends a message in [line:column: ...] or (..., line, column)

_ONE_BY_ONE = Lock()


def check(sheet: Path) -> None:
    """Raise a RenderError with file and line for a mistake in a style sheet; premailer would only skip it."""
    import cssutils  # here and not above, as premailer: they are slow to come, and few commands render

    try:
        with _ONE_BY_ONE:
            parser = cssutils.CSSParser(raiseExceptions=True, validate=False, loglevel=logging.CRITICAL)
            parser.parseString(sheet.read_text(encoding="utf-8"))
    except (DOMException, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        places = _PLACE.findall(said)
        raise RenderError(f"{sheet}{f':{places[-1]}' if places else ''}: {said}") from error


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

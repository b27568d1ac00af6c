"""HTML and SVG as trees of the standard library, so that nothing is ever spliced into markup."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None
_ALLOWED = "\u00a0\u200c\u200d"  # the last two are letters of some scripts


def el(name: str, /, *children: Child, **attributes: object) -> Element:
    """An element; `class_` is class, `http_equiv` is http-equiv, and what is None is left out."""
    told = {key.rstrip("_").replace("_", "-"): _told(value) for key, value in attributes.items() if value is not None}
    found = Element(name, told)
    for child in children:
        if isinstance(child, Element):
            found.append(child)
        elif child is not None:
            _add_words(found, legible(child))
    return found


def many(name: str, children: Iterable[Child], /, **attributes: object) -> Element:
    """An element with as many children as there are."""
    return el(name, *children, **attributes)


def legible(words: str) -> str:
    """The words without control characters, which markup cannot hold or which turn the order of letters round."""
    return "".join(one if one.isprintable() or one in _ALLOWED else " " for one in words)


def as_html(page: Element) -> str:
    """The page as text."""
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n"


def _told(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else legible(str(value))


def _add_words(parent: Element, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words

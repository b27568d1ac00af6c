"""HTML as trees of the standard library, so that nothing is ever spliced into markup.

Not Jinja2: its templates are for librarians to change, and what is exported looks the same everywhere.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from bulletin.export.words import legible, one_line

Child = Element | str | None


def el(name: str, /, *children: Child, **attributes: str | None) -> Element:
    """An element; `class_` is class, `aria_label` is aria-label, and what is None or empty is left out."""
    found = Element(
        name, {key.rstrip("_").replace("_", "-"): one_line(told) for key, told in attributes.items() if told}
    )
    for child in children:
        if isinstance(child, Element):
            found.append(child)
        elif child:
            _add_words(found, legible(child))
    return found


def many(name: str, children: Iterable[Child], /, **attributes: str | None) -> Element:
    """An element with as many children as there are."""
    return el(name, *children, **attributes)


def link(words: str, target: str, **attributes: str | None) -> Element:
    """Words that lead somewhere, or words alone where there is nothing to lead to."""
    return (
        el("a", one_line(words), href=target, **attributes) if target else el("span", one_line(words), **attributes)
    )


def as_html(element: Element) -> str:
    """The element as text."""
    told: str = tostring(element, encoding="unicode", method="html")
    return told


def _add_words(parent: Element, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words

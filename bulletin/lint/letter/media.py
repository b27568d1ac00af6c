"""Media queries: whether one holds on a screen of some width, in the light or in the dark (Media Queries 4)."""

import re

from bulletin.lint.letter.css import pixels

_FEATURE = re.compile(r"\(\s*(min-|max-)?(?:device-)?width\s*:\s*([^()]+)\)")
_RANGE = re.compile(r"\(\s*(?:device-)?width\s*([<>]=?)\s*([^()<>]+)\)")
_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)")
_PAPER = re.compile(r"\b(?:print|speech|tty|aural|braille|embossed|handheld|projection)\b")
_EXPECTED = re.compile(
    r"\bsupports\b|prefers-reduced-motion\s*:\s*reduce|prefers-contrast|forced-colors|inverted-colors"
)


def holds(media: str, width: float, is_dark: bool) -> bool:
    """Whether it holds in a window so many CSS pixels wide; what asks for more than that we take for not given."""
    return not media or any(_holds(query.strip(), width, is_dark) for query in media.split(","))


def asks_for_width(media: str) -> bool:
    """Whether it depends on how wide the window is."""
    return "width" in media


def _holds(query: str, width: float, is_dark: bool) -> bool:
    if query.startswith("not "):
        return not _holds(query.removeprefix("not "), width, is_dark)
    if _PAPER.search(query) or _EXPECTED.search(query):
        return False
    if any((scheme == "dark") is not is_dark for scheme in _SCHEME.findall(query)):
        return False
    return all(_fits(kind, pixels(size), width) for kind, size in _FEATURE.findall(query)) and all(
        _compares(sign, pixels(size), width) for sign, size in _RANGE.findall(query)
    )


def _fits(kind: str, size: float | None, width: float) -> bool:
    if size is None:
        return False
    if not kind:
        return width == size
    return width >= size if kind == "min-" else width <= size


def _compares(sign: str, size: float | None, width: float) -> bool:
    if size is None:
        return False
    return {"<": width < size, "<=": width <= size, ">": width > size, ">=": width >= size}[sign]

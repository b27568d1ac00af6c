"""The tags of a page, put in order: each that begins ends, and none lies too deep.

HTML lets writers leave out </li>, </p>, </td> and their like (WHATWG HTML, section 13.1.2.4); without this, each row
of such a list would lie inside the row before it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from bulletin.parse.tags import End, Start

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    | {"param", "frame", "keygen", "basefont", "bgsound", "command", "image", "isindex", "nextid", "spacer"}
)
_DEEPEST = 128  # elements within each other; real pages reach 60

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main"}
    | {"menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul"}
)
_CELLS = frozenset({"td", "th"})
_IN_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr"}) | _CELLS
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
# What a start tag ends, and how far out: it looks no further than the nearest of the second set.
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu", "dir"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr"}, {"table"}),
    "option": ({"option"}, {"select"}),
    **dict.fromkeys(_CELLS, (_CELLS, {"tr", "table"})),
    **dict.fromkeys(_GROUPS, (_GROUPS, {"table"})),
    **dict.fromkeys(_BLOCKS, ({"p"}, _BLOCKS - {"p"} | _IN_TABLES | {"li", "dd", "dt", "button", "body"})),
}


class Nesting:
    """The elements that are open at one place of a page, the outermost first."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._too_deep: Counter[str] = Counter()

    def starts(self, tag: Start) -> Iterator[Start | End]:
        """Yield what a start tag means here: the ends that it implies, and itself unless it lies too deep."""
        inner, outer = _ENDS.get(tag.name, ((), ()))
        yield from self._ends_from(self._nearest(inner, outer))
        if tag.name in VOID:
            yield from (tag, End(tag.name))
        elif len(self._open) < _DEEPEST:
            self._open.append(tag.name)
            yield tag
        else:
            self._too_deep[tag.name] += 1

    def ends(self, name: str) -> Iterator[End]:
        """Yield the ends that an end tag means here: none if nothing of that name is open in the same table cell."""
        if self._too_deep[name]:
            self._too_deep[name] -= 1
        else:
            yield from self._ends_from(self._nearest({name}, () if name in _IN_TABLES else _CELLS))

    def _nearest(self, names: Iterable[str], walls: Iterable[str]) -> int | None:
        """The place of the innermost open element with one of the names, looking no further out than a wall."""
        for place in reversed(range(len(self._open) if names else 0)):
            if self._open[place] in names:
                return place
            if self._open[place] in walls:
                break
        return None

    def _ends_from(self, place: int | None) -> Iterator[End]:
        if place is not None:
            ended = self._open[place:]
            del self._open[place:]
            yield from map(End, reversed(ended))


def nested(tags: Iterable[Start | End | str]) -> Iterator[Start | End | str]:
    """Yield the same page with every end where it belongs; what is open at the end stays open.

    Of an element that is deeper than 128 others, only its words are left.
    """
    nesting = Nesting()
    for tag in tags:
        if isinstance(tag, str):
            yield tag
        elif isinstance(tag, Start):
            yield from nesting.starts(tag)
        else:
            yield from nesting.ends(tag.name)

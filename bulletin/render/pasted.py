"""Markup that somebody pasted, from Word, Outlook or a web page, becomes typed text: nothing else of it is left."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.model import Line, Paragraph, Piece
from bulletin.render.plain import INLINE, Step, steps
from bulletin.render.typed import BETWEEN_CELLS, address, read, tidied, typed

_TAGS = (
    "a|abbr|article|b|blockquote|body|br|center|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta"
    "|object|ol|p|pre|script|section|small|span|strong|style|svg|table|tbody|td|th|thead|title|tr|u|ul|o:p|w:\\w+"
)
_MARKUP = re.compile(rf"<(?:!--|!doctype|!\[|/?(?:{_TAGS})(?=[\s/>]))", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|mso-list\s*:\s*ignore", re.IGNORECASE)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_STRONG = _HEADINGS | {"b", "strong"}
# What stands in the middle of a line; every other element begins a new one.
_INLINE = INLINE | {"big", "font", "img", "o:p", "strike"}
_LIST_STYLE = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_SPACE = Piece(" ")
_ROUNDS = 3  # until words that look like typed ones are: without its stars, a line may begin as things in a list do


def tidy(text: str) -> str:
    """Typed text as it should be kept: markup, and the tabs of a table, have become paragraphs and lists."""
    text = typed(_Reader().read(text) if _MARKUP.search(text) else read(text))
    for _ in range(_ROUNDS):
        text = typed(read(text))
    return text


@dataclass
class _Cell:
    """The paragraphs of a cell, or of the whole; where a paragraph ends, the next one begins."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    is_header: bool = False

    def end_line(self) -> None:
        """The line is full."""
        if pieces := tidied(self.pieces):
            self.lines.append(Line(pieces))
        self.pieces = []

    def end(self, *, is_list: bool = False) -> None:
        """The paragraph is full; things that follow one another make one list."""
        self.end_line()
        last = self.paragraphs[-1] if self.paragraphs else None
        if self.lines and is_list and last and last.is_list:
            self.paragraphs[-1] = Paragraph((*last.lines, _one(self.lines)), is_list=True)
        elif self.lines:
            self.paragraphs.append(Paragraph((_one(self.lines),) if is_list else tuple(self.lines), is_list))
        self.lines = []

    def line(self) -> tuple[Piece, ...]:
        """All of it in one line."""
        return _one([line for paragraph in self.paragraphs for line in paragraph.lines]).pieces


@dataclass
class _Reader:
    """Goes through markup and writes down what can be read of it."""

    cells: list[_Cell] = field(default_factory=lambda: [_Cell()])
    tables: list[list[list[_Cell]]] = field(default_factory=list)
    open: list[Callable[[], None]] = field(default_factory=list)  # what is to be done when an element closes
    strong: int = 0
    hidden: int = 0
    items: int = 0
    url: str = ""

    def read(self, html: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a piece of HTML."""
        for step in steps(html):
            if step.closes:
                self.open.pop()()
            elif step.tag:
                self.open.append(self._open(step))
            elif not self.hidden:
                self.cells[-1].pieces.append(Piece(step.words, self.url, self.strong > 0))
        self._end()
        return tuple(self.cells[0].paragraphs)

    def _open(self, step: Step) -> Callable[[], None]:
        """Go into an element, and say how to come out of it."""
        if self.hidden or _HIDDEN.search(step.attributes.get("style", "")) or "hidden" in step.attributes:
            return self._add("hidden")
        if step.tag == "br":
            self.cells[-1].end_line()
            return _nothing
        return self._open_inline(step) if step.tag in _INLINE else self._open_wide(step)

    def _open_inline(self, step: Step) -> Callable[[], None]:
        if step.tag == "a":
            return self._link(step.attributes.get("href", ""))
        return self._add("strong") if step.tag in _STRONG else _nothing

    def _open_wide(self, step: Step) -> Callable[[], None]:
        self._end()
        if step.tag == "table":
            return self._table()
        if step.tag == "tr" and self.tables:
            self.tables[-1].append([])
        if step.tag in ("td", "th") and self.tables and self.tables[-1]:
            return self._cell(is_header=step.tag == "th")
        if step.tag == "li" or _is_word_list(step):
            return self._add("items", ends=True)
        return self._add("strong", ends=True) if step.tag in _HEADINGS else self._end

    def _end(self) -> None:
        self.cells[-1].end(is_list=self.items > 0)

    def _add(self, name: str, *, ends: bool = False) -> Callable[[], None]:
        """One more of something, until the element closes."""
        setattr(self, name, getattr(self, name) + 1)

        def close() -> None:
            if ends:
                self._end()
            setattr(self, name, getattr(self, name) - 1)

        return close

    def _link(self, href: str) -> Callable[[], None]:
        before, self.url = self.url, address(href.strip())

        def close() -> None:
            self.url = before

        return close

    def _table(self) -> Callable[[], None]:
        self.tables.append([])

        def close() -> None:
            self._end()
            self.cells[-1].paragraphs += _paragraphs(self.tables.pop())

        return close

    def _cell(self, *, is_header: bool) -> Callable[[], None]:
        cell, table, items = _Cell(is_header=is_header), self.tables[-1], self.items
        self.cells.append(cell)
        self.items = 0

        def close() -> None:
            self._end()
            self.cells.pop()
            self.items = items
            table[-1].append(cell)

        return close


def _nothing() -> None:
    """What closes an element that means nothing."""


def _is_word_list(step: Step) -> bool:
    """Whether a paragraph is a thing in a list, as Word writes them."""
    style, kind = step.attributes.get("style", ""), step.attributes.get("class", "")
    return step.tag == "p" and (bool(_LIST_STYLE.search(style)) or kind.startswith("MsoListParagraph"))


def _one(lines: Sequence[Line]) -> Line:
    """Several lines as one."""
    return Line(tidied(piece for line in lines for piece in (*line.pieces, _SPACE)))


def _paragraphs(table: Sequence[Sequence[_Cell]]) -> Iterator[Paragraph]:
    """A table as a list, one line a row; one that only holds its page together, as what is in it."""
    rows = [row for row in table if any(cell.paragraphs for cell in row)]
    if all(sum(bool(cell.paragraphs) for cell in row) <= 1 for row in rows):
        yield from (paragraph for row in rows for cell in row for paragraph in cell.paragraphs)
        return
    labels = ["".join(piece.text for piece in cell.line()) for cell in rows[0]] if _is_header(rows) else []
    lines = [_line(row, labels if len(labels) == len(row) else []) for row in rows[bool(labels) :]]
    yield Paragraph(tuple(Line(line) for line in lines), is_list=True)


def _is_header(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether the first row names the columns: it says so, or weighs more than all that follows."""
    first = [cell for cell in rows[0] if cell.paragraphs]
    strong = [all(piece.strong for piece in cell.line()) for cell in first]
    return len(rows) > 1 and len(first) > 1 and (all(cell.is_header for cell in first) or all(strong))


def _line(row: Sequence[_Cell], labels: Sequence[str]) -> tuple[Piece, ...]:
    """A row as a line, each cell behind the label of its column, or all of them behind that of the row."""
    told = list[Piece]()
    for number, cell in enumerate(row):
        if pieces := cell.line():
            is_labelled = number == 1 and row[0].is_header and not cell.is_header and not labels
            between = ": " if is_labelled else BETWEEN_CELLS
            told += [Piece(between)] if told else []
            told += [Piece(f"{labels[number]}: ")] if labels and labels[number] else []
            told += pieces
    return tidied(told)

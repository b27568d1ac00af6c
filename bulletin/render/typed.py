"""Typed text: a blank line begins a paragraph, "- " a thing in a list;
[words](https://...) is a link, and **words** weigh.

What is pasted from a spreadsheet or a table comes with tabs: it becomes a list, a row a line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from bulletin.model import Line, Paragraph, Piece
from bulletin.render import links
from bulletin.render.plain import plain

BETWEEN_CELLS = " · "
_BULLET = re.compile(r"\s*[-*•·▪◦–]\s+")
# Brackets inside an address come in pairs. Nothing here can be read in two ways, so that no text takes long.
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
_MAILTO = re.compile(r"mailto:([^\s?]+)", re.IGNORECASE)
_STARS = re.compile(r"\*{2,}")
_STRONG = "**"


def read(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs and lists of typed text; an address that is not one of the web, or of mail, is left out."""
    found = list[Paragraph]()
    for is_blank, group in groupby(_untabbed(text.splitlines()), key=lambda line: not line.strip()):
        if not is_blank:
            for is_list, lines in groupby(group, key=lambda line: bool(_BULLET.match(line))):
                told = [
                    Line(pieces)
                    for line in lines
                    if (pieces := _pieces(_BULLET.sub("", line, count=1) if is_list else line))
                ]
                found += [Paragraph(tuple(told), is_list)] if told else []
    return tuple(found)


def typed(paragraphs: Iterable[Paragraph]) -> str:
    """The text that `read` makes such paragraphs of."""
    return "\n\n".join(
        "\n".join(f"{'- ' if paragraph.is_list else ''}{_typed(line)}" for line in paragraph.lines)
        for paragraph in paragraphs
    )


def words_of(paragraphs: Iterable[Paragraph]) -> str:
    """The same as plain text, without what only a screen shows; the address of a link stands behind its words."""
    return "\n\n".join(
        "\n".join(("- " if paragraph.is_list else "") + "".join(map(_told, line.pieces)) for line in paragraph.lines)
        for paragraph in paragraphs
    )


def address(url: str) -> str:
    """An address of the web or of mail that may stand in a bulletin; anything else is none."""
    mail = _MAILTO.fullmatch(url)
    return links.mailto(mail[1]) if mail and links.is_address(mail[1]) else links.web(url)


def tidied(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces without needless spaces, characters that nobody sees, or borders between what is alike."""
    found = list[Piece]()
    for piece in pieces:
        words = plain(piece.text)
        words = f"{' ' * piece.text[:1].isspace()}{words}{' ' * (piece.text[-1:].isspace() and bool(words))}"
        words = words.lstrip() if not found or found[-1].text.endswith(" ") else words
        if found and (found[-1].url, found[-1].strong) == (piece.url, piece.strong):
            found[-1] = replace(found[-1], text=found[-1].text + words)
        elif words:
            found.append(replace(piece, text=words))
    while found and not found[-1].text.strip():
        found.pop()
    return (*found[:-1], replace(found[-1], text=found[-1].text.rstrip())) if found else ()


def _untabbed(lines: list[str]) -> Iterator[str]:
    """Rows of cells as things in a list; a lone tab is a space."""
    for has_tabs, group in groupby(lines, key=lambda line: "\t" in line.strip()):
        rows = list(group)
        for row in rows:
            cells = [cell.strip() for cell in row.split("\t") if cell.strip()]
            yield row if not has_tabs else f"- {BETWEEN_CELLS.join(cells)}" if len(rows) > 1 else " ".join(cells)


def _pieces(line: str) -> tuple[Piece, ...]:
    """The pieces of a line; stars that come alone weigh nothing."""
    parts = list(_parts(line))
    stars = sum(words.count(_STRONG) for words, url in parts if not url)
    found, strong, seen = list[Piece](), False, 0
    for words, url in parts:
        if url:
            found.append(Piece(_STARS.sub("", words), address(url), strong or words.startswith(_STRONG)))
            continue
        first, *more = words.split(_STRONG)
        found.append(Piece(first, strong=strong))
        for part in more:
            seen += 1
            is_alone = seen == stars and stars % 2 == 1
            strong = strong if is_alone else not strong
            found.append(Piece(part, strong=strong))
    return tidied(found)


def _parts(line: str) -> Iterator[tuple[str, str]]:
    """The words of a line and, of a link, its address."""
    end = 0
    for link in _LINK.finditer(line):
        yield line[end : link.start()], ""
        yield link[1], link[2]
        end = link.end()
    yield line[end:], ""


def _typed(line: Line) -> str:
    told = ""
    for strong, pieces in groupby(line.pieces, key=lambda piece: piece.strong):
        words = "".join(map(_as_link, pieces))
        told += f"{_STRONG}{words}{_STRONG}" if strong else words
    return told


def _as_link(piece: Piece) -> str:
    words = _STARS.sub("*", piece.text)
    if not piece.url:
        return words
    words = words.replace("[", "(").replace("]", ")")
    return f"[{words}]({piece.url.replace('(', '%28').replace(')', '%29')})"


def _told(piece: Piece) -> str:
    where = piece.url.removeprefix("mailto:")
    return f"{piece.text} ({where})" if where and where != piece.text else piece.text

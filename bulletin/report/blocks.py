"""What pages are put together from: the frame, tiles with figures, pictures with tables below them."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from bulletin import __version__
from bulletin.report.elements import Child, as_html, el, many
from bulletin.report.style import STYLE

# Not even a label that broke out of its place could load or run anything.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_MEANS = "docs/evaluate.md says what each figure means."
_NARROW = 6  # columns that find room on a telephone


def page(title: str, lead: Sequence[str], sections: Iterable[Element], means: str = _MEANS) -> str:
    """A page that stands alone; `means` says where its figures are explained."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("title", title),
        el("style", STYLE),
    )
    header = many("header", [el("h1", title), *(el("p", words) for words in lead)])
    footer = el("footer", el("p", f"Made by bulletin {__version__}. {means}"))
    return as_html(el("html", head, el("body", header, many("main", sections), footer), lang="en-GB"))


def opening() -> str:
    """What every page of ours begins with, and hardly any other."""
    return page("", (), ()).partition("<title>")[0]


def tiles(figures: Sequence[tuple[str, str, str]]) -> Element:
    """Figures: a name, a value, and what it means."""
    found = [
        el("div", el("dt", name), el("dd", el("strong", value), el("span", words))) for name, value, words in figures
    ]
    return many("dl", found, class_="tiles")


def section(title: str, words: str, *children: Child) -> Element:
    """A part of a page under its own heading."""
    return el("section", el("h2", title), el("p", words, class_="words") if words else None, *children)


def pictures(*found: Element) -> Element:
    """Pictures side by side, where there is room."""
    return many("div", found, class_="pictures")


def figure(title: str, words: str, drawing: Element, *below: Child) -> Element:
    """A picture, what it says, and its numbers."""
    return el("figure", el("figcaption", el("h3", title), el("p", words)), drawing, *below)


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str, *, words: int = 1, is_wide: bool = False
) -> Element:
    """A table, whose first columns are words and whose others are numbers.

    With many columns, or long words (`is_wide`), each row becomes a block of its own on a narrow screen, where cells
    tell their own heads.
    """
    kinds = [None] * words + ["number"] * (len(heads) - words)
    body = [
        many(
            "tr",
            [
                el("th", cell, scope="row") if place == 0 else el("td", cell, class_=kind, data_head=head)
                for place, (cell, kind, head) in enumerate(zip(row, kinds, heads, strict=True))
            ],
        )
        for row in rows
    ]
    top = many("tr", [el("th", head, scope="col", class_=kind) for head, kind in zip(heads, kinds, strict=True)])
    wide = "wide" if len(heads) > _NARROW or is_wide else None
    return el("table", el("caption", caption), el("thead", top), many("tbody", body), class_=wide)


def folded(title: str, inside: Element) -> Element:
    """What is there for who wants to know more."""
    return el("details", el("summary", title), inside)

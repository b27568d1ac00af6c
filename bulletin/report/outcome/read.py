"""What was read and found useful: by heading, and item by item."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from bulletin.model.outcomes import FEWEST, Came, Clicks, HeadingRead, ItemRead
from bulletin.report.blocks import figure, pictures, section, table
from bulletin.report.drawing import Bar, Told, bars
from bulletin.report.outcome.words import HIDDEN

_BELOW = "The table below has the same numbers."
_MOST = 20  # items of a year
_NOT_COUNTED = "Clicks were not counted."


def read(came: Came) -> Iterator[Element]:
    """The sections on headings and items."""
    if not came.headings:
        return
    words = HIDDEN if came.is_counted else _NOT_COUNTED
    drawn = [_useful(came.headings)] if came.useful else []
    drawn += [_clicks(came.headings)] if came.is_counted else []
    yield section("Heading by heading", words, pictures(*drawn) if drawn else None, _headings(came))
    items = [item for edition in came.editions for item in edition.items]
    if came.year is None:
        yield section("Item by item", "", _items(items, came, "In print order"))
    elif best := sorted(filter(_is_noticed, items), key=lambda one: (-one.useful, -one.clicks.number))[:_MOST]:
        yield section("What was noticed most", "", _items(best, came, "The most useful first, then the most read"))


def _is_noticed(one: ItemRead) -> bool:
    return one.useful > 0 or one.clicks.number > 0


def _useful(headings: Sequence[HeadingRead]) -> Element:
    drawn = [Bar(one.heading, (one.useful,), f"{one.useful:,}") for one in headings]
    told = Told("useful", "How often readers found an item useful, by heading", _BELOW)
    words = "Presses of “This was useful”."
    return figure("Found useful", words, bars(told, drawn, max(one.useful for one in headings)))


def _clicks(headings: Sequence[HeadingRead]) -> Element:
    drawn = [Bar(one.heading, (one.clicks.number,), short(one.clicks)) for one in headings]
    told = Told("clicks", "Clicks on items, by heading", _BELOW)
    return figure("Clicks", "On the titles of items.", bars(told, drawn, max(one.clicks.number for one in headings)))


def short(clicks: Clicks) -> str:
    """Clicks where there is little room: 23, 15+, <5."""
    if not clicks.number:
        return f"<{FEWEST}"
    return f"{clicks.number:,}" if clicks.is_exact else f"{clicks.number:,}+"


def _headings(came: Came) -> Element:
    rows = [(one.heading or "Without a heading", f"{one.items:,}", *_both(one, came)) for one in came.headings]
    if len(rows) > 1:
        items = sum(one.items for one in came.headings)
        rows.append(("Together", f"{items:,}", f"{came.useful:,}", *([str(came.clicks)] * came.is_counted)))
    return table(("Heading", "Items", "Useful", *(["Clicks"] * came.is_counted)), rows, "Items that were printed")


def _items(items: Sequence[ItemRead], came: Came, caption: str) -> Element:
    heads = ("Item", "Heading", "Useful", *(["Clicks"] * came.is_counted))
    return table(
        heads, [(one.title, one.heading, *_both(one, came)) for one in items], caption, words=2, is_wide=True
    )


def _both(one: ItemRead | HeadingRead, came: Came) -> tuple[str, ...]:
    return (f"{one.useful:,}", *([str(one.clicks)] * came.is_counted))

"""What was suggested first against what an editor put first: a picture and a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from bulletin.model import Confusion
from bulletin.report.blocks import figure, pictures, section, table
from bulletin.report.drawing import Square, Told, squares
from bulletin.report.words import counted

_MOST = 12  # headings drawn
_ROWS = 15  # of the table
_SUGGESTED_NONE, _DISCARDED = "nothing suggested", "discarded"


def pairs(found: Sequence[Confusion], right: Mapping[str, int], names: Mapping[str, str]) -> tuple[Element, ...]:
    """A section on what is taken for what; none when nothing ever was.

    `right` counts the items of each topic that was suggested first and put first; `names` are headings by topic id.
    """
    if not found:
        return ()
    told = "What was suggested first, and what the editor put first instead."
    rows = [
        (
            names.get(one.given, one.given) or _SUGGESTED_NONE,
            names.get(one.truth, one.truth) or _DISCARDED,
            f"{one.texts:,}",
        )
        for one in found[:_ROWS]
    ]
    numbers = table(("Suggested first", "Put first", "Items"), rows, "The most frequent first", words=2)
    return (section("What is taken for what", told, pictures(_picture(found, right, names), numbers)),)


def _picture(found: Sequence[Confusion], right: Mapping[str, int], names: Mapping[str, str]) -> Element:
    items = Counter[str](right)
    for one in found:
        items.update({topic: int(one.texts) for topic in (one.truth, one.given) if topic})
    drawn = [topic for topic, _ in items.most_common(_MOST)]
    counts = {(topic, topic): right.get(topic, 0) for topic in drawn}
    counts |= {(one.truth, one.given): int(one.texts) for one in found if {one.truth, one.given} <= set(drawn)}
    rows = Counter[str]()
    for (truth, _), texts in counts.items():
        rows[truth] += texts
    place = {topic: at for at, topic in enumerate(drawn)}
    told = {topic: names.get(topic, topic) for topic in drawn}
    shown = {
        (place[truth], place[given]): Square(texts, texts / rows[truth], _words(told[truth], told[given], texts))
        for (truth, given), texts in counts.items()
        if texts
    }
    words = "Rows are what editors put first, columns what was suggested first; on the diagonal both are the same."
    drawing = squares(
        Told("pairs", "What is taken for what", f"{words} The table has the same pairs."), [*told.values()], shown
    )
    return figure("Suggested and put first", f"{words} The stronger the colour, the more of a row.", drawing)


def _words(truth: str, given: str, texts: int) -> str:
    if truth == given:
        return f"{truth}: suggested and put first for {counted(texts, 'item')}"
    return f"{truth}, where {given} was suggested: {counted(texts, 'item')}"

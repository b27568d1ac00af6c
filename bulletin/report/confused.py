"""The picture of what is taken for what."""

from collections import defaultdict
from xml.etree.ElementTree import Element

from bulletin.model import Judgement
from bulletin.report.blocks import figure
from bulletin.report.drawing import Square, Told, squares
from bulletin.report.words import counted

_MOST = 15  # labels
_OTHERS = "all others"
_NONE = "none"


def confusion_picture(judged: Judgement) -> Element:
    """Squares for the most frequent labels, all others together."""
    names, counts = _counted(judged)
    rows = defaultdict[int, float](float)
    for (row, _), texts in counts.items():
        rows[row] += texts
    found = {
        (row, column): Square(texts, texts / rows[row], _words(names[row], names[column], texts))
        for (row, column), texts in counts.items()
    }
    if judged.single:
        told = "Rows are what is right, columns what was given; on the diagonal both are the same."
    else:
        told = "Rows are what was missed, columns what was wrongly given; on the diagonal is what was right."
    words = Told("confusions", "Confusion matrix", f"{told} The table has the most frequent pairs.")
    return figure(
        "Confusion matrix", f"{told} The stronger the colour, the more of a row.", squares(words, names, found)
    )


def _counted(judged: Judgement) -> tuple[list[str], dict[tuple[int, int], float]]:
    """The names of the rows, and how many texts lie where."""
    names = [one.label for one in judged.labels[:_MOST]]
    place = {name: number for number, name in enumerate(names)}
    others, none = len(names), len(names) + (len(judged.labels) > _MOST)

    def where(label: str) -> int:
        return place.get(label, others) if label else none

    counts = defaultdict[tuple[int, int], float](float)
    for one in judged.labels:
        counts[where(one.label), where(one.label)] += one.right
    for pair in judged.confusions:
        counts[where(pair.truth), where(pair.given)] += pair.texts
    names += [_OTHERS] * (len(judged.labels) > _MOST) + [_NONE] * (not judged.single)
    return names, {at: texts for at, texts in counts.items() if texts}


def _words(truth: str, given: str, texts: float) -> str:
    if truth == given != _OTHERS:
        return f"{truth}: right for {counted(texts, 'text')}"
    return f"{truth} → {given}: {counted(texts, 'text')}"

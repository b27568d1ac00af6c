"""The page of a judgement on labelled texts."""

import math
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from bulletin.model import Judgement, LabelFigures
from bulletin.report.blocks import figure, folded, page, pictures, section, table, tiles
from bulletin.report.confused import confusion_picture
from bulletin.report.drawing import Axis, Bar, Line, Spot, Told, bars, lines
from bulletin.report.words import counted, number, percent, seconds

_MOST_BARS = 25
_MOST_PAIRS = 25
_SHARES = tuple((tenth / 10, f"{tenth * 10}") for tenth in range(0, 11, 2))


def trial(judged: Judgement, learned_from: Sequence[str], asked_about: str) -> str:
    """A page with all that was measured; the names are those of the files."""
    figures = judged.figures
    main = percent(figures.accuracy if figures.accuracy is not None else figures.micro_f1)
    what = "accuracy" if figures.accuracy is not None else "micro F1"
    lead = [f"Judged on {asked_about}: {main} {what}.", _how(judged, learned_from, asked_about)]
    return page("How well headings are suggested", lead, _sections(judged))


def _how(judged: Judgement, learned_from: Sequence[str], asked_about: str) -> str:
    told = f"Learned from {counted(judged.train, 'text')} of {', '.join(learned_from)}"
    if judged.shots:
        draws = counted(judged.shots.seeds, "draw")
        told += f", {counted(judged.shots.examples, 'example')} a label, {draws}: all numbers are means over them"
    if judged.pool:
        told += f"; with {counted(judged.pool, 'text')} without labels to look at"
    kind = "each has one label" if judged.single else "each may have several labels, or none"
    return f"{told}. Asked about {counted(judged.test, 'text')} of {asked_about}; {kind}."


def _sections(judged: Judgement) -> Iterator[Element]:
    yield tiles(list(_figures(judged)))
    found = [_coverage(judged), _reliability(judged)]
    if len(judged.learning) > 1:
        found.insert(0, _learning(judged))
    yield section("When to believe it", "", pictures(*found))
    yield section(
        "What is taken for what",
        "Where two labels are often confused, their examples overlap, or their descriptions do.",
        pictures(confusion_picture(judged), _confusions(judged)),
    )
    told = "F1 weighs what was wrongly given against what was missed; 100 % is without a mistake."
    yield section("Label by label", told, _bars(judged), _labels(judged))


def _figures(judged: Judgement) -> Iterator[tuple[str, str, str]]:
    def told(name: str, words: str) -> tuple[str, str]:
        spread = judged.shots.deviations[name] if judged.shots else None
        return percent(
            getattr(judged.figures, name)
        ), f"± {percent(spread)}; {words}" if spread is not None else words

    if judged.figures.accuracy is not None:
        yield "Accuracy", *told("accuracy", "of texts get the right label")
    else:
        yield "All right", *told("subset_accuracy", "of texts get all of their labels, and no other")
    yield "Micro F1", *told("micro_f1", "every label given or missed counts the same")
    yield "Macro F1", *told("macro_f1", "every label counts the same, however rare")
    yield "LRAP", *told("lrap", "of the labels ranked down to a right one are right")
    yield "Calibration error", *told("calibration_error", "is how far probabilities are off")
    yield "Brier score", f"{judged.figures.brier:.4f}", "0 is best: doubt where it is due"
    yield "Learning took", seconds(judged.figures.fit_seconds), counted(judged.train, "text")
    yield "Suggesting", f"{judged.figures.predict_per_second:,.0f}", "texts a second"


def _learning(judged: Judgement) -> Element:
    lessons = judged.learning
    values = [value for one in lessons for value in (one.micro_f1, one.macro_f1)]
    ticks = tuple((math.log2(one.examples), f"{one.examples:,}") for one in lessons)
    x = Axis("texts to learn from (each step doubles them)", ticks[0][0], ticks[-1][0], ticks)
    drawn = [
        Line("micro F1", tuple((math.log2(one.examples), one.micro_f1) for one in lessons)),
        Line("macro F1", tuple((math.log2(one.examples), one.macro_f1) for one in lessons)),
    ]
    first, last = lessons[0], lessons[-1]
    words = f"With {first.examples:,} texts micro F1 is {percent(first.micro_f1)}, with {last.examples:,} it is "
    told = Told("learning", "Learning curve", f"{words}{percent(last.micro_f1)}.")
    rows = [(f"{one.examples:,}", percent(one.micro_f1), percent(one.macro_f1)) for one in lessons]
    numbers = table(("Texts", "Micro F1", "Macro F1"), rows, "The learning curve in numbers")
    ends = " Where the line still rises, more examples will help." if last.micro_f1 > first.micro_f1 else ""
    return figure(
        "More examples", told.words + ends, lines(told, x, _fine(values), drawn), folded("In numbers", numbers)
    )


def _fine(values: Sequence[float]) -> Axis:
    """An axis of per cent that begins near the lowest value."""
    low = min(0.9, math.floor(min(values) * 10) / 10)
    step = 0.1 if low >= 0.45 else 0.2
    count = math.ceil(round((1 - low) / step, 6))
    ticks = tuple((1 - n * step, f"{100 - n * step * 100:.0f}") for n in range(count + 1))
    return Axis("per cent", ticks[-1][0], 1.0, ticks)


def _coverage(judged: Judgement) -> Element:
    curve, stop = judged.coverage, judged.abstaining
    points = tuple((one.coverage, one.precision or 0.0) for one in curve)
    with_ = "with thresholds" if judged.has_thresholds else "surer than 50 %"
    spots = [Spot(stop.coverage, stop.precision, with_)] if stop.precision is not None else []
    y = _fine([point[1] for point in points] + [spot.y for spot in spots])
    x = Axis("per cent of texts that get a label", 0.0, 1.0, _SHARES)
    when = "With its thresholds" if judged.has_thresholds else "Only where it is surer than 50 %"
    if stop.precision is None:
        told = f"{when}, no text gets a label."
    else:
        given, right = percent(stop.coverage, 0), percent(stop.precision, 0)
        told = f"{when}, {given} of texts get a label, and the first one is right for {right} of those."
    words = Told("coverage", "Coverage and precision", told)
    rows = [(percent(one.coverage, 0), percent(one.precision)) for one in curve]
    numbers = table(("Texts that get a label", "Right"), rows, "The surest texts first")
    drawing = lines(words, x, y, [Line("", points, dots=False)], spots)
    return figure("When it may abstain", told, drawing, folded("In numbers", numbers))


def _reliability(judged: Judgement) -> Element:
    steps = judged.reliability
    whose = "the likeliest label of each text" if judged.single else "every label of every text"
    told = f"Of {whose}. On the dashed line, what is called 80 % sure is right 80 times in 100."
    words = Told(
        "reliability", "Reliability", f"{told} Off by {percent(judged.figures.calibration_error)} on average."
    )
    x = Axis("per cent sure", 0.0, 1.0, _SHARES)
    y = Axis("per cent right", 0.0, 1.0, _SHARES)
    drawn = [
        Line("", ((0.0, 0.0), (1.0, 1.0)), faint=True),
        Line("", tuple((one.said, one.happened) for one in steps)),
    ]
    rows = [(percent(one.said), percent(one.happened), number(one.cases)) for one in steps]
    numbers = table(("Sure", "Right", "Cases"), rows, "What was said, and what happened")
    return figure("Whether its word holds", told, lines(words, x, y, drawn), folded("In numbers", numbers))


def _confusions(judged: Judgement) -> Element:
    pairs = judged.confusions[:_MOST_PAIRS]
    rows = [(one.truth or "(nothing missed)", one.given or "(nothing wrong)", number(one.texts)) for one in pairs]
    heads = ("Right would be", "Given was", "Texts") if judged.single else ("Missed", "Wrongly given", "Texts")
    more = len(judged.confusions) - len(pairs)
    caption = f"The most frequent; {counted(more, 'pair')} more" if more else "All of them"
    return table(heads, rows, caption, words=2)


def _bars(judged: Judgement) -> Element:
    shown = judged.labels[:_MOST_BARS]
    drawn = [Bar(one.label, (one.f1,), percent(one.f1, 0)) for one in shown]
    which = f"the {len(shown)} most frequent labels" if len(shown) < len(judged.labels) else "every label"
    told = Told("labels", "F1 of labels", f"F1 of {which}, the most frequent first; the table has the numbers.")
    return pictures(figure("F1", told.words, bars(told, drawn, 1.0)))


def _labels(judged: Judgement) -> Element:
    heads = ("Label", "Learned from", "Texts", "Precision", "Recall", "F1", "From")
    caption = (
        "Texts: how many of the test have it. Precision: of those given it, the right ones. Recall: of those that "
    )
    caption += "have it, the ones found. From: "
    caption += "the probability from which it is given." if judged.has_thresholds else "none, the likeliest is given."
    return table(heads, map(_row, judged.labels), caption)


def _row(one: LabelFigures) -> tuple[str, ...]:
    rates = (percent(one.precision, 0), percent(one.recall, 0), percent(one.f1, 0), percent(one.threshold, 0))
    return (one.label, number(one.trained_on), number(one.support), *rates)

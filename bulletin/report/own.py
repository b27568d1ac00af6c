"""The page of a newsroom's own decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

from bulletin.model import MonthKept, MonthRetold, OwnJudgement, TopicKept
from bulletin.report.blocks import figure, page, pictures, section, table, tiles
from bulletin.report.drawing import Axis, Bar, Line, Told, bars, lines
from bulletin.report.words import counted, percent, share

_PARTS = ("kept", "moved", "discarded", "added")
_MONTHS = 24  # drawn
_TOPICS = 25  # drawn
_SHARES = tuple((tenth / 10, f"{tenth * 10}") for tenth in range(0, 11, 2))


def own(judged: OwnJudgement, words: Sequence[str]) -> str:
    """A page on what editors did with suggestions; `words` say the same in short."""
    return page("What became of the suggestions", words, _sections(judged))


def own_parts(judged: OwnJudgement, names: Mapping[str, str]) -> tuple[Element, ...]:
    """The parts of that page for another one, with what topics are called in place of their ids."""
    retold = tuple(replace(one, topics=_named(one.topics, names)) for one in judged.retold)
    return tuple(_sections(replace(judged, topics=_named(judged.topics, names), retold=retold)))


def _named(topics: Sequence[TopicKept], names: Mapping[str, str]) -> tuple[TopicKept, ...]:
    return tuple(replace(one, topic=names.get(one.topic, one.topic)) for one in topics)


def _sections(judged: OwnJudgement) -> Iterator[Element]:
    if judged.months:
        yield tiles(_figures(judged.months))
        told = "What stood at an item when an editor decided, and what the editor made of it."
        yield section("Month by month", told, pictures(_months(judged.months), _months_table(judged.months)))
    if judged.topics:
        told = "How often a suggestion was right, and how much of what belongs there was suggested."
        yield section("Heading by heading", told, pictures(_topics(judged.topics), _topics_table(judged.topics)))
    if judged.retold:
        told = "Each month as if it came again: judged by a classifier that knows today’s topic files and only the "
        told += "decisions before that month. This says what to expect of the next one."
        yield section("Learned from what came before", told, *_retold(judged.retold))


def _figures(months: Sequence[MonthKept]) -> list[tuple[str, str, str]]:
    last = months[-1]
    return [
        ("Decided", f"{last.items:,}", f"in {last.month}, after the classifier had looked"),
        ("Kept", percent(last.kept / last.items, 0), f"{last.kept:,} items, {last.exact:,} of them to the letter"),
        ("Moved", f"{last.moved:,}", "to another heading than the first suggested"),
        ("Discarded", f"{last.discarded:,}", "though a heading was suggested"),
        ("Added", f"{last.added:,}", "to a heading, though none was suggested"),
    ]


def _months(months: Sequence[MonthKept]) -> Element:
    shown = months[-_MONTHS:]
    drawn = [Bar(one.month, (one.kept, one.moved, one.discarded, one.added), f"{one.items:,}") for one in shown]
    told = Told("months", "What became of suggestions, by month", "The table below has the same numbers.")
    drawing = bars(told, drawn, max(one.items for one in shown), _PARTS)
    return figure("What became of suggestions", "Items decided in each month.", drawing)


def _months_table(months: Sequence[MonthKept]) -> Element:
    rows = [
        (one.month, *(f"{n:,}" for n in (one.items, one.kept, one.moved, one.discarded, one.added)))
        for one in reversed(months)
    ]
    return table(("Month", "Decided", "Kept", "Moved", "Discarded", "Added"), rows, "The newest month first")


def _topics(topics: Sequence[TopicKept]) -> Element:
    drawn = [Bar(one.topic, (one.precision or 0.0,), percent(one.precision, 0)) for one in topics if one.suggested][
        :_TOPICS
    ]
    told = Told("topics", "Suggestions that were right, by topic", "The table below has the same numbers.")
    return figure("Suggestions that were right", "Of all that was suggested for a topic.", bars(told, drawn, 1.0))


def _topics_table(topics: Sequence[TopicKept]) -> Element:
    rows = [(one.topic, *_found(one)) for one in topics]
    return table(("Topic", "Suggestions right", "Found of what belongs there"), rows, "The most decided first")


def _found(one: TopicKept) -> tuple[str, str]:
    return share(one.both, one.suggested), share(one.both, one.decided)


def _retold(months: Sequence[MonthRetold]) -> Iterator[Element]:
    if len(months) > 1:
        yield pictures(_expected(months))
    rows = [
        (
            one.month,
            f"{one.trained_on:,}",
            *(
                percent(value, 0)
                for value in (
                    one.covered / one.items,
                    one.first_right / one.covered if one.covered else None,
                    one.total.precision,
                    one.total.recall,
                )
            ),
        )
        for one in reversed(months)
    ]
    heads = ("Month", "Learned from", "With a heading", "First right", "Precision", "Recall")
    yield table(heads, rows, "The newest month first")
    yield table(
        ("Topic", "Suggestions right", "Found of what belongs there"),
        [(one.topic, *_found(one)) for one in months[-1].topics],
        f"Heading by heading, {months[-1].month}",
    )


def _expected(months: Sequence[MonthRetold]) -> Element:
    x = Axis("month", 0, len(months) - 1, tuple((n, _short(one.month)) for n, one in enumerate(months)))
    drawn = [
        Line("precision", tuple((n, one.total.precision or 0.0) for n, one in enumerate(months))),
        Line("recall", tuple((n, one.total.recall or 0.0) for n, one in enumerate(months))),
    ]
    words = f"From {counted(months[0].trained_on, 'decision')} to {months[-1].trained_on:,} to learn from."
    told = Told("retold", "Precision and recall by month", f"{words} The table below has the same numbers.")
    return figure("What to expect", words, lines(told, x, Axis("per cent", 0.0, 1.0, _SHARES), drawn))


def _short(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%b}"

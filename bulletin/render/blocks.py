"""Puts what editors wrote into words, as it is printed."""

from collections.abc import Sequence
from datetime import date, time
from urllib.parse import quote

from bulletin.model import Archive, Block, BlockKind, Bulletin, Edition, House, PrintedBlock, When
from bulletin.render import links
from bulletin.render.plain import cut, plain
from bulletin.render.typed import read, words_of
from bulletin.render.words import day, month, weekday

_TITLE_LETTERS = 200


def printed_blocks(edition: Edition, bulletin: Bulletin, house: House) -> tuple[PrintedBlock, ...]:
    """The blocks of an edition as they are printed: the introduction, news, tools, events, consultations, funding."""
    return tuple(_printed(block, calendar_link(edition, bulletin, house, block)) for block in edition.blocks)


def intro_of(blocks: Sequence[PrintedBlock], standing: str) -> str:
    """The introduction as plain text: what an editor wrote for this edition, or else the bulletin's standing one."""
    own = [words_of(block.paragraphs) for block in blocks if block.kind == BlockKind.INTRO]
    return plain(" ".join(own)) if own else standing


def calendar_link(edition: Edition, bulletin: Bulletin, house: House, block: Block) -> str:
    """Where everybody finds the calendar file of an event; nowhere when only who signs in would."""
    if block.kind is not BlockKind.EVENT or block.starts is None:
        return ""
    if bulletin.archive is not Archive.PUBLIC or not house.base_url:
        return ""
    there = f"{quote(bulletin.id)}/{quote(edition.id)}"
    return links.web(f"{house.base_url.rstrip('/')}/read/{there}?as=ics&event={block.number}")


def _printed(block: Block, calendar: str) -> PrintedBlock:
    return PrintedBlock(
        kind=block.kind.value,
        number=block.number,
        title=cut(plain(block.title), _TITLE_LETTERS),
        url=links.web(block.link),
        place=cut(plain(block.place), _TITLE_LETTERS),
        when=span(block.starts, block.ends) if block.starts else "",
        closes=_moment(block.closes) if block.closes else "",
        paragraphs=read(block.text),
        calendar_link=calendar,
        starts=str(block.starts or ""),
        ends=str(block.ends or ""),
    )


def span(starts: When, ends: When | None = None) -> str:
    """From when to when: Thursday 10 December 2026, 12:30pm to midday; or 6 to 8 August 2026."""
    if ends is None or ends == starts:
        return f"{weekday(starts.day)}{_at(starts.clock)}"
    if starts.day == ends.day and starts.clock and ends.clock:
        return f"{weekday(starts.day)}, {clock(starts.clock)} to {clock(ends.clock)}"
    if starts.clock or ends.clock:
        return f"{_moment(starts)} to {_moment(ends)}"
    return f"{_from(starts.day, ends.day)} to {day(ends.day)}"


def clock(at: time) -> str:
    """A time of day as GOV.UK writes it: 9am, 12:30pm, midday, midnight."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _moment(when: When) -> str:
    return f"{day(when.day)}{_at(when.clock)}"


def _at(at: time | None) -> str:
    return "" if at is None else f", {clock(at)}"


def _from(first: date, last: date) -> str:
    """The first day of a range, as far as it is not said by the last."""
    if first.year != last.year:
        return day(first)
    return f"{first.day}" if first.month == last.month else f"{first.day} {month(first)}"

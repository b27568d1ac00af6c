"""What an editor typed about a block becomes the block, or the mistakes in it, each with its field. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from urllib.parse import urlsplit

from bulletin.model import Block, BlockKind, When

FIELDS = ("title", "text", "link", "place", "starts", "ends", "closes")
TITLE_LETTERS, TEXT_LETTERS, LINK_LETTERS = 200, 5_000, 2_000

_NAMES = {
    BlockKind.INTRO: "an introduction",
    BlockKind.NEWS: "news",
    BlockKind.TOOL: "a tool",
    BlockKind.EVENT: "an event",
    BlockKind.CONSULTATION: "a consultation",
    BlockKind.FUNDING: "a funding call",
}
_DATED = frozenset({BlockKind.CONSULTATION, BlockKind.FUNDING})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)[t ]?(.*)")
_SPOKEN = re.compile(r"(\d\d?)(?:st|nd|rd|th)? ([a-z]{3,9}),? (\d{4})(?:,? (.+))?")
_CLOCK = re.compile(r"(\d\d?)(?:[:.](\d\d))?(?::00)? ?(am|pm)?")
_YEARS = range(2000, 2200)  # beyond, a slip of the hand; and the last day of all has no morrow for a calendar
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ")


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a field, in words."""

    field: str
    words: str


def block_of(number: int, kind: BlockKind, told: Mapping[str, str]) -> tuple[Block, list[Mistake]]:
    """The block that was typed, as far as it can be read, and what is wrong with it; `told`: FIELDS by name."""
    words = {name: " ".join(told.get(name, "").split()) for name in FIELDS} | {"text": told.get("text", "").strip()}
    surplus = [name for name in FIELDS if words[name] and name not in fields_of(kind)]
    mistakes = [Mistake(name, f"{_NAMES[kind]} has no field {name!r}: leave it out") for name in surplus]
    mistakes += [*_sizes(words), *_missing(kind, words)]
    days = dict[str, When | None]()
    for name in ("starts", "ends", "closes"):
        try:
            days[name] = when(words[name]) if words[name] and name in fields_of(kind) else None
        except ValueError as error:
            days[name] = None
            mistakes.append(Mistake(name, str(error)))
    block = Block(
        number,
        kind,
        words["title"],
        words["text"],
        words["link"],
        words["place"],
        days["starts"],
        days["ends"],
        days["closes"],
    )
    return block, mistakes or _order(block)


def fields_of(kind: BlockKind) -> tuple[str, ...]:
    """The fields that a block of this kind has."""
    if kind is BlockKind.INTRO:
        return ("text",)
    if kind is BlockKind.EVENT:
        return ("title", "text", "starts", "ends", "place", "link")
    return ("title", "text", "link", "closes") if kind in _DATED else ("title", "text", "link")


def when(told: str) -> When:
    """Read 2026-12-10, 2026-12-10 12:30, or 10 December 2026, 12:30pm; ValueError, in words, for anything else."""
    said = _WEEKDAY.sub("", told.lower().strip(), count=1)
    if iso := _ISO.fullmatch(said):
        year, month, day, clock = int(iso[1]), int(iso[2]), int(iso[3]), iso[4]
    elif spoken := _SPOKEN.fullmatch(said):
        month = _MONTHS.index(spoken[2][:3]) + 1 if spoken[2][:3] in _MONTHS else 0
        year, day, clock = int(spoken[3]), int(spoken[1]), spoken[4] or ""
    else:
        raise ValueError(f"{told[:40]!r} is no date: write it like 10 December 2026, or 10 December 2026, 12:30pm")
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{told[:40]!r} is no day of the calendar") from error
    if found.year not in _YEARS:
        raise ValueError(f"{told[:40]!r} is far from now: write a year from {_YEARS[0]} to {_YEARS[-1]}")
    return When(found, _clock(clock.strip()) if clock.strip() else None)


def _clock(told: str) -> time:
    if told in ("midday", "noon", "12 noon"):
        return time(12)
    if told == "midnight":
        raise ValueError("midnight begins a day and ends one: write 00:00, or 11:59pm")
    found = _CLOCK.fullmatch(told)
    if not found or not (found[2] or found[3]):
        raise ValueError(f"{told[:40]!r} is no time: write it like 12:30, or 9am")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > (12 if half else 23) or (half and hour == 0) or minute > 59:
        raise ValueError(f"{told[:40]!r} is no time of the day")
    return time(hour % 12 + 12 * (half == "pm") if half else hour, minute)


def _sizes(words: Mapping[str, str]) -> list[Mistake]:
    most = {"title": TITLE_LETTERS, "text": TEXT_LETTERS, "link": LINK_LETTERS, "place": TITLE_LETTERS}
    return [
        Mistake(name, f"the {name} has {len(words[name]):,} letters, and {letters:,} is the most: make it shorter")
        for name, letters in most.items()
        if len(words[name]) > letters
    ]


def _missing(kind: BlockKind, words: Mapping[str, str]) -> list[Mistake]:
    found = []
    if kind is BlockKind.INTRO and not words["text"]:
        found.append(Mistake("text", "an introduction needs a text"))
    if kind is not BlockKind.INTRO and not words["title"]:
        found.append(Mistake("title", "give it a title"))
    if kind is BlockKind.EVENT and not words["starts"]:
        found.append(Mistake("starts", "say on which day it starts"))
    if words["link"] and not _is_web(words["link"]):
        found.append(Mistake("link", "a link begins with https:// or http:// and names a website"))
    return found


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in link


def _order(block: Block) -> list[Mistake]:
    """What is wrong with days that can be read."""
    starts, ends = block.starts, block.ends
    if starts is None or ends is None:
        return []
    if (starts.clock is None) != (ends.clock is None):
        return [Mistake("ends", "give a time for the start and for the end, or for neither")]
    first, last = ((when.day, when.clock or time()) for when in (starts, ends))
    return [Mistake("ends", "it ends before it starts")] if last < first else []

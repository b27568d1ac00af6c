"""Email alerts and newsletters as raw entries: the links whose words are titles, and what is said under them.

Nothing in an email says which of its links are news. A link counts when its own words could be a title; "Read more"
and its like take the nearest heading above them. What belongs to the letter itself is left out (see `chrome`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from bulletin.errors import ParseError
from bulletin.identity import canonical_url
from bulletin.model import DateSource, Fetched
from bulletin.parse.chrome import is_about_the_letter, leads_on
from bulletin.parse.letters import Letter, letter
from bulletin.parse.lines import Line, could_be_title, of_html, of_text
from bulletin.parse.links import web_address
from bulletin.parse.raw import RawEntry, RawFeed, Words
from bulletin.parse.text import cut
from bulletin.parse.unwrap import unwrapped

_MOST = 50  # entries of a letter; how many letters there are is the visit's to bound
_MOST_LINES = 5_000
_LONGEST_TITLE = 300  # characters
_ONE_TITLE = 200  # characters: a link without a heading that says more is a title and a summary
_SUMMARY = 400  # characters
_WORDS = 4  # that a title has at least, or one less if they are long
_LONG = 20  # characters
_NAME = r"(?:[A-Z][\w.'’-]*+\s*+){1,5}"
_PEOPLE = re.compile(rf"{_NAME}(?:(?:,|;|&|and\b)\s*+{_NAME})+(?:et al\.?)?")
_PLACE = re.compile(r"\b(?:19|20)\d\d\s*[;:]|\b\d+\s*\(\d+\)|\bdoi\b|\bvol(?:ume)?\b|\bpp?\.?\s*\d", re.IGNORECASE)
_LABEL = re.compile(r"^\[(?:pdf|html|book|doc|citation)\]\s*", re.IGNORECASE)  # Google Scholar's
_DASHES = " -–—|•·,;:."
_END = Line("", is_heading=True)


@dataclass
class _News:
    """One item of a letter."""

    title: str
    address: str
    summary: list[Line]
    is_named: bool  # its link says its title


@dataclass
class _Reading:
    """How far a letter is read: its news, and what has been said since the last of them."""

    news: list[_News] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    said: list[Line] = field(default_factory=list)

    def hear(self, line: Line) -> None:
        """Take in words that lead nowhere."""
        self.said.append(_END if is_about_the_letter(line.words) else line)

    def follow(self, lines: list[Line]) -> None:
        """Take in a link and its lines."""
        words, address = " ".join(line.words for line in lines), unwrapped(web_address(lines[0].address))
        if is_about_the_letter(words, address):
            self.said.append(_END)
            return
        key = canonical_url(address) or address
        if not address or key in self.known:
            return
        title, summary = _of_link(lines)
        place = None if title else self._title_above() if leads_on(words) else None
        if title:
            self._add(_News(title, address, summary, is_named=True), self.said)
        elif place is not None:
            news = _News(self.said[place].words, address, self.said[place + 1 :], is_named=False)
            self._add(news, self.said[:place])
        else:
            self.said += [Line(words)] if lines[0].is_inside else []
            return
        self.known.add(key)

    def end(self) -> None:
        """Give the last news what was said after it."""
        self._sum_up(self.said)

    def _add(self, news: _News, before: list[Line]) -> None:
        self._sum_up(before)
        self.news.append(news)
        self.said = []

    def _sum_up(self, said: list[Line]) -> None:
        """Give the last news what was said under it, up to the next heading, if it has no summary of its own."""
        if self.news and not self.news[-1].summary:
            headings = (place for place, line in enumerate(said) if line.is_heading)
            self.news[-1].summary = said[: next(headings, len(said))]

    def _title_above(self) -> int | None:
        """The place of the title that a "Read more" belongs to: the nearest heading, else what looks like a title.

        None where it belongs to a link that has said its title itself.
        """
        places = range(len(self.said) - 1, -1, -1)
        heading = next((place for place in places if _is_title(self.said[place], of_heading=True)), None)
        if heading is not None or (self.news and self.news[-1].is_named):
            return heading
        return next((place for place in places if _is_title(self.said[place])), None)


def read(fetched: Fetched) -> RawFeed:
    """Read letters, body and pages, of which the last is the newest and comes first. A link in several counts once.

    No letter is an error: one that cannot be read, holds no news, or more than anybody picks from, is counted in a
    warning. An empty body is none: it stands where all letters of a visit were left out.
    """
    entries: dict[str, RawEntry] = {}
    broken = silent = long = 0
    for body in filter(None, reversed((fetched.body, *fetched.pages))):
        try:
            said = letter(body)
            found = list(_entries(said))
        except ParseError:
            broken += 1
            continue
        silent += said.is_alert and not found
        long += len(found) > _MOST
        for entry in found[:_MOST]:
            entries.setdefault(canonical_url(entry.links[0]) or entry.links[0], entry)
    return RawFeed(tuple(entries.values()), warnings=tuple(_warnings(broken, silent, long)))


def _warnings(broken: int, silent: int, long: int) -> Iterator[str]:
    if broken:
        yield f"{broken} of the emails could not be read and were left out"
    if silent:
        yield f"{silent} of the emails held no link that looks like a title"
    if long:
        yield f"{long} of the emails held more than {_MOST} items: the first {_MOST} were kept"


def _entries(said: Letter) -> Iterator[RawEntry]:
    """Yield the news of a letter; the plain text counts where the HTML holds none."""
    if not said.is_alert:
        return
    for one in _news(of_html(said.html)) or _news(of_text(said.text)):
        yield RawEntry(
            title=Words(one.title, literal=True),
            summary=Words(cut(" ".join(line.words for line in one.summary).lstrip(_DASHES), _SUMMARY), literal=True),
            links=(one.address,),
            dates=((DateSource.PUBLISHED, said.date),) if said.date else (),
            language=said.language,
        )


def _news(lines: Iterable[Line]) -> list[_News]:
    reading = _Reading()
    for link, group in groupby(islice(lines, _MOST_LINES), key=lambda line: line.link):
        if link:
            reading.follow(list(group))
        else:
            for line in group:
                reading.hear(line)
    reading.end()
    return reading.news


def _of_link(lines: list[Line]) -> tuple[str, list[Line]]:
    """The title that a link says, or nothing, and what else it says: some links hold a whole item."""
    headings = [line for line in lines if line.is_heading]
    is_one = len(headings) in (0, len(lines)) and sum(len(line.words) for line in lines) <= _ONE_TITLE
    title = " ".join(line.words for line in lines) if is_one else (headings or lines)[0].words
    title = _LABEL.sub("", title)
    words = len(title.split())
    is_title = words >= _WORDS or (words == _WORDS - 1 and len(title) >= _LONG)
    if not is_title or len(title) > _LONGEST_TITLE or leads_on(title) or lines[0].is_inside:
        return "", []
    return title, [] if is_one else [line for line in lines if line.words != title]


def _is_title(line: Line, *, of_heading: bool = False) -> bool:
    """Whether a line could be the title of what a link under it leads to, and neither its authors nor its place."""
    if of_heading:
        return line.is_heading and could_be_title(line.words.rstrip(".!"))
    return could_be_title(line.words) and not _PEOPLE.fullmatch(line.words) and not _PLACE.search(line.words)

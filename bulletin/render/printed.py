"""Puts an item into words, as it is printed: what its rights allow, and nothing that is not plain text."""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bulletin.identity import is_preprint
from bulletin.model import (
    Channel,
    Citation,
    Correction,
    House,
    Item,
    Library,
    Mark,
    Placed,
    Printed,
    PrintedCorrection,
    Rights,
    Wording,
)
from bulletin.model.kinds import type_of
from bulletin.render import access, links, words
from bulletin.render.plain import cut, plain, runs_left, shorten, text_of
from bulletin.render.rights import Shown, is_free, words_of

_TITLE_LETTERS = 300
_LABEL_LETTERS = 100
_MOST_SOURCES = 4
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)  # the usual shapes of BCP 47

# Titles that say themselves what a notice says: RETRACTED: Title, [Corrected] Title, Retracted article: Title.
_SAYS = {
    mark: re.compile(rf"\W*{words}(?: \w+)?\s*[\]):\u2013\u2014-]", re.IGNORECASE)
    for mark, words in (
        (Mark.RETRACTED, "(?:retract(?:ed|ion)|withdrawn)"),
        (Mark.CONCERN, "expression of concern"),
        (Mark.CORRECTED, "correct(?:ed|ion)"),
    )
}


def marked(title: str, marks: Sequence[Mark]) -> str:
    """Put the gravest thing that notices say of an item where every design shows it: before its title.

    A title that says so itself stays as it is.
    """
    return "".join(f"[{mark.capitalize()}] " for mark in marks[:1] if not _SAYS[mark].match(title)) + title


def flags(title: str, marks: Sequence[Mark]) -> tuple[str, ...]:
    """What else notices say of an item, besides what stands before its title."""
    said = (mark.capitalize() for mark in marks[1:])
    return tuple(told for told in said if f"[{told}]" not in title)


@dataclass(frozen=True)
class Press:
    """What it takes to put an item into words."""

    zone: str
    library: Library
    house: House
    channel: Channel
    language: str

    def printed(self, placed: Placed) -> Printed:
        """The item as it is printed: what its rights allow, and nothing that is not plain text."""
        item = placed.item
        carriers = sorted(item.feeds, key=lambda feed: feed != item.source)
        names = [_label(self.house.feeds[feed].name) for feed in carriers if feed in self.house.feeds]
        url = links.of(item)
        free = bool(url) and is_free(item, self.house.feeds)
        kind = type_of(item, self.house.feeds.get(item.source))
        theirs = words_of(item, self.house.feeds, self.channel)
        own = placed.wording or Wording(item.id, "", "", "", item.date)
        title = cut(plain(own.title or item.title), _TITLE_LETTERS) or "Untitled"
        source, dated = (
            _label(item.citation.journal) or next(iter(names), _site(url)),
            words.dated(item, self.zone, self._followed(item)),
        )
        wanted = access.Wanted(title, url, _label(item.doi), source, dated)
        note = access.note(wanted, self.library, free=free, inside=self.channel is not Channel.OUTSIDE)
        title = marked(title, item.marks)
        return Printed(
            title=title,
            url=url,
            source=source,
            date=dated,
            kind=kind.words if kind else _label(item.kind),
            access=note.words,
            free=free,
            summary=plain(own.summary) or (shorten(text_of(theirs.html)) if theirs.html else ""),
            abstract=not own.summary and theirs.shown is Shown.ABSTRACT and bool(item.doi or item.citation.journal),
            doi=wanted.doi,
            see_also=tuple(
                self.house.topics[topic].heading for topic in placed.see_also if topic in self.house.topics
            ),
            also_from=tuple(names[1:_MOST_SOURCES]),
            language=_language(item.language, self.language),
            note=plain(placed.note),
            pick=placed.pick,
            id=item.id,
            authors=tuple(_label(author) for author in item.authors),
            citation=Citation(*(_label(part) for part in astuple(item.citation))),
            published=words.iso(item, self.zone),
            access_link=note.link,
            ask_link=note.ask,
            credit=theirs.credit(self.house.feeds) if theirs.rights is Rights.OPEN else "",
            foot_credit=theirs.credit(self.house.feeds) if theirs.rights is Rights.OGL else "",
            type=kind.value if kind else "",
            flags=(*["Preprint"] * is_preprint(item), *flags(title, item.marks)),
            direction="rtl" if runs_left(title) else "",
            edited=self._edited(placed.wording),
        )

    def correction(self, told: Correction) -> PrintedCorrection:
        """An item that an earlier edition printed, with what notices say of it before its title."""
        title = cut(plain(told.item.title), _TITLE_LETTERS) or "Untitled"
        return PrintedCorrection(marked(title, told.item.marks), links.of(told.item), words.day(told.day))

    def _edited(self, wording: Wording | None) -> str:
        """Who gave an item other words, for the organisation's own people, who may ask them."""
        if wording is None or self.channel is not Channel.INSIDE or not (wording.title or wording.summary):
            return ""
        return f"Edited by the library ({words.initials(wording.editor)})"

    def _followed(self, item: Item) -> datetime | None:
        """Since when we look at the feed that brought it first, as far as anybody knows."""
        return self.house.followed.get(item.feeds[0]) if item.feeds else None


def _site(url: str) -> str:
    """The name of a website, for an item whose feed nobody knows any more."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _label(text: str) -> str:
    return cut(plain(text), _LABEL_LETTERS)


def _language(tag: str, around: str) -> str:
    """The language of an item that is not that of the page around it, for screen readers."""
    return tag if _LANGUAGE.fullmatch(tag) and _primary(tag) != _primary(around) else ""


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()

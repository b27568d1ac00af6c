"""Where the items of a web page probably stand, for a librarian who knows no CSS.

Every link that says something votes for the elements around it; what repeats, with a title, a link and best of all a
date and a heading in each, is the list of items.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log2

from bulletin.identity import normal_title
from bulletin.model import Fetched, Selectors
from bulletin.parse import dates
from bulletin.parse.blocks import HEADINGS, entry_of
from bulletin.parse.htmlpage import Page, page_of
from bulletin.parse.raw import RawEntry
from bulletin.parse.soup import Tag, attribute, select, words

_LINKS = 2_000  # looked at
_AROUND = 8  # elements around a link
_GROUPS = 100  # selectors that are looked at, those with the most places
_FINALISTS = 12  # of these, asked of the whole page
_PLACES = 200  # of a finalist
_SAMPLE = 10  # places of one selector that are read
_FEWEST = 3  # items of a list
_DIFFERENT = 0.7  # share of the places that must lead somewhere of their own
_LONG_TITLE = 4  # words; menus say less
_WORTH = 1.5  # the least score: seven links with long titles, or three with a heading or a date in each

_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "dialog"})
_ASIDE_ROLES = frozenset({"navigation", "contentinfo", "banner", "complementary", "dialog", "alertdialog", "search"})
_ASIDE_NAMES = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menus?|breadcrumbs?|footer|sidebar|cookies?|consent|social|shar(?:e|ing)|"
    r"pagination|pager|masthead|widgets?)(?![a-z])",
    re.IGNORECASE,
)
_INSIDE_ITEMS = frozenset({"article", "main", "section", "li", "td"})
_OUTERMOST = frozenset({"html", "body", "main"})
_REPEATED = frozenset({"li", "tr", "article", "dt", *HEADINGS})  # items, although they may have no class
# Classes that tell a place in a list, a layout, or the mood of a style sheet, and not what a thing is.
_NO_NAME = re.compile(
    r".*\d.*|.{41,}|.*[^\w-]|(?:css|sc|col|row|flex|grid|text|font|bg|is|has|js|mt|mb|pt|pb|px|py|d|w|h)(?:-|$).*"
    r"|(?:odd|even|first|last|active|clearfix|block|hidden|relative|field-content|status-publish|hentry|wrapper)"
)
_TELLING = re.compile(
    r"item|teaser|card|result|post|news|article|entry|listing|publication|report|document|tile|row|media",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Candidate:
    """A selector, and how much what it finds looks like a list of items: 0 is not at all."""

    selector: str
    score: float

    @property
    def rank(self) -> tuple[float, bool, bool, int]:
        """What is better comes later: the score, then a class or id that tells what is meant, and few letters."""
        is_named = not self.selector.isalnum()
        return (round(self.score, 1), is_named, bool(_TELLING.search(self.selector)), -len(self.selector))


def guess(fetched: Fetched) -> Selectors | None:
    """The selector of the items of a page; None when nothing on it looks like a list of items.

    Only `item` is given: the other parts are found by themselves. Raise ParseError when the document is no page.
    """
    page = page_of(fetched)
    found = [_judged(selector, places, page) for selector, places in _groups(page.tree)]
    finalists = sorted(found, key=lambda one: one.rank)[-_FINALISTS:]
    # Judged anew by what each finds on the whole page, navigation included.
    final = [_judged(one.selector, select(page.tree, one.selector, _PLACES), page) for one in finalists]
    best = max(final, key=lambda one: one.rank, default=None)
    return Selectors(best.selector) if best and best.score >= _WORTH else None


def _groups(tree: Tag) -> list[tuple[str, list[Tag]]]:
    """The selectors that could be meant, each with what it finds around telling links; the largest groups."""
    groups: defaultdict[str, dict[int, Tag]] = defaultdict(dict)
    for link in islice(_telling_links(tree), _LINKS):
        for element in islice(_around(link), _AROUND):
            for selector in _selectors(element):
                groups[selector][id(element)] = element
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))[:_GROUPS]
    return [(selector, list(found.values())) for selector, found in largest if len(found) >= _FEWEST]


def _telling_links(tree: Tag) -> Iterator[Tag]:
    """The links of the page itself, its navigation left out."""
    aside = {id(place) for place in tree.find_all(_is_aside)}
    for link in tree.find_all("a", href=True):
        if aside.isdisjoint(map(id, (link, *link.parents))):
            yield link


def _is_aside(element: Tag) -> bool:
    """Whether it is navigation, a footer, a notice or the like; what holds the page's own heading is not."""
    if element.name in _OUTERMOST:
        return False
    if element.name in _ASIDE_TAGS or attribute(element, "role") in _ASIDE_ROLES:
        return True
    if element.name == "header":
        return not any(outer.name in _INSIDE_ITEMS for outer in element.parents)
    named = _ASIDE_NAMES.search(f"{attribute(element, 'class')} {attribute(element, 'id')}")
    return bool(named) and not element.find(["h1", "main"])


def _around(link: Tag) -> Iterator[Tag]:
    """The link and the elements around it, the innermost first."""
    yield link
    for outer in link.parents:
        if outer.name in _OUTERMOST:
            return
        yield outer


def _selectors(element: Tag) -> Iterator[str]:
    """The selectors that could mean an element: its name and a class, or its name inside something that has one."""
    names = _names(element)
    yield from names
    if element.name in _REPEATED:
        yield element.name
    if names:
        return
    for distance, outer in enumerate(islice(element.parents, _AROUND)):
        around = [*_names(outer), *_identifier(outer)]
        if around:
            if element.name in _REPEATED:
                yield f"{around[0]} {element.name}"
            elif distance == 0:
                yield f"{around[0]} > {element.name}"
            return


def _names(element: Tag) -> list[str]:
    """tag.class for each class that says what an element is."""
    classes = attribute(element, "class").split()
    return [f"{element.name}.{name}" for name in classes if not _NO_NAME.fullmatch(name.lower())]


def _identifier(element: Tag) -> list[str]:
    name = attribute(element, "id")
    return [f"{element.name}#{name}"] if name and not _NO_NAME.fullmatch(name.lower()) else []


def _judged(selector: str, places: list[Tag], page: Page) -> _Candidate:
    """Judge a selector by the places that it finds: a list of items says something else in each, with a link."""
    sample = places[:: -(-len(places) // _SAMPLE)] if places else []
    entries = [entry_of(place, Selectors(selector), page.base) for place in sample]
    different = {entry.links for entry in entries if entry.links and entry.title.text}
    said = {(normal_title(entry.title.text), entry.dates) for entry in entries}
    if len(places) < _FEWEST or min(len(different), len(said)) < _DIFFERENT * len(sample):
        return _Candidate(selector, 0)
    return _Candidate(selector, log2(len(places) + 1) * sum(map(_worth, sample, entries)) / len(sample))


def _worth(place: Tag, entry: RawEntry) -> float:
    """How much one place looks like an item: a date says most, and several headings that it holds several items."""
    headings = sum(1 for heading in place.find_all(HEADINGS, limit=_SAMPLE) if words(heading))
    is_heading = place.name in HEADINGS
    worth = (
        2.0 * any(dates.read(text) for _, text in entry.dates)
        + 1.0 * bool(headings or is_heading)
        + 0.5 * bool(entry.summary.text)
        + 0.5 * (len(entry.title.text.split()) >= _LONG_TITLE)
    )
    # What stands around a heading is better than the heading: it has an end.
    return worth * (0.9 if is_heading else 1 / max(1, headings))

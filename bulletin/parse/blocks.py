"""One item's place on a web page, and what of it is the title, the link, the date and the summary.

What no selector names is found the way a reader's eye finds it: the heading, the link on it, the date beside it, the
first paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from bulletin.model import DateSource, Selectors
from bulletin.parse import dates
from bulletin.parse.links import web_address
from bulletin.parse.raw import RawEntry, Words
from bulletin.parse.soup import Tag, attribute, first, words

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADS = (*HEADINGS, "dt")
_FOLLOWING = 6  # elements behind a heading that may belong to it
_LOOKED_AT = 300  # elements of one item
_DATES = 6  # of one item
_SHORT = 60  # characters: a date with a label
_FEW = 5  # words: fewer are no summary
_CELLS = ("td", "th", "dd", "p", "strong", "span")

_SAYS_NOTHING = re.compile(
    r"(?:read|find out|learn|see|view|show|continue)?\s*(?:more|reading|here|all|details|report|article|post)?"
    r"|(?:click|tap) here|download(?: \w{1,5})?|open|pdf|word|link",
    re.IGNORECASE,
)
# Parts of class names: date, entry-date, card__date, postDate; but not update or sometimes.
_DATED = re.compile(r"(?<![A-Za-z])(?:date|time|published|posted|created|pubdate)(?![a-z])|Date(?![a-z])|Published")
_UPDATED = re.compile(r"\b(?:updated?|modified|revised|reviewed)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted|issued)\b", re.IGNORECASE)
_TITLED = re.compile(r"(?<![A-Za-z])(?:title|heading|headline)(?![a-z])|Title(?![a-z])|Heading|Headline")
_SUMMED_UP = re.compile(r"(?<![A-Za-z])(?:summary|excerpt|description|teaser-text|standfirst|intro|abstract|snippet)")


def entry_of(item: Tag, selectors: Selectors, base: str) -> RawEntry:
    """What stands at one item's place; its links are absolute, and it is empty when nothing is there."""
    parts = parts_of(item)
    title = (first(parts, selectors.title) if selectors.title else None) or _title(parts)
    link = _link(parts, selectors.link, title, base)
    said = _title_words(parts, title)
    return RawEntry(
        title=Words(said, literal=True),
        links=(link,) if link else (),
        dates=tuple(dict.fromkeys(_dates(parts, selectors.date, said)))[:_DATES],
        summary=_summary(parts, selectors.summary, title),
    )


def marked_dates(parts: Sequence[Tag]) -> list[tuple[DateSource, str]]:
    """What <time> says, and what is called a date by its class: days of publication first."""
    marked = chain(_all(parts, ("time",)), _named(parts, _DATED))
    short = (tag for tag in marked if len(words(tag)) <= _SHORT)
    found = chain.from_iterable(map(_dates_of, islice(short, _DATES)))
    return sorted(found, key=lambda date: date[0] is not DateSource.PUBLISHED)


def first_paragraph(parts: Sequence[Tag], title: Tag | None = None) -> Words:
    """The first paragraph that says something, or what is called a summary by its class; the title is neither."""
    paragraphs = chain(_all(parts, ("p",)), _named(parts, _SUMMED_UP))
    return next((Words(tag.decode_contents()) for tag in paragraphs if _sums_up(tag, title)), Words())


def parts_of(item: Tag) -> tuple[Tag, ...]:
    """The item; where it is only a heading, also what follows it up to the next one."""
    if item.name not in _HEADS:
        return (item,)
    siblings = (sibling for sibling in item.next_siblings if isinstance(sibling, Tag))
    following = []
    for sibling in islice(siblings, _FOLLOWING):
        if sibling.name in _HEADS or sibling.find(_HEADS):
            break
        following.append(sibling)
    return (item, *following)


def _all(parts: Sequence[Tag], names: Sequence[str] = ()) -> Iterator[Tag]:
    """Each part and the elements inside it, of these names or of all, in page order."""
    for part in parts:
        inside = (inner for inner in part.descendants if isinstance(inner, Tag))
        yield from (tag for tag in islice(chain((part,), inside), _LOOKED_AT) if not names or tag.name in names)


def _named(parts: Sequence[Tag], pattern: re.Pattern[str]) -> Iterator[Tag]:
    """The elements whose class or itemprop is of that sort."""
    for tag in _all(parts):
        if pattern.search(f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}"):
            yield tag


def _title(parts: Sequence[Tag]) -> Tag | None:
    """The first heading, else what is called a title, else the link that says most."""
    for found in chain(_all(parts, HEADINGS), _named(parts, _TITLED)):
        if words(found):
            return found
    links = [link for link in _all(parts, ("a",)) if not _SAYS_NOTHING.fullmatch(words(link))]
    return max(links, key=lambda link: len(words(link)), default=None)


def _title_words(parts: Sequence[Tag], title: Tag | None) -> str:
    """What the title says; where there is none, the first words that are neither a date nor "Read more"."""
    if title is not None and words(title):
        return words(title)
    for link in _all(parts, ("a", "img")):
        label = next(filter(None, (attribute(link, name).strip() for name in ("aria-label", "title", "alt"))), "")
        if label and not _SAYS_NOTHING.fullmatch(label):
            return label
    said = (words(cell) for cell in _all(parts, _CELLS))
    return next((text for text in said if text and not _SAYS_NOTHING.fullmatch(text) and not _is_date(text)), "")


def _link(parts: Sequence[Tag], selector: str, title: Tag | None, base: str) -> str:
    """The address of the item: where the title leads, else the first link that leads anywhere."""
    chosen = first(parts, selector) if selector else None
    candidates = chain(*(_links_around(tag) for tag in (chosen, title) if tag), _all(parts, ("a",)), parts[0].parents)
    addresses = (_address(link, base) for link in candidates if link.name == "a")
    return next(filter(None, addresses), "")


def _links_around(tag: Tag) -> Iterator[Tag]:
    return chain((tag,), tag.find_all("a", limit=_DATES), tag.find_parents("a", limit=1))


def _address(link: Tag, base: str) -> str:
    """Where a link leads; empty for a place on the same page."""
    href = attribute(link, "href").strip()
    return "" if href.startswith("#") else web_address(href, base)


def _dates(parts: Sequence[Tag], selector: str, title: str) -> Iterator[tuple[DateSource, str]]:
    """What may be the day of publication, best first."""
    if selector:
        chosen = first(parts, selector)
        yield from _dates_of(chosen) if chosen else ()
        return
    yield from marked_dates(parts)
    text = " ".join(words(part, apart=True) for part in parts)
    for place in (text.replace(title, " ", 1), title):
        day = dates.find(_from_published(place))
        yield from [(_source(place), day)] if day else []


def _dates_of(tag: Tag) -> Iterator[tuple[DateSource, str]]:
    """The machine's words for the date, then the reader's."""
    said = words(tag, apart=True)
    around = words(tag.parent, apart=True) if tag.parent else said
    named = f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}"
    source = _source(f"{around if len(around) <= _SHORT else said} {named}")
    for text in (attribute(tag, "datetime"), attribute(tag, "content"), dates.find(_from_published(said)) or said):
        if any(map(str.isdigit, text)):
            yield source, text


def _from_published(text: str) -> str:
    """What follows the word "published", where a date does: an update may be told before it."""
    found = _PUBLISHED.search(text)
    return text[found.end() :] if found and dates.find(text[found.end() :]) else text


def _source(text: str) -> DateSource:
    is_update = _UPDATED.search(text) and not _PUBLISHED.search(text)
    return DateSource.UPDATED if is_update else DateSource.PUBLISHED


def _is_date(text: str) -> bool:
    return len(text) <= _SHORT and bool(dates.find(text))


def _summary(parts: Sequence[Tag], selector: str, title: Tag | None) -> Words:
    if not selector:
        return first_paragraph(parts, title)
    chosen = first(parts, selector)
    return Words(chosen.decode_contents()) if chosen else Words()


def _sums_up(tag: Tag, title: Tag | None) -> bool:
    """Whether it says something, and neither is nor holds the title, nor only dates it."""
    said = words(tag)
    return len(said.split()) >= _FEW and not _is_date(said) and not (title and _is_one(tag, title))


def _is_one(tag: Tag, other: Tag) -> bool:
    """Whether one of them is or holds the other."""
    lines = ((tag, *tag.parents), (other, *other.parents))
    return any(tag is outer for outer in lines[1]) or any(other is outer for outer in lines[0])

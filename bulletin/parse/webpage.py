"""A web page without a feed as raw entries: CSS selectors tell where its items stand."""

from collections.abc import Iterable

from bulletin.errors import ParseError
from bulletin.identity import normal_title
from bulletin.model import Fetched, Selectors, Trouble
from bulletin.parse.blocks import entry_of, parts_of
from bulletin.parse.htmlpage import page_of
from bulletin.parse.raw import RawEntry, RawFeed
from bulletin.parse.soup import Tag, attribute, check_selector, first, select, words

_MOST = 500  # items of a page (reference bar B3)
_LOOKED_AT = 2 * _MOST  # places: the same item may stand at two
_ASIDE = ("nav", "footer")
_ASIDE_ROLES = frozenset({"navigation", "contentinfo"})


def read(fetched: Fetched) -> RawFeed:
    """Read the items of a page, each once, in page order, at most 500.

    Raise ParseError with what to do when nothing is found where the selectors look, or when one of them is no CSS.
    """
    selectors = fetched.feed.selectors
    if selectors is None or not selectors.item:
        raise ParseError(f"nothing tells where the items of this page stand: {_try(fetched)} proposes a selector")
    for selector in filter(None, vars(selectors).values()):
        if complaint := check_selector(selector):
            raise ParseError(complaint)
    page = page_of(fetched)
    places = select(page.tree, selectors.item, _LOOKED_AT)
    entries = _each_once(entry_of(place, selectors, page.base) for place in _in_the_page(places))
    if not entries:
        raise ParseError(_nothing(places, fetched, selectors), Trouble.NOT_A_FEED)
    title = first([page.tree], "title")
    return RawFeed(
        entries=tuple(entries[:_MOST]),
        home=page.url,
        base=page.base,
        language=page.language,
        warnings=(*page.warnings, *_warnings(places, entries, selectors)),
        title=words(title) if title else "",
    )


def _in_the_page(places: list[Tag]) -> list[Tag]:
    """What stands in the page itself, where a selector also finds things in its navigation or footer."""
    return [place for place in places if not _is_aside(place)] or places


def _is_aside(place: Tag) -> bool:
    return any(outer.name in _ASIDE or attribute(outer, "role") in _ASIDE_ROLES for outer in place.parents)


def _each_once(entries: Iterable[RawEntry]) -> list[RawEntry]:
    """Each link and title once, at its first place but in its fullest form; no head of a table, no picture's link."""
    found: dict[object, RawEntry] = {}
    for entry in entries:
        key = (entry.links or entry.dates, normal_title(entry.title.text))
        if not entry.is_empty and (key not in found or _says_more(entry, found[key])):
            found[key] = entry
    titled = {entry.links for entry in found.values() if entry.title.text}
    return [entry for entry in found.values() if _stands_alone(entry, titled)]


def _stands_alone(entry: RawEntry, titled: set[tuple[str, ...]]) -> bool:
    """Whether it is an item of its own, among those whose titled ones have these links."""
    if not entry.links:
        return bool(entry.dates) or not any(titled)
    return bool(entry.title.text) or entry.links not in titled


def _says_more(entry: RawEntry, known: RawEntry) -> bool:
    def fullness(one: RawEntry) -> tuple[bool, bool]:
        return (bool(one.dates), bool(one.summary.text))

    return fullness(entry) > fullness(known)


def _nothing(places: list[Tag], fetched: Fetched, selectors: Selectors) -> str:
    if places:
        return (
            f"the selector {selectors.item!r} finds {len(places):,} places on this page, but neither a title nor a "
            f"link in any of them: {_try(fetched)} shows what could be read"
        )
    return (
        f"the selector {selectors.item!r} finds nothing on this page any more: the site may have been rebuilt, or "
        f"fills the page in by script; try {_try(fetched)}"
    )


def _try(fetched: Fetched) -> str:
    return f"`bulletin feeds try {fetched.feed.url}`"


def _warnings(places: list[Tag], entries: list[RawEntry], selectors: Selectors) -> Iterable[str]:
    """What was left out, and which selectors have come to nothing."""
    if len(entries) > _MOST or len(places) == _LOOKED_AT:
        yield f"the page has more than {_MOST:,} items; the first {_MOST:,} were read"
    for part in ("title", "link", "date", "summary"):
        selector = getattr(selectors, part)
        if selector and not any(first(parts_of(place), selector) for place in places):
            yield f"the selector {selector!r} finds no {part} in any item of this page"

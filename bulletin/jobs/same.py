"""Same: what several sources report of one thing becomes one item, and what a notice concerns is marked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bulletin import classify, parse
from bulletin.identity import canonical_url, normal_title
from bulletin.jobs.desk import Desk
from bulletin.jobs.past import lately
from bulletin.model import Item
from bulletin.store import Pair

_TELLING = 4  # words that a title must have, to name one thing among all
_OLDEST = timedelta(days=730)  # of what anything is compared with
_COMPARED = 10_000  # items, the newest, with which every new one is compared
_OPENING = 1_200  # letters of a summary, with its markup, among which telling words are looked for
_SHARED = 5  # words, the longest of a title or text, that something as old must share with it
_EACH = 5  # items that are compared because they share them, the newest
_ALL = 100  # words of a title
_NAMESAKES = 50  # items with the words of one title that are looked at
_OPEN = timedelta(days=60)  # after a notice was first seen: what it concerns is here by then, or never


def join(desk: Desk) -> int:
    """Join what was never compared, which is what the classifier has not looked at, to what says the same.

    Gives the number of items that went into another one. What a person decided on stays; see docs/duplicates.md.
    """
    new = desk.store.items.list(ids=desk.store.suggestions.unseen(lately(desk)))
    if not new:
        return 0
    known = _known(desk, new)
    items = {item.id: item for item in (*new, *known)}
    pairs = [_pair(pair, items) for pair in classify.alike(new, known)]
    return desk.store.items.join([pair for pair in pairs if not _is_marked_preprint(pair, items)], desk.now())


def _known(desk: Desk, new: Sequence[Item]) -> list[Item]:
    """What new items are compared with: the newest there is, and what shares telling words with one of them.

    In a small library the newest are all of two years. Where there are more, what says the same is found by words.
    """
    oldest, names = desk.now() - _OLDEST, {item.id for item in new}
    found = {item.id: item for item in desk.store.items.newest(_COMPARED, oldest)}
    if len(found) >= _COMPARED:
        texts = [text for item in new for text in (item.title, item.summary[:_OPENING])]
        more = desk.store.search.sharing(texts, _SHARED, _EACH) - found.keys()
        found |= {item.id: item for item in desk.store.items.list(ids=more, since=oldest)}
    return [item for name, item in found.items() if name not in names]


def _pair(pair: classify.Pair, items: Mapping[str, Item]) -> Pair:
    is_preprint, one, other = pair.reason is classify.Reason.VERSIONS, pair.a, pair.b
    if is_preprint and not classify.is_preprint(items[one]):
        one, other = other, one
    return Pair(one, other, is_preprint, pair.reason, pair.score, pair.because)


def _is_marked_preprint(pair: Pair, items: Mapping[str, Item]) -> bool:
    """Whether a notice spoke of the preprint: what it said of that must not be said of the paper."""
    return pair.is_preprint and bool(items[pair.one].marks)


def mark(desk: Desk) -> int:
    """Mark what retractions and corrections concern, by DOI, else by title; gives the number of new marks."""
    marked, now = desk.store.items.apply_notices(desk.now()), desk.now()
    notices = desk.store.items.notices_without_doi(now - _OPEN)
    if not notices:
        return marked
    for notice in notices:
        title = normal_title(parse.about(notice.title))
        named = _titled(desk, title, now - _OLDEST) if len(title.split()) >= _TELLING else []
        found = [item for item in named if item.id != notice.id and _share_a_place(item, notice)]
        if len(found) == 1 and notice.notice:
            desk.store.items.mark(found[0].id, notice.notice.mark, notice.id, now)
            marked += 1
    return marked


def _titled(desk: Desk, title: str, since: datetime) -> list[Item]:
    """The items dated since then that have this title, which is normal."""
    likely = desk.store.search.sharing([title], _ALL, _NAMESAKES)
    items = desk.store.items.list(ids=likely, since=since) if likely else []
    return [item for item in items if normal_title(item.title) == title]


def _share_a_place(one: Item, other: Item) -> bool:
    """Whether two items come from one feed, journal or website; many have an annual report, of the same title."""
    journal, site = normal_title(one.citation.journal), _site(one)
    return (
        bool({*one.feeds} & {*other.feeds})
        or (journal != "" and journal == normal_title(other.citation.journal))
        or (site != "" and site == _site(other))
    )


def _site(item: Item) -> str:
    return canonical_url(item.url).partition("/")[0]

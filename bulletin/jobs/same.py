"""Same: what several sources report of one thing becomes one item, and what a notice concerns is marked."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from bulletin import classify, parse
from bulletin.identity import canonical_url, normal_title
from bulletin.jobs.desk import Desk
from bulletin.model import Item
from bulletin.store import Pair

_TELLING = 4  # words that a title must have, to name one thing among all
_OLDEST = timedelta(days=730)  # of what anything is compared with
_OPEN = timedelta(days=60)  # after a notice was first seen: what it concerns is here by then, or never


def join(desk: Desk) -> int:
    """Join what was never compared, which is what the classifier has not looked at, to what says the same.

    Gives the number of items that went into another one. What a person decided on stays; see docs/duplicates.md.
    """
    looked_at, oldest = desk.store.suggestions.latest(), desk.now() - _OLDEST
    items = {item.id: item for item in desk.store.items.list()}
    new = [item for name, item in items.items() if name not in looked_at]
    known = [item for name, item in items.items() if name in looked_at and item.date >= oldest]
    pairs = [_pair(pair, items) for pair in classify.alike(new, known)]
    return desk.store.items.join([pair for pair in pairs if not _is_marked_preprint(pair, items)], desk.now())


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
    titled = defaultdict[str, list[Item]](list)
    for item in desk.store.items.list(since=now - _OLDEST):
        titled[normal_title(item.title)].append(item)
    for notice in notices:
        title = normal_title(parse.about(notice.title))
        named = titled[title] if len(title.split()) >= _TELLING else []
        found = [item for item in named if item.id != notice.id and _share_a_place(item, notice)]
        if len(found) == 1 and notice.notice:
            desk.store.items.mark(found[0].id, notice.notice.mark, notice.id, now)
            marked += 1
    return marked


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

"""Same: what several sources report of one thing becomes one item, and what a notice concerns is marked."""

from collections import defaultdict
from collections.abc import Mapping

from bulletin import classify, parse
from bulletin.identity import normal_title
from bulletin.jobs.desk import Desk
from bulletin.model import Item
from bulletin.store import Pair

_TELLING = 4  # words that a title must have, to name one thing among all


def join(desk: Desk) -> int:
    """Join what was never compared, which is what the classifier has not looked at, to what says the same.

    Gives the number of items that went into another one. What a person decided on stays; see docs/duplicates.md.
    """
    looked_at = desk.store.suggestions.latest()
    items = {item.id: item for item in desk.store.items.list()}
    new = [item for name, item in items.items() if name not in looked_at]
    pairs = classify.alike(new, [item for name, item in items.items() if name in looked_at])
    return desk.store.items.join([_pair(pair, items) for pair in pairs])


def _pair(pair: classify.Pair, items: Mapping[str, Item]) -> Pair:
    if pair.reason is not classify.Reason.VERSIONS:
        return Pair(pair.a, pair.b)
    preprint, paper = sorted((pair.a, pair.b), key=lambda name: not classify.is_preprint(items[name]))
    return Pair(preprint, paper, is_preprint=True)


def mark(desk: Desk) -> int:
    """Mark what retractions and corrections concern, by DOI, else by title; gives the number of new marks."""
    marked = desk.store.items.apply_notices(desk.now())
    notices = desk.store.items.notices_without_doi()
    if not notices:
        return marked
    titled = defaultdict[str, list[Item]](list)
    for item in desk.store.items.list():
        titled[normal_title(item.title)].append(item)
    for notice in notices:
        title = normal_title(parse.about(notice.title))
        found = titled[title] if len(title.split()) >= _TELLING else []
        if len(found) == 1 and notice.notice and found[0].id != notice.id:
            desk.store.items.mark(found[0].id, notice.notice.mark, notice.id, desk.now())
            marked += 1
    return marked

"""Classify: suggest headings for what nobody has decided, wherever there is something new to go by."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.past import decided, hints, kept, lately
from bulletin.jobs.same import join
from bulletin.model import Classification, Decision, Item


@dataclass(frozen=True)
class Tally:
    """What one run looked at, and what waits now."""

    joined: int  # items that said the same as another one, and went into it
    looked_at: int  # items in this run
    suggested: int  # of those, items with at least one suggestion
    needs_heading: int  # of what came lately, what neither the classifier nor an editor has put anywhere


def classify(desk: Desk, tell: Callable[[str], None] = lambda _: None) -> Tally:
    """Look at every undecided item that is new, or that was judged by other topics or decisions than today's.

    What was first seen before the longest window of any bulletin, and 90 days, is looked at no more. What was decided
    before its first look gets an empty one: it has been compared now, and is not new for `join`. `tell` hears why
    what was learned before could not be used again.
    """
    joined = join(desk)
    known, since = decided(desk), lately(desk)
    recipe = room.recipe(desk.config.topics, known, hints(desk))
    ruled = {item.id for item, _ in known}
    waiting = _waiting(desk, ruled, recipe)
    looks = _look(desk, known, waiting, recipe, tell) if waiting else []
    unseen = [name for name in desk.store.suggestions.unseen(since) if name in ruled]
    compared = [Classification(name, (), recipe, len(known), desk.now()) for name in unseen]
    desk.store.suggestions.add([*looks, *compared])
    bare = len(desk.store.queues.put_nowhere(since))
    return Tally(joined, len(looks), sum(bool(look.suggestions) for look in looks), bare)


def _waiting(desk: Desk, ruled: Collection[str], recipe: str) -> list[Item]:
    """What came lately, nobody ruled on, and was looked at by another recipe or not at all, the newest first."""
    outdated = [name for name in desk.store.suggestions.outdated(recipe, lately(desk)) if name not in ruled]
    looks = desk.store.suggestions.latest(outdated)  # one at what was merged into it may be as good
    return desk.store.items.list(ids=[name for name in outdated if name not in looks or looks[name].recipe != recipe])


def _look(
    desk: Desk,
    known: list[tuple[Item, Decision]],
    waiting: list[Item],
    recipe: str,
    tell: Callable[[str], None],
) -> list[Classification]:
    sorter = room.prepare(desk.config.topics, known, kept(desk, tell))
    return room.looks(sorter, waiting, hints(desk), recipe, desk.now())

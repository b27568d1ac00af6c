"""Classify: suggest headings for what nobody has decided, wherever there is something new to go by."""

from collections.abc import Callable
from dataclasses import dataclass

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.past import Past, hints, kept, past
from bulletin.jobs.same import join
from bulletin.jobs.shelf import shelf
from bulletin.model import Classification, Item


@dataclass(frozen=True)
class Tally:
    """What one run looked at, and what waits now."""

    joined: int  # items that said the same as another one, and went into it
    looked_at: int  # items in this run
    suggested: int  # of those, items with at least one suggestion
    needs_heading: int  # of all items, those that neither the classifier nor an editor has put anywhere


def classify(desk: Desk, tell: Callable[[str], None] = lambda _: None) -> Tally:
    """Look at every undecided item that is new, or that was judged by other topics or decisions than today's.

    What was decided before its first look gets an empty one: it has been compared now, and is not new for `join`.
    `tell` hears why what was learned before could not be used again.
    """
    joined = join(desk)
    all_ = past(desk)
    recipe = room.recipe(desk.config.topics, all_.decided, hints(desk))
    known = desk.store.suggestions.latest()
    waiting = [item for item in all_.undecided if item.id not in known or known[item.id].recipe != recipe]
    looks = _look(desk, all_, waiting, recipe, tell) if waiting else []
    unseen = [item.id for item, _ in all_.decided if item.id not in known]
    compared = [Classification(name, (), recipe, len(all_.decided), desk.now()) for name in unseen]
    desk.store.suggestions.add([*looks, *compared])
    return Tally(
        joined,
        len(looks),
        sum(bool(look.suggestions) for look in looks),
        sum(shelved.needs_heading for shelved in shelf(desk)),
    )


def _look(
    desk: Desk, all_: Past, waiting: list[Item], recipe: str, tell: Callable[[str], None]
) -> list[Classification]:
    sorter = room.prepare(desk.config.topics, all_.decided, kept(desk, tell))
    return room.looks(sorter, waiting, hints(desk), recipe, desk.now())

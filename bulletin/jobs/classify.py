"""Classify: suggest headings for what nobody has decided, wherever there is something new to go by."""

from dataclasses import dataclass

from bulletin import classify as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.same import join
from bulletin.jobs.shelf import shelf
from bulletin.model import Classification


@dataclass(frozen=True)
class Tally:
    """What one run looked at, and what waits now."""

    joined: int  # items that said the same as another one, and went into it
    looked_at: int  # items in this run
    suggested: int  # of those, items with at least one suggestion
    needs_heading: int  # of all items, those that neither the classifier nor an editor has put anywhere


def classify(desk: Desk) -> Tally:
    """Look at every undecided item that is new, or that was judged by other topics or decisions than today's.

    What was decided before its first look gets an empty one: it has been compared now, and is not new for `join`.
    """
    joined = join(desk)
    items = {item.id: item for item in desk.store.items.list()}
    decisions = desk.store.decisions.latest()
    decided = [(items[name], decision) for name, decision in sorted(decisions.items()) if name in items]
    hints = {feed.id: feed.topics for feed in desk.config.feeds if feed.topics}
    recipe = room.recipe(desk.config.topics, decided, hints)
    known = desk.store.suggestions.latest()
    waiting = [
        item
        for name, item in items.items()
        if name not in decisions and (name not in known or known[name].recipe != recipe)
    ]
    looks = room.suggest(waiting, desk.config.topics, decided, hints, desk.now())
    decided_unseen = [name for name in decisions if name in items and name not in known]
    compared = [Classification(name, (), recipe, len(decided), desk.now()) for name in decided_unseen]
    desk.store.suggestions.add([*looks, *compared])
    return Tally(
        joined,
        len(looks),
        sum(bool(look.suggestions) for look in looks),
        sum(shelved.needs_heading for shelved in shelf(desk)),
    )

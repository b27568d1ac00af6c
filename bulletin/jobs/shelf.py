"""The shelf: every item with all that is known of where it belongs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.jobs.desk import Desk
from bulletin.model import Decision, Item, Suggestion
from bulletin.store import Joining


@dataclass(frozen=True)
class Shelved:
    """An item, what the classifier suggests for it and what an editor decided."""

    item: Item
    suggestions: tuple[Suggestion, ...]  # best first
    decision: Decision | None
    looked_at: bool  # by the classifier
    joined: tuple[Joining, ...]  # what went into it
    near: tuple[Suggestion, ...] = ()  # what it nearly suggests, best first
    doubt: Decision | None = None  # who is not sure, since when, where nobody has ruled

    @property
    def topics(self) -> tuple[str, ...]:
        """Where it belongs, best first: the decision stands above the suggestions."""
        if self.decision:
            return self.decision.topics
        return tuple(suggestion.topic for suggestion in self.suggestions)

    @property
    def needs_heading(self) -> bool:
        """Whether it was looked at and belongs, so far, nowhere."""
        return self.looked_at and not self.suggestions and self.decision is None

    @property
    def scores(self) -> dict[str, float]:
        """The classifier's score by topic."""
        return {suggestion.topic: suggestion.score for suggestion in self.suggestions}


def shelf(desk: Desk, items: Iterable[Item] | None = None) -> Iterator[Shelved]:
    """These items, or every item, newest first, with what is known of each."""
    wanted = desk.store.items.list() if items is None else list(items)
    few = None if items is None else [item.id for item in wanted]
    (decisions, doubts), looks = desk.store.decisions.standing(few), desk.store.suggestions.latest(few)
    joined = desk.store.items.joinings(few)
    for item in wanted:
        look, decision = looks.get(item.id), decisions.get(item.id)
        yield Shelved(
            item,
            look.suggestions if look else (),
            decision,
            look is not None,
            joined.get(item.id, ()),
            look.near if look else (),
            doubts.get(item.id),
        )

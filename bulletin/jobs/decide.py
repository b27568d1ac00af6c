"""Decide: an editor's ruling on an item, which stands above every suggestion and moves it in every draft."""

from collections.abc import Sequence

from bulletin.errors import InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import drafts, spread
from bulletin.model import Decision, Standing


def decide(desk: Desk, item: str, topics: Sequence[str], editor: str) -> Decision:
    """Rule that an item belongs under these topics, best first, or under none: then it is discarded."""
    found = desk.store.items.get(item)
    if found is None:
        raise UnknownError(f"no item {item[:40]!r}: `bulletin items` lists them with their ids")
    known = [desk.topic(topic).id for topic in topics]
    if not editor.strip():
        raise InputError("a decision needs the name of the editor who made it")
    decision = Decision(item, tuple(dict.fromkeys(known)), editor.strip(), desk.now())
    open_drafts = drafts(desk)
    with desk.store.sittings.sit() as sitting:
        sitting.rule(decision)
        spread(desk, sitting, found, Standing(topics=decision.topics), open_drafts)
    return decision

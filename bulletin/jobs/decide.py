"""Decide: an editor's ruling on an item, which stands above every suggestion and moves it in every draft."""

from collections.abc import Sequence

from bulletin.errors import InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import drafts
from bulletin.jobs.spread import note, spread
from bulletin.model import Act, Decision, Standing
from bulletin.review import ruled


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
        ruling, unsure = sitting.ruling(found.id)
        before = ruled(Standing(), ruling, sitting.wording(found.id), unsure=unsure)
        sitting.rule(decision)
        moved = spread(desk, sitting, found, (before, before.ruled(decision.topics)), open_drafts)
        act = Act.MOVE if decision.topics else Act.DISCARD
        told = found, act, decision.editor, decision.at
        first = note(sitting, moved[:1], *told, None)  # it is undone where it stands first
        note(sitting, moved[1:], *told, first)
    return decision

"""Layout: a draft with one item where its standing says, and everything else as it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bulletin.errors import InputError
from bulletin.model import Bulletin, Decision, Edition, Item, Placed, Section, Standing, Topic, Wording


def standings(edition: Edition) -> dict[str, Standing]:
    """Where every item of a draft stands, by id, leaving aside what was ruled of it."""
    found = {item.id: Standing(held_over=one.topic) for one in edition.sections for item in one.held_over}
    for section in edition.sections:
        for position, placed in enumerate(section.items):
            now = Standing(place=section.topic, position=position, note=placed.note, pick=placed.pick)
            found[placed.item.id] = now
    return found


def ruled(
    now: Standing, ruling: Decision | None, wording: Wording | None, *, unsure: bool = False, left_out: bool = False
) -> Standing:
    """The same with what editors ruled of the item and wrote about it."""
    return replace(
        now,
        topics=ruling.topics if ruling else None,
        unsure=unsure,
        title=wording.title if wording else "",
        summary=wording.summary if wording else "",
        left_out=left_out,
    )


def lay(
    edition: Edition,
    bulletin: Bulletin,
    item: Item,
    now: Standing,
    topics: Mapping[str, Topic],
    suggested: Sequence[str] = (),
) -> Edition:
    """The draft with the item where `now` says; a heading that it lacks comes where the bulletin has it.

    `suggested` are the machine's topics for the item, by which its other headings go where nobody ruled. InputError
    for a heading that has no topic any more.
    """
    cleared = [_without(section, item.id) for section in edition.sections]
    for topic in (now.place, now.held_over):
        if topic and all(section.topic != topic for section in cleared):
            cleared = _with_heading(cleared, bulletin, topics, topic)
    others = tuple(one for one in _wanted(now, suggested) if one in bulletin.headings)
    laid = [_with(section, item, now, others) for section in cleared]
    shown = [section for section in laid if section.items or section.held_over or bulletin.keep_empty]
    return replace(edition, sections=tuple(shown))


def _wanted(now: Standing, suggested: Sequence[str]) -> Sequence[str]:
    return suggested if now.topics is None else now.topics


def _without(section: Section, item: str) -> Section:
    return replace(
        section,
        items=tuple(placed for placed in section.items if placed.item.id != item),
        held_over=tuple(other for other in section.held_over if other.id != item),
    )


def _with_heading(
    sections: list[Section], bulletin: Bulletin, topics: Mapping[str, Topic], name: str
) -> list[Section]:
    if name not in topics:
        raise InputError(f"the heading {name!r} is there no more: move the item to another one")
    topic = topics[name]
    order = {name: number for number, name in enumerate(bulletin.headings)}
    added = [*sections, Section(topic.id, topic.heading)]
    return sorted(added, key=lambda section: order.get(section.topic, len(order)))


def _with(section: Section, item: Item, now: Standing, headings: Iterable[str]) -> Section:
    if section.topic == now.held_over:
        return replace(section, held_over=(*section.held_over, item))
    if section.topic != now.place:
        return section
    wording = Wording(item.id, now.title, now.summary, "", item.date) if now.title or now.summary else None
    see_also = tuple(topic for topic in headings if topic != section.topic)
    placed = Placed(item, see_also, now.note, now.pick, wording)
    items = section.items
    return replace(section, items=(*items[: now.position], placed, *items[now.position :]))


def printed(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The ids that a draft prints under each topic, in order."""
    return {section.topic: _ids(placed.item for placed in section.items) for section in edition.sections}


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)

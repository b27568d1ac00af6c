"""The sheet: a draft as an editor reviews it, every item with all that helps to decide."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bulletin import review as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.shelf import Shelved, shelf
from bulletin.model import Approval, Because, Bulletin, Change, Decision, Edition, Item, Standing, Suggestion
from bulletin.render.plain import text_of
from bulletin.review import Piece


@dataclass(frozen=True)
class Card:
    """An item on the sheet."""

    shelved: Shelved
    standing: Standing
    token: str  # what a form carries, so that two editors notice each other
    opinion: Suggestion | None  # the machine's, for the heading under which it stands
    title: tuple[Piece, ...]  # as it is printed, the words that told apart
    summary: tuple[Piece, ...]
    told_title: str  # the source's own, where the library has words of its own
    told_summary: str
    sources: tuple[str, ...]  # names, the one that speaks for it first

    @property
    def item(self) -> Item:
        """The item."""
        return self.shelved.item

    @property
    def doubt(self) -> Decision | None:
        """Who is not sure, since when."""
        return self.shelved.doubt

    @property
    def is_done(self) -> bool:
        """Whether an editor has ruled."""
        return self.shelved.decision is not None


@dataclass(frozen=True)
class Group:
    """A heading of the sheet."""

    topic: str
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Progress:
    """How far the review of a draft has come, in items."""

    size: int
    done: int  # an editor has ruled
    unsure: int  # an editor wants to come back to it


@dataclass(frozen=True)
class Sheet:
    """A draft under review."""

    edition: Edition
    bulletin: Bulletin
    groups: tuple[Group, ...]
    progress: Progress
    held_over: tuple[Item, ...]
    left_out: tuple[Item, ...]
    approval: Approval | None
    last: Change | None  # what undoing would take back


def sheet(desk: Desk, edition: Edition, editor: str, only: Collection[str] | None = None) -> Sheet:
    """A draft, which may be an outline, as this editor reviews it.

    `only` names the topics of the groups that are wanted; what is not printed is then left aside too.
    """
    shown = [section for section in edition.sections if only is None or section.topic in only]
    items = _items(desk, [placed.item for section in shown for placed in section.items])
    cards = {card.item.id: card for card in _cards(desk, edition, list(items.values()))}
    waiting = [item for section in edition.sections for item in section.held_over] if only is None else []
    left_out = desk.store.sittings.left_out(edition.id) if only is None else ()
    return Sheet(
        edition,
        desk.bulletin(edition.bulletin),
        tuple(
            Group(section.topic, section.heading, tuple(cards[placed.item.id] for placed in section.items))
            for section in shown
        ),
        progress(desk, edition),
        tuple(_items(desk, waiting).values()),
        tuple(desk.store.items.list(ids=left_out)) if left_out else (),
        desk.store.approvals.holding([edition.id]).get(edition.id),
        desk.store.sittings.last(edition.id, editor, desk.now()),
    )


def _items(desk: Desk, outlined: Sequence[Item]) -> dict[str, Item]:
    """All that is known of these items, by id, in their order."""
    found = {item.id: item for item in desk.store.items.list(ids=[item.id for item in outlined])} if outlined else {}
    return {item.id: found[item.id] for item in outlined}


def progress(desk: Desk, edition: Edition) -> Progress:
    """How far the review has come."""
    ids = [placed.item.id for section in edition.sections for placed in section.items]
    done, unsure = desk.store.decisions.standing(ids)
    return Progress(len(ids), len(done), len(unsure))


def card(desk: Desk, edition: Edition, item: Item) -> Card:
    """One item of a draft, whether or not it is printed there."""
    [found] = _cards(desk, edition, [item])
    return found


def _cards(desk: Desk, edition: Edition, items: Sequence[Item]) -> Iterator[Card]:
    wordings = desk.store.sittings.wordings([item.id for item in items])
    left_out, standings = desk.store.sittings.left_out(edition.id), room.standings(edition)
    for shelved in shelf(desk, items):
        id_ = shelved.item.id
        now = room.ruled(
            standings.get(id_, Standing()),
            shelved.decision,
            wordings.get(id_),
            unsure=shelved.doubt is not None,
            left_out=id_ in left_out,
        )
        yield _card(desk, shelved, now)


def _card(desk: Desk, shelved: Shelved, now: Standing) -> Card:
    item = shelved.item
    opinion = next((one for one in shelved.suggestions if one.topic == now.place), None)
    because: Sequence[Because] = opinion.because if opinion else ()
    told = text_of(item.summary)
    carriers = sorted(item.feeds, key=lambda feed: feed != item.source)
    return Card(
        shelved=shelved,
        standing=now,
        token=room.token(now),
        opinion=opinion,
        title=tuple(room.pieces(now.title or item.title, because)),
        summary=tuple(room.pieces(now.summary or told, because)),
        told_title=item.title if now.title else "",
        told_summary=told if now.summary else "",
        sources=tuple(dict.fromkeys(desk.source(feed) for feed in carriers)),
    )

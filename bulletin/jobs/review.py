"""Review: what editors do with the items of a draft, each act saved at once and undone as deep as the day."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bulletin import review as room
from bulletin.errors import ChangedError, InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import bulletin_of, drafts, spread
from bulletin.jobs.render import unknown_edition
from bulletin.model import Act, Bulletin, Change, Decision, Edition, Item, Standing, Wording
from bulletin.render.plain import text_of
from bulletin.review import Around, Wish
from bulletin.store import EditionRow, Sitting

_NEEDS_TOPIC = {Act.MOVE, Act.ADD, Act.DROP, Act.PULL_IN}


@dataclass(frozen=True)
class Done:
    """What an act came to."""

    act: Act
    edition: Edition  # as it is now
    item: Item
    before: Standing
    after: Standing
    elsewhere: tuple[str, ...]  # other drafts in which the item moved too
    unapproved: bool  # whether an approval was taken back by it


@dataclass(frozen=True)
class _Case:
    """An act and what it is about."""

    desk: Desk
    sitting: Sitting
    bulletin: Bulletin
    edition: Edition
    item: Item
    editor: str
    others: Collection[EditionRow]

    def standing(self) -> Standing:
        """How the item stands now."""
        ruling, unsure = self.sitting.ruling(self.item.id)
        left_out = self.item.id in self.sitting.left_out(self.edition.id)
        wording = self.sitting.wording(self.item.id)
        now = room.standings(self.edition).get(self.item.id, Standing())
        return room.ruled(now, ruling, wording, unsure=unsure, left_out=left_out)


def act(desk: Desk, edition_id: str, item_id: str, wish: Wish, editor: str, token: str = "") -> Done:
    """Do what an editor wishes with an item of a draft, unless somebody else did something with it first.

    `token` is that of the standing that the editor saw; empty: whatever it is. Raises ChangedError when it is
    another one now, and InputError when the act makes no sense.
    """
    look = desk.store.suggestions.latest([item_id])
    suggested = tuple(one.topic for found in look.values() for one in found.suggestions)
    _check_topic(desk, wish)
    with _case(desk, edition_id, item_id, editor) as case:
        before = case.standing()
        if token and token != room.token(before):
            raise ChangedError(_meanwhile(case))
        if wish.act is Act.PULL_IN:
            _refuse_repeats(case)
        around = Around(case.bulletin.headings, suggested, room.printed(case.edition))
        after = room.act(before, case.item.id, _own_words(wish, case.item), around)
        return _do(case, wish.act, before, after)


def undo(desk: Desk, edition_id: str, editor: str) -> Done | None:
    """Take back what this editor did last in this draft within a day; None when there is nothing left.

    ChangedError when somebody did something with the item since.
    """
    last = desk.store.sittings.last(edition_id, editor, desk.now())
    if last is None:
        return None
    with _case(desk, edition_id, last.item, editor) as case:
        if case.sitting.last(edition_id, editor, desk.now()) != last:
            raise ChangedError("you did something else meanwhile, in another window: look at that first")
        before = case.standing()
        if room.token(before) != room.token(last.after):
            raise ChangedError(_meanwhile(case))
        return _do(case, Act.UNDO, before, last.before, undoes=last.id)


@contextmanager
def _case(desk: Desk, edition_id: str, item_id: str, editor: str) -> Iterator[_Case]:
    """Sit down with an item of a draft; UnknownError when there is no such edition or item."""
    bulletin, others = bulletin_of(desk, edition_id), [row for row in drafts(desk) if row.id != edition_id]
    item = desk.store.items.get(item_id)
    if item is None:
        raise UnknownError(f"no item {item_id[:40]!r}")
    with desk.store.sittings.sit() as sitting:
        edition = sitting.edition(edition_id)
        if edition is None:  # withdrawn a moment ago
            raise unknown_edition(desk, edition_id)
        yield _Case(desk, sitting, bulletin, edition, item, editor, others)


def _do(case: _Case, act: Act, before: Standing, after: Standing, undoes: int | None = None) -> Done:
    """Write down what an act came to, all of it or nothing."""
    sitting, edition, item, now = case.sitting, case.edition, case.item, case.desk.now()
    _write_ruling(case, before, after)
    if (before.title, before.summary) != (after.title, after.summary):
        sitting.reword(Wording(item.id, after.title, after.summary, case.editor, now))
    if before.left_out != after.left_out:
        sitting.leave_out(edition.id, item.id, out=after.left_out)
    laid = room.lay(edition, case.bulletin, item, after, case.desk.topics)
    sitting.lay(laid)
    elsewhere = spread(case.desk, sitting, item, after, case.others) if before.topics != after.topics else []
    ended = sitting.end_approval(edition.id, now, case.editor, f"{act}: {item.title[:80]}")
    sitting.note(Change(0, edition.id, item.id, act, case.editor, now, before, after, undoes))
    return Done(act, laid, item, before, after, tuple(elsewhere), ended is not None)


def _write_ruling(case: _Case, before: Standing, after: Standing) -> None:
    if (before.topics, before.unsure) == (after.topics, after.unsure):
        return
    if after.unsure:
        case.sitting.doubt(case.item.id, case.editor, case.desk.now())
    elif after.topics is not None:
        case.sitting.rule(Decision(case.item.id, after.topics, case.editor, case.desk.now()))
    else:
        case.sitting.withdraw_ruling(case.item.id, case.editor, case.desk.now())


def _own_words(wish: Wish, item: Item) -> Wish:
    """The wish without words that are the source's very own."""
    if wish.act is not Act.REWORD:
        return wish
    title = "" if " ".join(wish.title.split()) == item.title else wish.title
    summary = "" if " ".join(wish.summary.split()) == text_of(item.summary or "") else wish.summary
    return replace(wish, title=title, summary=summary)


def _check_topic(desk: Desk, wish: Wish) -> None:
    if wish.act in _NEEDS_TOPIC:
        desk.topic(wish.topic)


def _refuse_repeats(case: _Case) -> None:
    """Nobody gets an item twice in one bulletin."""
    if case.item.id in case.desk.store.editions.printed(case.bulletin.id, case.edition.id):
        raise InputError(f"{case.bulletin.title} has printed this item before, and nobody gets one twice")


def _meanwhile(case: _Case) -> str:
    ruling, unsure = case.sitting.ruling(case.item.id)
    if unsure:
        return "somebody marked it as not sure meanwhile"
    if ruling is None:
        return "somebody changed it meanwhile"
    told = ", ".join(case.desk.topics[one].heading if one in case.desk.topics else one for one in ruling.topics)
    editor = case.desk.store.editors.by_email(ruling.editor)
    name = editor.name if editor else ruling.editor
    return f"{name} {f'put it under {told}' if told else 'discarded it'} meanwhile"

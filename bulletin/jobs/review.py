"""Review: what editors do with the items of a draft, each act saved at once and undone as deep as the day."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bulletin import review as room
from bulletin.errors import ChangedError, InputError, UnknownError
from bulletin.jobs.desk import Desk
from bulletin.jobs.drafts import bulletin_of, drafts, refuse_approved
from bulletin.jobs.render import take_away, unknown_edition
from bulletin.jobs.spread import Moved, note, put_back, spread
from bulletin.model import Act, Bulletin, Change, Decision, Edition, Item, Standing, Wording
from bulletin.render.plain import text_of
from bulletin.review import Around, Wish
from bulletin.store import EditionRow, Sitting

_NEEDS_TOPIC = {Act.MOVE, Act.ADD, Act.DROP, Act.PULL_IN}
_RULES = _NEEDS_TOPIC | {Act.ACCEPT, Act.DISCARD}
_DID = {
    Act.UNSURE: "marked it as not sure",
    Act.LEAVE_OUT: "left it out",
    Act.REWORD: "wrote other words for it",
    Act.NOTE: "wrote a note on it",
    Act.UNDO: "took something back",
}


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
    suggested: tuple[str, ...]  # the machine's topics for the item, best first

    def standing(self) -> Standing:
        """How the item stands now."""
        ruling, unsure = self.sitting.ruling(self.item.id)
        left_out = self.item.id in self.sitting.left_out(self.edition.id)
        wording = self.sitting.wording(self.item.id)
        now = room.standings(self.edition).get(self.item.id, Standing())
        return room.ruled(now, ruling, wording, unsure=unsure, left_out=left_out)


def act(
    desk: Desk,
    edition_id: str,
    item_id: str,
    wish: Wish,
    editor: str,
    token: str = "",
    *,
    may_approve: bool = True,
) -> Done:
    """Do what an editor wishes with an item of a draft, unless somebody else did something with it first.

    `token` is that of the standing that the editor saw; empty: whatever it is. Raises ChangedError when it is
    another one now, and InputError when the act makes no sense; ApprovedError when the edition is approved and the
    editor may not approve, or when a newer one is there: what went out long ago changes by no slip of a key.
    """
    _check_topic(desk, wish)
    with _case(desk, edition_id, item_id, editor, may_approve=may_approve) as case:
        before = case.standing()
        if token and token != room.token(before):
            raise ChangedError(_meanwhile(case))
        around = Around(case.bulletin.headings, case.suggested, room.printed(case.edition))
        after = room.act(before, case.item.id, _own_words(wish, case.item), around)
        if after == before:  # nothing to undo, and no reason to take an approval back
            return Done(wish.act, case.edition, case.item, before, after, (), unapproved=False)
        done = _do(case, wish.act, before, after)
    return _finished(desk, done)


def undo(desk: Desk, edition_id: str, editor: str, *, may_approve: bool = True) -> Done | None:
    """Take back what this editor did last in this draft within a day; None when there is nothing left.

    ChangedError when somebody did something with the item since: that stays, and the next undoing goes on to what
    this editor did before it.
    """
    last = desk.store.sittings.last(edition_id, editor, desk.now())
    if last is None:
        return None
    with _case(desk, edition_id, last.item, editor, may_approve=may_approve) as case:
        if case.sitting.last(edition_id, editor, desk.now()) != last:
            raise ChangedError("you did something else meanwhile, in another window: look at that first")
        before = case.standing()
        done, told = None, ""
        if room.token(before) == room.token(last.after):
            done = _do(case, Act.UNDO, before, last.before, last)
        else:
            told = _meanwhile(case)
            passed = Change(0, edition_id, case.item.id, Act.UNDO, editor, desk.now(), before, before, last.id)
            case.sitting.note(passed)
    if done is None:
        raise ChangedError(f"{told}, and that stays; undo once more for what you did before")
    return _finished(desk, done)


def _finished(desk: Desk, done: Done) -> Done:
    """What an act came to, once it is stored: what was approved before it lies ready for nobody to send."""
    if done.unapproved:
        take_away(desk, done.edition.id)
    return done


@contextmanager
def _case(desk: Desk, edition_id: str, item_id: str, editor: str, *, may_approve: bool) -> Iterator[_Case]:
    """Sit down with an item of a draft; UnknownError when there is no such edition or item."""
    bulletin, others = bulletin_of(desk, edition_id), [row for row in drafts(desk) if row.id != edition_id]
    item = desk.store.items.get(item_id)
    if item is None:
        raise UnknownError(f"no item {item_id[:40]!r}")
    look = desk.store.suggestions.latest([item.id]).get(item.id)
    suggested = tuple(one.topic for one in look.suggestions) if look else ()
    with desk.store.sittings.sit() as sitting:
        edition = sitting.edition(edition_id)
        if edition is None:  # withdrawn a moment ago
            raise unknown_edition(desk, edition_id)
        if sitting.approved([edition_id]):
            refuse_approved(desk, edition_id, bulletin.id, may_approve=may_approve)
        yield _Case(desk, sitting, bulletin, edition, item, editor, others, suggested)


def _do(case: _Case, act: Act, before: Standing, after: Standing, undoes: Change | None = None) -> Done:
    """Write down what an act came to, all of it or nothing."""
    sitting, edition, item, now = case.sitting, case.edition, case.item, case.desk.now()
    if after.is_printed and not before.is_printed:
        _refuse_repeats(case)
    _write_ruling(case, before, after)
    if (before.title, before.summary) != (after.title, after.summary):
        sitting.reword(Wording(item.id, after.title, after.summary, case.editor, now))
    if before.left_out != after.left_out:
        sitting.leave_out(edition.id, item.id, out=after.left_out)
    laid = room.lay(edition, case.bulletin, item, after, case.desk.topics, case.suggested)
    sitting.lay(laid)
    moved = _elsewhere(case, before, after, undoes)
    ended = sitting.end_approval(edition.id, now, case.editor, f"{act}: {item.title[:80]}")
    undone = undoes.id if undoes else None
    done = sitting.note(Change(0, edition.id, item.id, act, case.editor, now, before, after, undone))
    note(sitting, moved, item, act, case.editor, now, done)
    return Done(act, laid, item, before, after, tuple(one.edition for one in moved), ended is not None)


def _elsewhere(case: _Case, before: Standing, after: Standing, undoes: Change | None) -> list[Moved]:
    """What an act does to the other drafts; undoing puts back what followed from it, as far as it can."""
    if before.topics == after.topics:
        return []
    desk, sitting, item, suggested = case.desk, case.sitting, case.item, case.suggested
    followed = sitting.followers(undoes.id) if undoes else []
    moved = put_back(desk, sitting, item, followed, case.others, suggested)
    others = [row for row in case.others if row.id not in {one.edition for one in moved}]
    return moved + spread(desk, sitting, item, (before, after), others, suggested)


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
    summary = "" if " ".join(wish.summary.split()) == text_of(item.summary) else wish.summary
    return replace(wish, title=title, summary=summary)


def _check_topic(desk: Desk, wish: Wish) -> None:
    if wish.act in _NEEDS_TOPIC:
        desk.topic(wish.topic)


def _refuse_repeats(case: _Case) -> None:
    """Nobody gets an item twice in one bulletin."""
    if case.item.id in case.desk.store.editions.printed(case.bulletin.id, case.edition.id):
        raise InputError(f"{case.bulletin.title} has printed this item before, and nobody gets one twice")


def _meanwhile(case: _Case) -> str:
    """Who did what with an item last, in words."""
    ruling, _ = case.sitting.ruling(case.item.id)
    last = case.sitting.latest(case.edition.id, case.item.id)
    if ruling and (last is None or last.act in _RULES or ruling.at > last.at):
        told = ", ".join(case.desk.topics[one].heading if one in case.desk.topics else one for one in ruling.topics)
        return f"{_name(case, ruling.editor)} {f'put it under {told}' if told else 'discarded it'} meanwhile"
    did = _DID.get(last.act, "changed it") if last else "changed it"
    return f"{_name(case, last.editor) if last else 'somebody'} {did} meanwhile"


def _name(case: _Case, email: str) -> str:
    editor = case.desk.store.editors.by_email(email)
    return editor.name if editor else email

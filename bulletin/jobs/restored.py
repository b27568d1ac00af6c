"""A restored backup sends nothing without a person's yes (reference bar D4)."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from bulletin.deliver.journal import FILE, Journal, Noted, mark
from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.store.outbox.restored import OLDER

WORDS = "sent before the backup was restored"
_KEPT = timedelta(days=365)  # the ledger itself keeps deliveries for 13 months
_HOW = "`bulletin outbox restored --by EDITOR` marks those as sent and lets the rest go on"


def check(desk: Desk) -> None:
    """Hold everything when the journal tells of emails that the database does not know.

    To be called at the start of each run, before anything is claimed. What was said yes to once holds no second
    time, unless the same message is about to go again: an edition that is approved anew after a restore.
    """
    journal, said = Journal(desk.config.folder), desk.store.restored.accepted()
    noted = journal.recent()
    news = [one for one in noted if said is None or one.at > said]
    if _unknown(desk, news):
        lost = [one for one in _unknown(desk, journal.all()) if said is None or one.at > said]
        since = min(one.at for one in lost)
        told = f"{len({one.mark for one in lost})} emails since {since:%Y-%m-%d, %H:%M} UTC"
        desk.store.restored.hold(f"{OLDER} ({told}): {_HOW}", desk.now())
    elif said and (again := _sent(desk, journal.all())):
        told = f"{len(again)} of the emails that wait went out before the backup was restored"
        desk.store.restored.hold(f"{OLDER} ({told}): {_HOW}", desk.now())


def after(desk: Desk) -> str:
    """Hold everything at once after a restore, if need be, and give why; empty: nothing was sent since the backup.

    Without a journal beside it nobody knows what was sent. Then everything is held where anything ever was to be sent
    or can be: what stands here as never approved may have gone to all its readers.
    """
    check(desk)
    is_sending = desk.post is not None or desk.store.restored.is_used()
    if is_sending and not (desk.config.folder / FILE).exists():
        desk.store.restored.hold(f"{OLDER}, perhaps ({FILE} is not here to tell): {_HOW}", desk.now())
    return next((halt.why for halt in desk.store.outbox.halts("") if halt.why.startswith(OLDER)), "")


def trim(desk: Desk, before: datetime) -> int:
    """Let go of lines of the journal from before an instant; gives how many.

    None goes of which the database does not know that the message was handed over, or that somebody said yes; and
    none while anybody sends, or while a restored backup waits for a yes.
    """
    journal, said = Journal(desk.config.folder), desk.store.restored.accepted()
    old = [one for one in journal.all() if one.at < before]
    if not old or desk.store.restored.is_held():
        return 0
    known = desk.store.restored.handed({one.delivery for one in old})
    gone = [
        one
        for one in old
        if mark(known.get((one.delivery, one.number), "")) == one.mark or (said is not None and one.at <= said)
    ]
    with desk.store.outbox.alone() as nobody:
        if not (gone and nobody):
            return 0
        journal.drop(gone)
    return len(gone)


def accept(desk: Desk, editor: str) -> int:
    """A person's yes: what the journal names and the database would send again is over as sent.

    Gives how many emails that is. InputError when nothing is held for want of it.
    """
    if not desk.store.restored.is_held():
        raise InputError("nothing waits for this: no run has found the database older than what was sent")
    sent = _sent(desk, Journal(desk.config.folder).all())
    did = "said yes to a restored backup"
    done = deed(desk, editor, did, "all editions", "", f"{len(sent)} emails count as sent")
    return desk.store.restored.accept(sent, WORDS, done)


def _unknown(desk: Desk, noted: Collection[Noted]) -> list[Noted]:
    """The lines of which the database does not know that those messages were handed over."""
    kept = [one for one in noted if one.at > desk.now() - _KEPT]
    known = desk.store.restored.handed({one.delivery for one in kept})
    return [one for one in kept if mark(known.get((one.delivery, one.number), "")) != one.mark]


def _sent(desk: Desk, noted: Collection[Noted]) -> list[int]:
    """The deliveries that wait although the journal knows more hand-overs of their message than the database."""
    times = Counter(one.mark for one in {(one.mark, one.at, one.number): one for one in noted}.values())
    return [
        delivery
        for delivery, (message_id, known) in desk.store.restored.waiting().items()
        if times[mark(message_id)] > known
    ]

"""What people see of a run and do about it; each of their acts is a line on the record."""

from collections import Counter

from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.jobs.render import outline_of
from bulletin.model import Delivery, Halt, State


def states(desk: Desk, edition: str) -> Counter[State]:
    """Count the deliveries of an edition by their states; the sum is the number of its recipients."""
    return desk.store.outbox.states(edition)


def halts(desk: Desk, edition: str | None = None) -> list[Halt]:
    """Say what holds an edition, what holds everything with it; without one, all that is held."""
    return desk.store.outbox.halts(edition)


def doubts(desk: Desk, edition: str = "") -> list[Delivery]:
    """Give the deliveries of which nobody knows whether they were taken; of one edition or of all."""
    return desk.store.outbox.deliveries(edition, State.IN_DOUBT)


def failures(desk: Desk, edition: str = "") -> list[Delivery]:
    """Give the deliveries that failed, with the mail server's words; of one edition or of all."""
    return desk.store.outbox.deliveries(edition, State.FAILED)


def pause(desk: Desk, edition: str, editor: str, why: str = "") -> bool:
    """Hold an edition, or everything when its name is empty; False when this editor holds it already.

    What a mail server is taking at this moment is the last; raises UnknownError.
    """
    _known(desk, edition)
    return desk.store.outbox.hold(Halt(0, edition, desk.now(), editor, why or f"paused by {editor}"))


def resume(desk: Desk, edition: str, editor: str) -> bool:
    """Let an edition go on, or end what holds everything; False when nothing held it, or when it was cancelled."""
    _known(desk, edition)
    return desk.store.outbox.resume(edition, editor, desk.now()) > 0


def cancel(desk: Desk, edition: str, editor: str) -> int:
    """End for good all that waits of an edition, or of all when its name is empty; gives how many emails that was."""
    _known(desk, edition)
    waiting = [edition] if edition else _waiting(desk)
    return sum(desk.store.outbox.cancel(one, editor, desk.now()) for one in waiting)


def at_once(desk: Desk, edition: str, editor: str) -> int:
    """Send before its hour what waits for that alone; gives how many emails. Raises UnknownError."""
    _known(desk, edition)
    return desk.store.outbox.release(edition, deed(desk, editor, "sent an edition before its hour", edition))


def settle(desk: Desk, number: int, *, is_sent: bool, editor: str) -> None:
    """End a doubt as an editor says: it counts as sent, or goes again; raises InputError when there is none."""
    told = deed(desk, editor, "treated an email as sent" if is_sent else "sent an email again", *_what(desk, number))
    if not desk.store.outbox.settle(number, State.IN_DOUBT, told, again=not is_sent):
        raise InputError(f"delivery {number} is not in doubt: somebody settled it, or there is no such delivery")


def again(desk: Desk, number: int, *, editor: str) -> None:
    """Try what failed once more, its tries counted anew; raises InputError when it did not fail."""
    if not _again(desk, number, editor):
        raise InputError(f"delivery {number} has not failed, or there is no such delivery")


def again_all(desk: Desk, edition: str, *, editor: str) -> int:
    """Try once more all that failed of an edition, but what somebody else has seen to meanwhile; gives how many."""
    return sum(_again(desk, one.id, editor) for one in failures(desk, edition))


def _again(desk: Desk, number: int, editor: str) -> bool:
    told = deed(desk, editor, "had a failed email tried again", *_what(desk, number))
    return desk.store.outbox.settle(number, State.FAILED, told, again=True)


def _known(desk: Desk, edition: str) -> None:
    if edition:
        outline_of(desk, edition)


def _waiting(desk: Desk) -> list[str]:
    tallies = desk.store.outbox.tallies()
    return [name for name, found in tallies.items() if found[State.WAITING] + found[State.RETRY]]


def _what(desk: Desk, number: int) -> tuple[str, str, str]:
    """What a line of the record is about: the edition, and its recipient by id, for nobody's address is in there."""
    found = desk.store.outbox.get(number)
    return (found.edition, "", f"delivery {number} to {found.recipient}") if found else (str(number), "", "")

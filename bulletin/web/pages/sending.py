"""Sending: how far the emails of an edition are, what holds them, and what somebody does about it."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from bulletin import jobs
from bulletin.errors import InputError
from bulletin.jobs import hours, restored
from bulletin.jobs import sending as job
from bulletin.model import Delivery, Right, State
from bulletin.store.outbox.restored import OLDER
from bulletin.web.forms import fields
from bulletin.web.route import Of, get, post
from bulletin.web.show import desk, go, page, person

_SHOWN = 100  # doubts, and failures, one by one; more of them are counted


def show(edition: str) -> ResponseReturnValue:
    """States with their counts, how long it takes, what holds it, and whatever waits for a person."""
    return _page(edition)


def pause(edition: str) -> ResponseReturnValue:
    """Hold it after the email in hand."""
    fields()
    jobs.deliver.pause(desk(), edition, person().email)
    return go("sending.show", edition=edition)


def resume(edition: str) -> ResponseReturnValue:
    """Let it go on."""
    fields()
    jobs.deliver.resume(desk(), edition, person().email)
    return go("sending.show", edition=edition)


def at_once(edition: str) -> ResponseReturnValue:
    """Send before its hour what waits for that alone."""
    fields()
    jobs.deliver.at_once(desk(), edition, person().email)
    return go("sending.show", edition=edition)


def ask(edition: str) -> ResponseReturnValue:
    """Ask once more before what waits is cancelled."""
    return page("sending_cancel.html", 200, **_values(edition))


def cancel(edition: str) -> ResponseReturnValue:
    """End for good what waits."""
    fields()
    jobs.deliver.cancel(desk(), edition, person().email)
    return go("sending.show", edition=edition)


def settle(edition: str) -> ResponseReturnValue:
    """End one doubt, as somebody says."""
    typed = fields("delivery", "how")
    is_sent, number = typed["how"] == "sent", _number(edition, typed["delivery"])
    return _done(edition, lambda: jobs.deliver.settle(desk(), number, is_sent=is_sent, editor=person().email))


def again(edition: str) -> ResponseReturnValue:
    """Try one email that failed once more, or all of them."""
    typed = fields("delivery", "all")
    if typed["all"]:
        return _done(edition, lambda: jobs.deliver.again_all(desk(), edition, editor=person().email))
    number = _number(edition, typed["delivery"])
    return _done(edition, lambda: jobs.deliver.again(desk(), number, editor=person().email))


def resume_all() -> ResponseReturnValue:
    """End what holds every edition."""
    edition = fields("edition")["edition"]
    jobs.deliver.resume(desk(), "", person().email)
    return go("sending.show", edition=edition) if edition else go("editions.show")


def accept() -> ResponseReturnValue:
    """Say yes after a backup was restored: what went out since counts as sent."""
    edition = fields("edition")["edition"]
    return _done(edition, lambda: restored.accept(desk(), person().email))


def _number(edition: str, typed: str) -> int:
    """The number of a delivery, if it is one of this edition; 0, which is none, if not."""
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    found = desk().store.outbox.get(number)
    return number if found and found.edition == edition else 0


def _done(edition: str, act: Callable[[], object]) -> ResponseReturnValue:
    """Do it, and show the edition; what cannot be done, because somebody was faster, is said."""
    try:
        act()
    except InputError as error:
        return _page(edition, str(error), 422)
    return go("sending.show", edition=edition)


def _page(edition: str, wrong: str = "", status: int = 200) -> ResponseReturnValue:
    return page("sending.html", status, wrong=wrong, **_values(edition))


def _values(edition: str) -> dict[str, object]:
    found = job.sending(desk(), edition)
    return {
        "sending": found,
        "bulletin": desk().bulletin(found.edition.bulletin),
        "hour": _hour(found),
        "doubts": _some(edition, State.IN_DOUBT),
        "failures": _some(edition, State.FAILED),
        "is_approved": bool(desk().store.approvals.holding([edition])),
        "is_older": any(one.why.startswith(OLDER) for one in found.halts),
        "pace": desk().config.pace,
        "may": person().may(Right.APPROVE, found.edition.bulletin),
        "may_all": person().may_everywhere(Right.APPROVE),
        "sees_people": person().may_everywhere(Right.READERS),
        "State": State,
    }


def _hour(found: job.Sending) -> str:
    """Its hour in words, while that is yet to come and something waits for it."""
    bulletin = desk().bulletin(found.edition.bulletin)
    at = hours.begins(desk(), bulletin, found.edition)
    waits = found.waiting and found.next_due is not None and found.next_due > found.now
    return hours.in_words(at, bulletin.schedule.zone) if waits and at > found.now else ""


def _some(edition: str, state: State) -> list[Delivery]:
    return desk().store.outbox.deliveries(edition, state, most=_SHOWN)


ROUTES = (
    get("/editions/<edition>/sending", show, Right.LOOK, Of.EDITION),
    post("/editions/<edition>/sending/pause", pause, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/sending/resume", resume, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/sending/at-once", at_once, Right.APPROVE, Of.EDITION),
    get("/editions/<edition>/sending/cancel", ask, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/sending/cancel", cancel, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/sending/settle", settle, Right.APPROVE, Of.EDITION),
    post("/editions/<edition>/sending/again", again, Right.APPROVE, Of.EDITION),
    post("/sending/resume", resume_all, Right.APPROVE, Of.EVERYTHING),
    post("/sending/restored", accept, Right.APPROVE, Of.EVERYTHING),
)

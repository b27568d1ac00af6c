"""The timetable: what runs by itself, and how often. A step here is one that a person could type as a command."""

from collections import Counter
from datetime import timedelta

from bulletin.jobs import alerts, backups, bounces, deliver, occasions, ping
from bulletin.jobs.classify import classify
from bulletin.jobs.desk import Desk, apart
from bulletin.jobs.enrich import enrich
from bulletin.jobs.errands import due
from bulletin.jobs.fetch import fetch
from bulletin.jobs.forget import forget
from bulletin.jobs.turning import Done, Shift, Task
from bulletin.model import Outcome, State

BY_ITSELF = "by itself"  # who did it, in the record


def _fetch(desk: Desk, shift: Shift) -> Done | None:
    feeds = due(desk)
    if not feeds:
        return None
    visits = fetch(apart(desk), feeds, only_due=True, stop=shift.stop)
    failed = sum(one.outcome is Outcome.FAILED for one in visits)
    return Done(f"{len(visits)} feeds, {failed} of them failed; {sum(one.new for one in visits)} new items")


def _classify(desk: Desk, _: Shift) -> Done | None:
    tally = classify(desk)
    if not tally.looked_at:
        return None
    return Done(f"{tally.looked_at} items looked at, {tally.suggested} with a heading")


def _enrich(desk: Desk, _: Shift) -> Done | None:
    found = enrich(apart(desk))
    return Done(f"{found.asked} questions, {found.found} answered") if found.asked else None


def may_send(desk: Desk) -> bool:
    """Whether there is something to send now; a sender that is gone may have left some."""
    due_at = desk.store.outbox.next_due()
    is_due = due_at is not None and due_at <= desk.now()
    return desk.post is not None and (is_due or bool(desk.store.outbox.senders()))


def _deliver(desk: Desk, shift: Shift) -> Done | None:
    """Send what is due; that a mail server is away, or something is held, is told where editions are looked at."""
    if not may_send(desk):
        return None
    ran = deliver.run(desk, stop=shift.stop)
    counts = sum(ran.tallies.values(), Counter())
    return Done(f"{counts[State.SENT]} sent; {counts[State.WAITING] + counts[State.RETRY]} wait")


def _bounces(desk: Desk, _: Shift) -> Done | None:
    if not desk.config.bounces:
        return None
    came = bounces.take(desk)
    total = sum(came.counted.values())
    return Done(f"{total} emails came back") if total else None


def _backup(desk: Desk, _: Shift) -> Done | None:
    done = backups.backup(desk)
    size = backups.megabytes(done.size)
    return Done(f"{size}, checked" if done.is_new else f"nothing has changed since {done.file.name} was made")


def _check(desk: Desk, _: Shift) -> Done | None:
    backups.check(desk)
    return Done("the database is sound") if desk.store.whole.file else None


def _forget(desk: Desk, _: Shift) -> Done | None:
    gone = forget(desk, BY_ITSELF)
    return Done(f"{gone.deliveries} deliveries became numbers") if gone.editions else None


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

TASKS = (
    Task(
        "editions", "draft editions that are due, tell editors, and keep the hours of sending", MINUTE, occasions.hold
    ),
    Task("deliver", "send what is approved and due", MINUTE, _deliver),
    Task("fetch", "visit the feeds that are due", 5 * MINUTE, _fetch),
    Task("bounces", "read what came back", 10 * MINUTE, _bounces),
    Task("classify", "suggest headings for what is new", 15 * MINUTE, _classify),
    Task("enrich", "ask what is known of articles", HOUR, _enrich),
    Task("backup", "back up database, files and secret", HOUR, _backup),
    Task("check", "look whether the database is sound", DAY, _check),
    Task("alerts", "tell the operator what is gravely wrong", 5 * MINUTE, alerts.look),
    Task("ping", "show a service elsewhere that all is well here", 5 * MINUTE, ping.call),
    Task("forget", "let go of what is too old", DAY, _forget),
)

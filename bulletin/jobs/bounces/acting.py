"""What one email that came back leads to.

What has consequences comes first, since it can be done twice; then it is written down that it is done.
"""

from datetime import timedelta

from bulletin.deliver.returned import Returned
from bulletin.jobs import subscribers
from bulletin.jobs.bounces.addresses import is_ours
from bulletin.jobs.bounces.told import Came
from bulletin.jobs.desk import Desk
from bulletin.jobs.readers.leaving import leave
from bulletin.jobs.readers.links import whose
from bulletin.model import Bounce, BounceKind, Way, Why
from bulletin.store import About

PATIENCE = timedelta(minutes=5)  # for a sender that has the delivery in hand (reference bar R15)
_BY_COMPLAINT = "a mail provider's report that it was called spam (RFC 5965)"


def act(desk: Desk, came: Came, digest: str, told: Returned) -> None:
    """Do what an email asks for, if it is about something that we handed over."""
    if told.kind is BounceKind.LEAVE:
        _take_off(desk, came, digest, told)
        return
    proved = [number for number, mark in told.tags if is_ours(desk, number, mark)]
    about = desk.store.bounces.about(proved, told.message_ids)
    if about and about.held_since and desk.now() < about.held_since + PATIENCE:
        came.later += 1
    elif about is None or not about.was_handed:
        came.foreign += 1
    else:
        _count(desk, came, digest, told, about)


def _count(desk: Desk, came: Came, digest: str, told: Returned, about: About) -> None:
    person = desk.store.subscribers.get(about.subscriber) if about.subscriber else None
    if told.kind is BounceKind.COMPLAINT and person:
        subscribers.leave(desk, person.id, None, Way.COMPLAINT, _BY_COMPLAINT)
        subscribers.suppress(desk, person.email, Why.COMPLAINED, words=_BY_COMPLAINT)
        came.left.append(person.id)
    one = Bounce(told.kind, about.edition, desk.now(), told.status, told.words)
    if desk.store.bounces.add(digest, one, person.id if person else None, about.delivery):
        came.counted[told.kind] += 1
    if told.kind is BounceKind.COMPLAINT and person:
        desk.store.bounces.stop(person.id, desk.now())


def _take_off(desk: Desk, came: Came, digest: str, told: Returned) -> None:
    """Take somebody off a list, or off everything, by the token that stood in their email."""
    reader = whose(desk, told.token)
    if reader is None or reader.person is None:
        came.foreign += 1
        return
    person = reader.person
    left = leave(desk, person, reader.about, Way.MAIL)
    came.left += [person.id] if left.is_change else []
    if desk.store.bounces.add(digest, Bounce(BounceKind.LEAVE, "", desk.now()), person.id):
        came.counted[BounceKind.LEAVE] += 1

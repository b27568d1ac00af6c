"""Stopping email to those from whom too much came back; editors are told, and nobody is deleted."""

import hashlib
from datetime import datetime

from bulletin.deliver import score
from bulletin.deliver.returned import kind_of_answer
from bulletin.jobs import subscribers
from bulletin.jobs.desk import Desk
from bulletin.model import Answer, Bounce, BounceKind, Why


def noticed(desk: Desk, delivery: int, answer: Answer, at: datetime) -> BounceKind:
    """Count the mail server's last word on a delivery, given in the conversation itself, as what it says of a reader.

    To be called when a delivery has failed for good; gives what it counted as, OTHER where it counted nothing.
    """
    kind = kind_of_answer(answer)
    about = desk.store.bounces.about((delivery,), ())
    if kind is BounceKind.OTHER or about is None:
        return BounceKind.OTHER
    digest = hashlib.sha256(f"answer {delivery} {at.isoformat()}".encode()).hexdigest()
    told = Bounce(kind, about.edition, at, answer.status, answer.words)
    if desk.store.bounces.add(digest, told, about.subscriber, about.delivery) and about.subscriber:
        stop_where_too_much(desk, about.subscriber)
    return kind


def stop_where_too_much(desk: Desk, subscriber: str | None = None) -> list[str]:
    """Look at one person, or at all, and give the ids of those to whom email was stopped."""
    stopped = []
    for id_, bounces in desk.store.bounces.counting(subscriber).items():
        person = desk.store.subscribers.get(id_) if score.is_too_much(bounces, desk.now()) else None
        if person:
            hard = sum(one.kind is BounceKind.HARD for one in bounces)
            words = f"{hard} hard and {len(bounces) - hard} soft, the last {bounces[-1].status or 'without a code'}"
            subscribers.suppress(desk, person.email, Why.BOUNCED, words=words)
            desk.store.bounces.stop(person.id, desk.now())
            stopped.append(person.id)
    return stopped

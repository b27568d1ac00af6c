"""What keeps approved editions from their readers."""

from collections.abc import Iterator
from datetime import timedelta

from bulletin.jobs.desk import Desk
from bulletin.model import Concern, Halt, State
from bulletin.store.outbox.restored import OLDER

_PATIENCE = timedelta(days=1)
_LATELY = timedelta(days=7)


def of(desk: Desk) -> Iterator[Concern]:
    """What is held, in doubt, failed or late, and a mail server that is away."""
    yield from (_held(one) for one in desk.store.outbox.halts() if not (one.edition and one.is_final))
    yield from _left(desk)
    yield from _late(desk)


def _held(halt: Halt) -> Concern:
    """What somebody holds is known to them; what the machine holds is known to nobody yet."""
    what = f"the sending of {halt.edition}" if halt.edition else "all sending"
    if halt.why.startswith(OLDER):
        words, _, advice = halt.why.partition(": ")
        return Concern("held:restored", f"{what} is held: {words}", advice, halt.at)
    if halt.by:
        words, advice = f"{what} is held by an editor", f"`bulletin outbox show {halt.edition}`".replace(" `", "`")
        return Concern(f"held:{halt.edition}", words, f"{advice} says by whom and why", halt.at, is_grave=False)
    resume = f"bulletin outbox resume {halt.edition or '--all'} --by EDITOR"
    return Concern(f"held:{halt.edition}", f"{what} is held: {halt.why}", f"mend that, then `{resume}`", halt.at)


def _left(desk: Desk) -> Iterator[Concern]:
    """What a person has to settle, and what failed of late."""
    for edition, count in desk.store.measures.left()[State.IN_DOUBT].items():
        words = f"nobody knows whether the mail server took {_emails(count)} of {edition}"
        yield Concern(f"doubt:{edition}", words, f"`bulletin outbox doubts {edition}` lists them, and you say")
    for edition, count in desk.store.measures.left(desk.now() - _LATELY)[State.FAILED].items():
        advice = f"`bulletin outbox failures {edition}` says why"
        yield Concern(f"failed:{edition}", f"{_emails(count)} of {edition} failed", advice, is_grave=False)


def _late(desk: Desk) -> Iterator[Concern]:
    queue, away = desk.store.measures.queue(), desk.store.measures.away_since()
    if queue.since is None:
        return
    if away:
        words = "the mail server does not answer, and what is to be sent waits"
        yield Concern("mail", words, "`bulletin doctor` says what is wrong between us and it", away)
    if desk.now() - queue.since > _PATIENCE:
        words = f"emails have waited for more than a day: {queue.waiting + queue.retry} are to be sent"
        advice = "no mail server is set: see BULLETIN_SMTP_URL" if desk.post is None else "`bulletin outbox` says why"
        yield Concern("waiting", words, advice, queue.since)


def _emails(count: int) -> str:
    return f"{count} email" if count == 1 else f"{count} emails"

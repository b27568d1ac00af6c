"""What an answer means for a delivery: when it is tried again, when not, and when everything stops.

The times are those of RFC 5321 (4.5.4.1): two tries within the first hour or so, then seldom, and giving up after
four to five days.
"""

from datetime import datetime, timedelta

from bulletin.model import Answer, Reply, State, Upshot

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (15, 30, 60, 120))
_LONGEST = timedelta(hours=4)
_OVER = {
    Reply.TAKEN: State.SENT,
    Reply.GONE: State.FAILED,
    Reply.REFUSED: State.FAILED,
    Reply.UNKNOWN: State.IN_DOUBT,
}


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries that were put off: a quarter of an hour first, four hours in the end."""
    return _PAUSES[tries - 1] if tries <= len(_PAUSES) else _LONGEST


def upshot(answer: Answer, now: datetime, since: datetime, later: int, give_up: timedelta) -> Upshot:
    """Say what becomes of a delivery.

    `since` is when its first try was, and `later` how many tries before this one were put off. What a server that is
    merely too busy said does not count among those, and the delivery is due again as soon as anything is.
    """
    words = told(answer)
    match answer.reply:
        case Reply.LATER | Reply.SLOWER:
            again = now + pause(later + 1) if answer.reply is Reply.LATER else now
            return _later(words, again, since, give_up)
        case Reply.ABANDONED:
            return Upshot(State.WAITING, now, words)
        case Reply.STOP:
            return Upshot(State.RETRY, now, words, holds=f"the mail server takes nothing from us: {words}")
        case Reply.POLICY:
            return Upshot(State.FAILED, None, words, strike=f"the fault is ours, not the readers': {words}")
    return Upshot(_OVER[answer.reply], None, words)


def told(answer: Answer) -> str:
    """The answer in one line: code, enhanced status and words, each once."""
    code = str(answer.code) if answer.code else ""
    said = answer.words.removeprefix(code).lstrip(" -").removeprefix(answer.status).lstrip()
    return " ".join(part for part in (code, answer.status, said) if part)


def _later(words: str, again: datetime, since: datetime, give_up: timedelta) -> Upshot:
    if again - since > give_up:
        return Upshot(State.FAILED, None, f"given up: {words}")
    return Upshot(State.RETRY, again, words)

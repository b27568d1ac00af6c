"""Letters to editors: each editor gets one for each step, whatever the mail server does in between."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bulletin.errors import SendError
from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import in_words
from bulletin.jobs.occasions.case import SEND, WAITS, Case, turns_of
from bulletin.model import Bulletin, Editor, Ended, Right, Turn, Unattended
from bulletin.people.editionletters import About, edition_letter
from bulletin.render.words import many, weekday

_FIRST, _LONGEST = timedelta(minutes=5), timedelta(hours=4)  # before a letter that was refused is tried again
_GIVE_UP = timedelta(days=7)
_IN_HAND = timedelta(minutes=2)  # as long as one letter may take
_AT_ONCE = 3  # letters that are refused in one go: rather the server than the editors


def write_round(case: Case, step: str, due: datetime, found: Turn | None) -> str:
    """Write to each editor who has not had the letter of a step, and say so; empty: it is not our turn.

    A letter that the mail server refuses leaves the turn open, to be taken again later and later. `found` is the
    turn as it was.
    """
    if not case.take(step, due, _patience(_tries(found))):
        return ""
    if needless := _needless(case, step, due):
        return case.end(step, Ended.SKIPPED, needless)
    editors = whom(case.desk, case.bulletin)
    if case.desk.post is None or not editors:
        why = "no editor may work on it" if not editors else "no mail server is named (BULLETIN_SMTP_URL)"
        return case.end(step, Ended.SKIPPED, f"nobody was told: {why}")
    left = sum(not told for told in _told(case, step, due, editors))
    if left:
        return f"{case.edition.id}: {many(left, 'letter')} to editors could not be sent and will be tried again"
    return case.end(step, Ended.DONE, f"{many(len(editors), 'editor')} told")


def whom(desk: Desk, bulletin: Bulletin) -> list[Editor]:
    """Who is told of the editions of a bulletin: whoever approves them; where nobody does, whoever edits them."""
    there = [one for one in desk.store.editors.list() if one.active]
    approve = [one for one in there if one.may(Right.APPROVE, bulletin.id)]
    return approve or [one for one in there if one.may(Right.EDIT, bulletin.id)]


def _patience(tries: int) -> timedelta:
    doubled: int = 2 ** min(max(tries - 1, 0), 10)
    return min(_LONGEST, _FIRST * doubled)


def _needless(case: Case, step: str, due: datetime) -> str:
    """Why nobody need be told any more; empty: somebody must."""
    if case.approval:
        return "it is approved already"
    send, now = case.hours.period.send, case.desk.now()
    if step != WAITS and send and now >= send:
        return "its hour came before every editor could be told"
    if now > due + _GIVE_UP:
        return f"letters to editors were refused for {many(_GIVE_UP.days, 'day')}"
    return ""


def _told(case: Case, step: str, due: datetime, editors: list[Editor]) -> Iterator[bool]:
    """Say of each editor whether they have had their letter; after a few that were refused no more are tried.

    Who was tried least comes first, so that a few dead addresses keep nobody else's letter back.
    """
    about, refused = _about(case, step), 0
    found = {one.id: case.desk.store.turns.get(_name(case, step, one), case.period) for one in editors}
    for editor in sorted(editors, key=lambda one: _tries(found[one.id])):
        is_told = refused < _AT_ONCE and _write(case, step, due, editor, about)
        refused += not is_told
        yield is_told


def _name(case: Case, step: str, editor: Editor) -> str:
    """The name of the turn of one letter."""
    return f"{turns_of(step, case.bulletin)}:{editor.id}"


def _tries(found: Turn | None) -> int:
    return found.tries if found else 0


def _write(case: Case, step: str, due: datetime, editor: Editor, about: About) -> bool:
    desk, name = case.desk, _name(case, step, editor)
    found = desk.store.turns.get(name, case.period)
    if found and found.is_over:
        return True
    if not desk.store.turns.take(name, case.period, due, case.shift.me.id, desk.now(), _IN_HAND):
        return False
    mark = desk.keys.mark("letter", step, case.edition.id, editor.id)[:20]
    letter = edition_letter(step, desk.config.library, editor.email, about, desk.now().timestamp(), mark)
    try:
        if desk.post:
            desk.post.send(desk.config.library.email, editor.email, letter)
    except SendError:
        return False
    return desk.store.turns.end(name, case.period, desk.now(), Ended.DONE, "told", case.edition.id)


def _about(case: Case, step: str) -> About:
    edition, zone, base = case.edition, case.bulletin.schedule.zone, case.desk.config.web.readers_url
    send = case.hours.period.send
    sent = case.desk.store.turns.get(turns_of(SEND, case.bulletin), case.period) if step == WAITS else None
    is_sent_anyway = case.bulletin.schedule.unattended is Unattended.SEND and not case.hours.is_late
    return About(
        edition=edition.id,
        title=case.bulletin.title,
        day=weekday(edition.day),
        items=many(edition.size, "item"),
        link=f"{base}/editions/{edition.id}" if base else "",
        due=in_words(case.drafted.due, zone) if case.hours.is_late else "",
        until=in_words(send, zone) if send else "",
        goes=is_sent_anyway,
        why=sent.words if sent else "",
    )

"""Alerts: what is gravely wrong is mailed to the operator: when it begins, while it lasts, and when it is over.

What flickers does not flood: it must stand for two looks in a row, and letters that tell of nothing new are few.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bulletin.errors import SendError
from bulletin.jobs import concerns
from bulletin.jobs.desk import Desk
from bulletin.jobs.turning import Done, Shift
from bulletin.model import Concern, Ended
from bulletin.people.alertletters import letter
from bulletin.store import Did, Spell

_DAY = timedelta(days=1)
_GAPS = (_DAY, 2 * _DAY, 4 * _DAY)  # between letters about what lasts: it is told after 1, 3 and 7 days
_LATER = 7 * _DAY
_MOST_A_DAY = 4  # letters, unless something is told for the first time
_NEWS = 7 * _DAY  # what was not told for so long is told as if for the first time


def look(desk: Desk, _: Shift) -> Done | None:
    """Look once, and write to the operator if there is something to tell; a letter that is not taken goes again."""
    if not desk.config.operator or desk.post is None:
        return None
    now, spells = desk.now(), desk.store.alerts.spells()
    standing = {one.key: one for one in concerns.of(desk) if one.is_grave}
    _note(desk, standing, spells, now)
    due = {key: standing[key] for key, spell in spells.items() if key in standing and _is_due(spell, now)}
    over = {key: spell for key, spell in spells.items() if key not in standing and spell.told}
    if not (due or over) or _is_too_much(desk, due, now):
        return None
    return _write(desk, due, over, now)


def _note(desk: Desk, standing: Mapping[str, Concern], spells: Mapping[str, Spell], now: datetime) -> None:
    """Remember what stands for the first time, and forget what went away before anybody was told."""
    desk.store.alerts.add(Did.SEEN, {key: one.words for key, one in standing.items() if key not in spells}, now)
    desk.store.alerts.drop([key for key, one in spells.items() if key not in standing and not one.told], now)


def _is_due(spell: Spell, now: datetime) -> bool:
    times = len(spell.told)
    if not times:
        return True
    return now - spell.told[-1] >= (_GAPS[times - 1] if times <= len(_GAPS) else _LATER)


def _is_too_much(desk: Desk, due: Mapping[str, Concern], now: datetime) -> bool:
    known = desk.store.alerts.told_since(now - _NEWS)
    return known.issuperset(due) and desk.store.alerts.letters(now - _DAY) >= _MOST_A_DAY


def _write(desk: Desk, due: Mapping[str, Concern], over: Mapping[str, Spell], now: datetime) -> Done:
    ours = desk.config
    gone = [one.words for one in over.values()]
    mail = letter(ours.library, ours.operator, [*due.values()], gone, now.timestamp())
    try:
        if desk.post:
            desk.post.send(ours.library.email, ours.operator, mail)
    except SendError as error:
        if error.is_final:
            return Done(f"the letter to the operator is refused, look at BULLETIN_OPERATOR: {error}", Ended.FAILED)
        return Done(f"the letter to the operator waits: {error}", Ended.SKIPPED)
    desk.store.alerts.add(Did.TOLD, {key: one.words for key, one in due.items()}, now)
    desk.store.alerts.add(Did.OVER, {key: one.words for key, one in over.items()}, now)
    return Done("; ".join(_said(due, over)))


def _said(due: Mapping[str, Concern], over: Mapping[str, Spell]) -> Iterator[str]:
    if due:
        yield f"told the operator of {', '.join(due)}"
    if over:
        yield f"over: {', '.join(over)}"

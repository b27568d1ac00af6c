"""Soundness: whether the database file is what was written, asked in short at each start and in full once a day."""

from bulletin.errors import OutputError, StoreError
from bulletin.jobs.backups.folder import backups, place
from bulletin.jobs.desk import Desk

AT_START = 5.0  # seconds that a start may be held up; a database of 1 GB takes about four


def require_sound(desk: Desk) -> None:
    """Look at what can be seen of a SQLite file in a few seconds; StoreError, with what to do, when it is damaged."""
    _tell(desk, desk.store.whole.check(thorough=False, within=AT_START))


def check(desk: Desk) -> None:
    """Look at all of a SQLite file, with its indexes and foreign keys; StoreError, with what to do, when damaged."""
    _tell(desk, desk.store.whole.check(thorough=True))


def _tell(desk: Desk, words: str) -> None:
    if words:
        raise StoreError(f"{words}: {_advice(desk)}")


def _advice(desk: Desk) -> str:
    """What to do about a damaged database; a backup that was made of it would have been refused."""
    folder = place(desk.config)
    try:
        newest = next(iter(backups(folder)), None)
    except OutputError as error:
        return f"restore it from a backup ({error})"
    if newest is None:
        return f"there is no backup in {folder}; ask whoever backs up this machine"
    return f"stop everything and restore the newest good backup: bulletin restore {newest.file}"

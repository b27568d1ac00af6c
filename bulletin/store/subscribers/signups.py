"""Sign-ups: who asked to be put on lists, and has yet to say yes by the link in an email."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select

from bulletin.store.database import Database
from bulletin.store.subscribers.tables import sign_up


@dataclass(frozen=True)
class SignUp:
    """Somebody asked for an address to be put on lists; `digest` is of the token in the email."""

    digest: str
    email: str  # normalised
    lists: tuple[tuple[str, str], ...]  # bulletin and list, by id
    words: str  # to which they said yes on the page
    at: datetime
    until: datetime  # the link serves no longer


class SignUps:
    """What was asked for at the page; a row stays until its link is too old, so that asking again is told from it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, one: SignUp, rest: timedelta) -> bool:
        """Write it down, unless that mailbox was asked for within `rest` before: then nothing, and False.

        What stands behind a plus sign names the same mailbox, so that ten spellings do not get ten emails.
        """
        recent = sign_up.c.at > one.at - rest
        with self._database.write() as connection:
            if connection.execute(select(sign_up.c.digest).where(recent, _same_mailbox(one.email)).limit(1)).first():
                return False
            connection.execute(insert(sign_up).values(asdict(one)))
        return True

    def get(self, digest: str, now: datetime) -> SignUp | None:
        """The sign-up whose link this is; None when there is none, or it is too old."""
        mine = (sign_up.c.digest == digest) & (sign_up.c.until > now)
        with self._database.read() as connection:
            row = connection.execute(select(sign_up).where(mine)).mappings().first()
        if row is None:
            return None
        return SignUp(**{**row, "lists": tuple((bulletin, list_id) for bulletin, list_id in row["lists"])})

    def forget(self, digest: str) -> None:
        """Let it be as if it had not been asked for."""
        with self._database.write() as connection:
            connection.execute(delete(sign_up).where(sign_up.c.digest == digest))


def _same_mailbox(email: str) -> ColumnElement[bool]:
    local, _, domain = email.rpartition("@")
    name = local.partition("+")[0]
    tagged = sign_up.c.email.startswith(f"{name}+", autoescape=True)
    return or_(
        sign_up.c.email == f"{name}@{domain}", tagged & sign_up.c.email.endswith(f"@{domain}", autoescape=True)
    )

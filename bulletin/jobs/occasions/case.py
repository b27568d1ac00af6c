"""A case: one edition between its draft and its hour, and who works on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import Hours
from bulletin.jobs.turning import Shift
from bulletin.model import Approval, Bulletin, Edition, Ended, Turn

TELL, REMIND, SEND, WAITS = "tell", "remind", "send", "waits"
STEPS = (TELL, REMIND, SEND, WAITS)


@dataclass(frozen=True)
class Case:
    """An edition that a turn drafted; in outline."""

    desk: Desk
    shift: Shift
    bulletin: Bulletin
    edition: Edition
    hours: Hours
    drafted: Turn
    approval: Approval | None

    @property
    def period(self) -> str:
        """The name of the period in which all steps of the edition are turns."""
        return self.drafted.period

    def take(self, step: str, due: datetime, patience: timedelta) -> bool:
        """Take the turn of a step, unless it is over or somebody has it in hand."""
        turns, me = self.desk.store.turns, self.shift.me.id
        return turns.take(turns_of(step, self.bulletin), self.period, due, me, self.desk.now(), patience)

    def end(self, step: str, outcome: Ended, words: str) -> str:
        """End the turn of a step, and give what it came to with the name of the edition."""
        turns, now = self.desk.store.turns, self.desk.now()
        turns.end(turns_of(step, self.bulletin), self.period, now, outcome, words, self.edition.id)
        return f"{self.edition.id}: {words}"


def turns_of(step: str, bulletin: Bulletin) -> str:
    """The name of the turns of a step."""
    return f"{step}:{bulletin.id}"

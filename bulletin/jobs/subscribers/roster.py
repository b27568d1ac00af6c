"""Taking in a file of readers: first what it would do, then the very same, all of it or nothing."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.export import spreadsheet
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import deed
from bulletin.jobs.subscribers.consenting import consent_of
from bulletin.jobs.subscribers.lists import refuse_unknown
from bulletin.jobs.subscribers.marks import marks_of_all
from bulletin.model import Consent, Deed, Did, Subscriber, Subscription, Way
from bulletin.people import rosterfile
from bulletin.people.interests import chosen, key
from bulletin.people.rosterfile import Refused, Roster, Row
from bulletin.render.words import day
from bulletin.store import Entrant, Known, Place, Standing

_MOST_UNMATCHED = 10


@dataclass(frozen=True)
class Intake:
    """What a file would do to a list, or has done."""

    place: Place
    added: tuple[Row, ...]  # put on the list; those included whom another list knows
    changed: tuple[Row, ...]  # on it already, of whom the file tells something else
    same: int  # on it already, and nothing changes
    refused: tuple[Refused, ...]  # by line
    ignored: tuple[str, ...]  # columns that were not understood
    choosing: int = 0  # of those added, who gets some headings only, because of their interests
    unmatched: tuple[tuple[str, int], ...] = ()  # interests that are no heading here, the most frequent first
    is_done: bool = False

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.added) + len(self.changed) + self.same + len(self.refused)


@dataclass(frozen=True)
class Wish:
    """What somebody wants done with a file."""

    place: Place
    consent: str  # how the people in it agreed
    file: str = ""  # what it is called
    by_interests: bool = False  # interests that are headings become what people chose


def preview(desk: Desk, content: bytes, wish: Wish) -> Intake:
    """Say what a file would do; nothing is written. Raises InputError for what is no file of readers."""
    plan = _Plan(desk, rosterfile.read(content), wish, "")
    return plan.held_against(desk.store.rosters.standing(wish.place))[1]


def take_in(desk: Desk, content: bytes, wish: Wish, by: str) -> Intake:
    """Put the people of a file on a list: the good rows in one go, and none of those that are refused.

    Doing it again changes nothing. Raises InputError for what is no file of readers, and where nobody says how its
    people agreed to get the bulletin (UK GDPR, article 7(1)).
    """
    words = consent_of(wish.consent)
    plan = _Plan(desk, rosterfile.read(content), replace(wish, consent=words), by)
    done: list[Intake] = []

    def make(standing: Standing) -> tuple[Sequence[Entrant], Deed]:
        entrants, intake = plan.held_against(standing)
        done.append(intake)
        told = f"{len(intake.added)} added, {len(intake.changed)} changed, {len(intake.refused)} refused"
        return entrants, deed(desk, by, "took in a file of readers", "/".join(wish.place), after=told)

    desk.store.rosters.take_in(wish.place, make)
    return replace(done[-1], is_done=True)


def refused_sheet(intake: Intake) -> bytes:
    """The refused rows as a table for spreadsheets."""
    return spreadsheet.rows(("Line", "Email", "Why"), ((str(one.line), one.email, one.why) for one in intake.refused))


class _Plan:
    """What a file does to what is known."""

    def __init__(self, desk: Desk, roster: Roster, wish: Wish, by: str) -> None:
        refuse_unknown(desk, [wish.place])
        self._roster, self._wish, self._by, self._now = roster, wish, by, desk.now()
        self._headings = _headings(desk, wish.place[0])
        self._marks = marks_of_all(desk, [row.email for row in roster.rows])

    def held_against(self, standing: Standing) -> tuple[list[Entrant], Intake]:
        """Who enters, and the same in numbers."""
        entrants: list[Entrant] = []
        added: list[Row] = []
        changed: list[Row] = []
        refused = [*self._roster.refused]
        unmatched: Counter[str] = Counter()
        for row in self._roster.rows:
            if why := self._why_not(row, standing):
                refused.append(Refused(row.line, row.email, why))
                continue
            one = self._entrant(row, standing.people.get(row.email), unmatched)
            if one is not None:
                entrants.append(one)
                (added if one.told else changed).append(row)
        return entrants, Intake(
            self._wish.place,
            tuple(added),
            tuple(changed),
            len(self._roster.rows) + len(self._roster.refused) - len(entrants) - len(refused),
            tuple(sorted(refused, key=lambda one: one.line)),
            self._roster.ignored,
            sum(1 for one in entrants for place in one.person.subscriptions if place.headings),
            tuple(unmatched.most_common(_MOST_UNMATCHED)),
        )

    def _why_not(self, row: Row, standing: Standing) -> str:
        """Why this person is not put on the list, in words; empty: they are."""
        for mark in self._marks[row.email]:
            if stop := standing.suppressions.get(mark):
                return f"gets no email since {day(stop.at)}: {stop.why}"
        known = standing.people.get(row.email)
        if known and known.left_at:
            return f"left this list on {day(known.left_at)}, and no file puts them back"
        return ""

    def _entrant(self, row: Row, known: Known | None, unmatched: Counter[str]) -> Entrant | None:
        """How this person stands afterwards; None: nothing changes. What a file does not tell stays."""
        told = {name: getattr(row, name) or getattr(known, name, "") for name in ("name", "role", "organisation")}
        if known and known.is_on:
            is_same = all(getattr(known, name) == value for name, value in told.items())
            return None if is_same else Entrant(Subscriber(known.id, row.email, **told), is_new=False, told=None)
        id_ = known.id if known else secrets.token_hex(8)
        headings, others = chosen(row.interests, self._headings) if self._wish.by_interests else ([], [])
        unmatched.update(others)
        place = Subscription(*self._wish.place, self._now, tuple(headings))
        person = Subscriber(id_, row.email, **told, added_at=self._now, subscriptions=(place,))
        return Entrant(person, is_new=known is None, told=self._consent(row))

    def _consent(self, row: Row) -> Consent:
        of_file = f" ({self._wish.file}, line {row.line})" if self._wish.file else f" (line {row.line} of a file)"
        words = self._wish.consent + of_file
        return Consent(*self._wish.place, Did.JOINED, Way.IMPORT, self._by, words, self._now)


def _headings(desk: Desk, bulletin: str) -> dict[str, str]:
    """The ids of a bulletin's headings, by their ids and by their names as they are compared."""
    topics = [desk.topics[topic] for topic in desk.bulletin(bulletin).headings]
    return {key(name): topic.id for topic in topics for name in (topic.id, topic.heading)}

"""The store: what happened, in SQLite or PostgreSQL; rows stay inside, nouns come out.

store.visits        visits to feeds, and what to ask each server with
store.items         the shelves: each thing once, with the feeds that carried it, and what notices say of it
store.search        items by their words
store.lookups       what services were asked, and what they added
store.suggestions   what the machine thought
store.decisions     what editors ruled
store.editions      what was composed
store.blocks        what editors wrote into it themselves
store.queues        what waits for an editor outside of any edition
store.sittings      what editors did with it
store.approvals     what was approved, byte for byte
store.accepted      which warnings of the linter somebody accepted
store.links         what links answered
store.earlier       what was approved before a day
store.archived      what readers see of it
store.editors       who works at the desk
store.sessions      who is at the desk now
store.tokens        links that let somebody choose a password
store.failures      failed tries to get in
store.deeds         the record of who did what
store.subscribers   who gets bulletins
store.memberships   joining lists and leaving them
store.rosters       many people put on a list in one go
store.suppressions  which addresses get nothing any more
store.telling       all that is kept of somebody
store.erasing       forgetting somebody
store.retention     forgetting what is older than it need be
store.signups       who asked to be put on lists and has yet to say yes
store.mailed        when somebody was last given mail
store.gathering     what goes together in one email
store.outbox        who gets what was approved, and how far each of them is
store.bounces       what came back of it, and whom it stopped
store.tested        tests that the mail server took
store.restored      what was sent that a restored backup does not know
store.followed      what readers followed and found useful
store.turns         what runs by itself: whose turn it is, and how it ended
store.beats         which processes are there
store.leases        what one of them has in hand, so that no other takes it too
store.alerts        what the operator was told
store.measures      how much there is, and what waits
store.urgent        editions that came off the schedule
store.whole         all of it as one thing: copied, checked, counted
store.results       numbers for reports: whom editions reached, and who left because of them
"""

from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from bulletin.store import copies
from bulletin.store.accepted import Acceptances, digest_of
from bulletin.store.alerts import Alerts, Did, Spell
from bulletin.store.approvals import Approvals
from bulletin.store.archived import Archived, Form, Line, line, look
from bulletin.store.beats import Beats
from bulletin.store.blocks import BlockRow, Blocks
from bulletin.store.copies import counts, same_counts, tell_the_same
from bulletin.store.copying import write_copy
from bulletin.store.database import Database, file_of
from bulletin.store.decisions import Decisions
from bulletin.store.deeds import Deeds
from bulletin.store.earlier import Earlier, Sent
from bulletin.store.editions import EditionRow, Editions
from bulletin.store.editors import Editors
from bulletin.store.items import Intake, Items
from bulletin.store.joining import Joining, Pair, Refusal
from bulletin.store.leases import Leases
from bulletin.store.linkstates import LinkStates
from bulletin.store.lookups import Lookups
from bulletin.store.measures import Measures, Took
from bulletin.store.migrate import migrate, refuse_later
from bulletin.store.outbox.bounces import About, BounceRow, Bounces
from bulletin.store.outbox.claims import Terms
from bulletin.store.outbox.followed import Followed
from bulletin.store.outbox.gathering import Gathering, Ripe, Together
from bulletin.store.outbox.ledger import Outbox
from bulletin.store.outbox.restored import Restored
from bulletin.store.outbox.results import People, Results
from bulletin.store.outbox.tested import Tested
from bulletin.store.proofs import Failures, Tokens
from bulletin.store.putting import put_back, require_unused
from bulletin.store.queues import Queues, Waiting
from bulletin.store.retention import Forgotten, Retention
from bulletin.store.search import Found, Printing, Search
from bulletin.store.sessions import Sessions
from bulletin.store.sitting import Sitting, Sittings
from bulletin.store.subscribers.erasing import Erasing
from bulletin.store.subscribers.mailed import Mailed
from bulletin.store.subscribers.memberships import Joined, Left, Memberships
from bulletin.store.subscribers.people import Place, Subscribers
from bulletin.store.subscribers.rosters import Entrant, Known, Rosters, Standing
from bulletin.store.subscribers.signups import SignUp, SignUps
from bulletin.store.subscribers.suppressions import Suppressions
from bulletin.store.subscribers.telling import Telling
from bulletin.store.suggestions import Suggestions
from bulletin.store.turns import SILENT, Turns
from bulletin.store.urgent import UrgentRow, Urgents
from bulletin.store.visits import Visits
from bulletin.store.whole import Whole, fill, is_empty, signs_of_life

__all__ = [
    "SILENT",
    "About",
    "BlockRow",
    "BounceRow",
    "Did",
    "EditionRow",
    "Entrant",
    "Forgotten",
    "Form",
    "Found",
    "Intake",
    "Joined",
    "Joining",
    "Known",
    "Left",
    "Line",
    "Pair",
    "People",
    "Place",
    "Printing",
    "Refusal",
    "Ripe",
    "Sent",
    "SignUp",
    "Sitting",
    "Spell",
    "Standing",
    "Store",
    "Terms",
    "Together",
    "Took",
    "UrgentRow",
    "Waiting",
    "copies",
    "counts",
    "digest_of",
    "file_of",
    "fill",
    "is_empty",
    "line",
    "look",
    "open_store",
    "put_back",
    "refuse_later",
    "require_unused",
    "same_counts",
    "signs_of_life",
    "tell_the_same",
    "write_copy",
]


class Store:
    """The parts of the store, on one database; as a context manager it closes at the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.visits = Visits(database)
        self.items = Items(database)
        self.search = Search(database)
        self.lookups = Lookups(database)
        self.suggestions = Suggestions(database)
        self.decisions = Decisions(database)
        self.editions = Editions(database)
        self.blocks = Blocks(database)
        self.queues = Queues(database)
        self.sittings = Sittings(database)
        self.approvals = Approvals(database)
        self.accepted = Acceptances(database)
        self.links = LinkStates(database)
        self.earlier = Earlier(database)
        self.archived = Archived(database)
        self.editors = Editors(database)
        self.sessions = Sessions(database)
        self.tokens = Tokens(database)
        self.failures = Failures(database)
        self.deeds = Deeds(database)
        self.subscribers = Subscribers(database)
        self.memberships = Memberships(database)
        self.rosters = Rosters(database)
        self.suppressions = Suppressions(database)
        self.telling = Telling(database)
        self.erasing = Erasing(database)
        self.retention = Retention(database)
        self.signups = SignUps(database)
        self.mailed = Mailed(database)
        self.tested = Tested(database)
        self.restored = Restored(database)
        self.gathering = Gathering(database)
        self.outbox = Outbox(database)
        self.bounces = Bounces(database)
        self.followed = Followed(database)
        self.results = Results(database)
        self.turns = Turns(database)
        self.whole = Whole(database)
        self.beats = Beats(database)
        self.leases = Leases(database)
        self.alerts = Alerts(database)
        self.measures = Measures(database)
        self.urgent = Urgents(database)

    def wipe(self) -> bool:
        """Wipe what was removed from the files of the database; False when a reader held it up."""
        return self._database.wipe()

    def driver_arguments(self) -> dict[str, Any]:
        """What PostgreSQL's driver is called with to reach the database, password included; nothing for SQLite."""
        return self._database.driver_arguments()

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str) -> Store:
    """Open a database by its SQLAlchemy address, made or migrated as needed; StoreError when that cannot be.

    Addresses: sqlite:///bulletin.db (a file), sqlite:// (in memory), postgresql://user:password@host/name. In each
    part of one, a percent sign and two hexadecimal digits spell a character: %25 is a percent sign, %3F a question
    mark.
    """
    with ExitStack() as unless_opened:
        database = Database(url)
        unless_opened.callback(database.close)
        migrate(database)
        unless_opened.pop_all()
    return Store(database)

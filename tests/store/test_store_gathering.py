"""Laying duties for thousands at once, and putting what is due together into one email, on both databases."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import mailing
import pytest
from mailing import MIME, NOON, lay_edition, reader, rows, states, whole
from papers import edition
from readers import deed, told

from bulletin.model import Approval, Did, Email, Frozen, Halt, Laid, Laying, Rhythm, Way
from bulletin.store import Together
from bulletin.store.outbox.laying import lay
from bulletin.store.outbox.tables import due, ending, member

BOTH = ("update", "digest")
EMAIL = Email("update-2026-11-02", "all", "Hello", "<p>", "text", MIME)
LATER = NOON + timedelta(days=1)


def message(words: bytes = b"both") -> Frozen:
    return Frozen(sha256(words).hexdigest(), "Your bulletins", words)


def lay_two(store, readers, **more):
    """Two editions that may go together, for people on both lists."""
    more = {"gathers": True, **more}
    return [lay_edition(store, readers, bulletin=name, **more) for name in BOTH]


def put_together(store, ripe, now=NOON):
    """One email for each person of what is ripe."""
    people: dict[str, list[int]] = {}
    for one in ripe:
        people.setdefault(one.subscriber, []).append(one.delivery)
    found = [Together(message(), tuple(numbers)) for numbers in people.values()]
    return store.gathering.put_together(found, now)


def test_thousands_are_laid_in_their_order_each_with_the_row_that_is_theirs(store):
    readers = [reader(number) for number in range(3000)]
    name = lay_edition(store, readers)
    found = store.outbox.deliveries(name)
    assert [one.recipient for one in found] == [one.id for one in readers]
    assert [one.message_id for one in found] == [f"{name}.{one.id}@example.nhs.uk" for one in readers]
    assert states(store, name) == {"waiting": 3000}


def test_each_is_due_or_over_by_its_own_words(store):
    store.editions.save(edition("2026-11-02", 2, bulletin="update"), NOON)
    yes = store.approvals.add(Approval(0, "update-2026-11-02", "d", "eve", NOON, (EMAIL,)))
    digest = sha256(MIME).hexdigest()
    readers = [reader(number) for number in range(6)]
    laid = [
        Laid("all", one.id, one.email, "", digest, f"{one.id}@example.nhs.uk", NOON + timedelta(hours=number))
        for number, one in enumerate(readers)
    ]
    laid = [replace(one, suppressed=f"reason {n}") if n % 2 else one for n, one in enumerate(laid)]
    with store._database.write() as connection:
        for one in readers:
            mailing.add_subscriber(connection, one, ())
        lay(connection, yes.id, yes.edition, "update", Laying((Frozen(digest, "", MIME),), tuple(laid)), NOON)
    numbers = {one.recipient: one.id for one in store.outbox.deliveries(yes.edition)}
    assert {row["delivery"]: row["at"] for row in rows(store, due)} == {
        numbers[one.recipient]: one.due for one in laid if not one.suppressed
    }
    assert {row["delivery"]: row["words"] for row in rows(store, ending)} == {
        numbers[one.recipient]: one.suppressed for one in laid if one.suppressed
    }


def test_pages_are_kept_for_the_lists_of_an_approval(store):
    store.editions.save(edition("2026-11-02", 2, bulletin="update"), NOON)
    yes = Approval(0, "update-2026-11-02", "d", "eve", NOON, (EMAIL,))
    with store.sittings.sit() as sitting:
        given = sitting.approve(yes, (), (), Laying(pages={"all": {"title": "Update"}}))
    assert store.gathering.pages([given.id]) == {(given.id, "all"): {"title": "Update"}}
    assert store.gathering.pages([]) == {}


def test_what_is_ripe_tells_what_its_reader_chose(store):
    ann = replace(reader(1, lists=BOTH), rhythm=Rhythm.WEEK)
    own = tuple(replace(one, headings=("estates",)) for one in ann.subscriptions)
    lay_two(store, [replace(ann, subscriptions=own)])
    assert {
        (one.bulletin, one.list, one.subscriber, one.rhythm, one.headings) for one in store.gathering.ripe(NOON)
    } == {(name, "all", ann.id, Rhythm.WEEK, ("estates",)) for name in BOTH}


def test_what_is_not_due_or_goes_by_itself_is_not_ripe(store):
    lay_two(store, [reader(1, lists=BOTH)], due=LATER)
    lay_edition(store, [reader(2)], day="2026-11-09")
    assert store.gathering.ripe(NOON) == []
    assert len(store.gathering.ripe(LATER)) == 2


@pytest.mark.parametrize("held", ["update-2026-11-02", ""])
def test_what_is_held_is_not_ripe(store, held):
    lay_two(store, [reader(1, lists=BOTH)])
    store.outbox.hold(Halt(0, held, NOON, "eve", "look again"))
    assert [one.bulletin for one in store.gathering.ripe(NOON)] == (["digest"] if held else [])


def test_of_a_list_that_was_left_nothing_is_ripe(store):
    ann = reader(1, lists=BOTH)
    lay_two(store, [ann])
    store.memberships.leave(ann.id, [("digest", "all")], told(Did.LEFT, Way.LINK), deed("left lists"))
    assert [one.bulletin for one in store.gathering.ripe(NOON)] == ["update"]


def test_the_first_leads_and_the_others_stand_as_it_does(store):
    lay_two(store, [reader(1, lists=BOTH), reader(2, lists=BOTH)])
    assert put_together(store, store.gathering.ripe(NOON)) == 2
    assert whole(store) == {"waiting": 4}
    taken = mailing.send(store)
    assert (taken.is_together, taken.message, len(taken.parts)) == (True, message().digest, 2)
    assert store.outbox.mime(taken.message) == b"both"
    assert whole(store) == {"sent": 2, "waiting": 2}
    assert len(rows(store, member)) == 2


def test_what_went_together_is_not_ripe_again(store):
    lay_two(store, [reader(1, lists=BOTH)])
    ripe = store.gathering.ripe(NOON)
    assert put_together(store, ripe) == 1
    assert store.gathering.ripe(NOON) == []
    assert put_together(store, ripe) == 0
    assert len(rows(store, member)) == 1


def test_what_somebody_took_in_hand_meanwhile_is_left_as_it_is(store):
    lay_two(store, [reader(1, lists=BOTH)])
    ripe = store.gathering.ripe(NOON)
    store.outbox.gathered(NOON)
    taken = mailing.claim(store)
    assert put_together(store, ripe) == 0
    assert (taken.is_together, whole(store)) == (False, {"claimed": 1, "waiting": 1})

"""All that is kept of somebody is told, and after erasing nothing is left, in no table and in no file."""

import json
import random
from pathlib import Path

import pytest
from papers import NOON, later
from readers import ADA, MANAGERS, add, approve, deed, end, lay, put, reader, tried
from sqlalchemy import make_url, select

from bulletin.model import State, Suppression, Why
from bulletin.store.outbox.tables import delivery, delivery_state
from bulletin.store.subscribers.telling import walk
from bulletin.store.tables import metadata

MARKS = ("new", "old")
STOP = Suppression("new", Why.ERASED, NOON, "themselves")
# Written down once more, apart from the program: tables that hold nothing of any reader. Whoever makes a new table
# says here that it is one of them, or links it to `subscriber` or `delivery`, by which the export finds it.
NOBODYS = {
    "accepted", "addition", "alert", "apart", "approval", "approval_end", "archived", "beat", "block",
    "change", "classification", "click", "click_count", "decision", "delivery_count", "edition",
    "edition_held_over", "edition_item", "edition_section", "editor", "editor_role", "editor_token", "email",
    "failure", "halt", "item", "item_key", "item_words", "joining", "lease", "left_out", "link_state",
    "list_page", "lookup", "mail_read", "mark", "message", "move", "near_miss", "recovery_code", "rhythm",
    "second_step", "sender", "session", "sighting", "suggestion", "tested", "turn", "turn_end", "turn_try",
    "urgent", "useful", "visit", "wording",
}  # fmt: skip


@pytest.fixture
def ada(store):
    return add(store, reader("ada", ADA, MANAGERS, name="Ada Lovelace", role="Consultant", organisation="Wexbridge"))


def everything(store, ada):
    """A row of hers in every table that can hold one; and a neighbour's beside it."""
    bob = add(store, reader("bob", "bob@example.nhs.uk", MANAGERS, name="Bob"))
    number = approve(store)
    for one in (ada, bob):
        first = lay(store, number, one)
        tried(store, first, ended_at=NOON, reply="later", words=f"<{one.email.upper()}> is busy", handed_at=NOON)
        end(store, first)
        lead = lay(store, number, one, "update-2026-12-07")
        put(store, "due", delivery=lead, at=NOON)
        member = lay(store, number, one, "other-2026-12-07")
        put(store, "member", delivery=member, lead=lead)
        row = {"subscriber": one.id, "delivery": first, "kind": "soft", "at": NOON, "edition": "update-2026-11-02"}
        put(store, "bounce", digest=f"b {one.id}", words=f"no {one.email} here", **row)
        put(store, "sign_up", digest=f"s {one.id}", email=one.email, lists=[], at=NOON, until=NOON)
    store.suppressions.add(("old",), Suppression("old", Why.BOUNCED, NOON), deed("stopped", "ada"))


def dump(store):
    """Every row of every table, as text."""
    with store._database.read() as connection:
        return {
            table.name: [tuple(map(str, row)) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def states(store, recipient):
    query = select(delivery_state.c.edition, delivery_state.c.state).where(delivery_state.c.recipient == recipient)
    with store._database.read() as connection:
        return {row.edition: row.state for row in connection.execute(query)}


def test_every_table_is_looked_at_or_known_to_hold_nobodys(store):
    walked = {table.name for table, _ in walk("ada", ADA, MARKS)}
    assert set(metadata.tables) - walked - NOBODYS == set(), "may it hold something of a reader?"
    assert walked >= {"subscriber", "subscription", "consent", "sign_up", "suppression", "deed"}
    assert walked >= {"delivery", "due", "attempt", "ending", "member", "bounce"}
    named = {"subscriber", "reader", "recipient", "address"}
    suspicious = {name for name in NOBODYS & set(metadata.tables) if named & set(metadata.tables[name].c.keys())}
    assert not suspicious


def test_everything_of_a_person_is_told_and_nothing_of_another(store, ada):
    everything(store, ada)
    found = store.telling.of(ada.id, ada.email, MARKS)
    assert set(found) == {table.name for table, _ in walk(ada.id, ada.email, MARKS)}
    told = json.dumps(found)
    assert "Ada Lovelace" in told
    assert "Consultant" in told
    assert "bob" not in told.lower()
    assert {one["message_id"] for one in found["delivery"]} == {
        f"{edition}.ada@library.example" for edition in ("update-2026-11-02", "update-2026-12-07", "other-2026-12-07")
    }


def test_a_stranger_has_no_data(store, ada):
    assert store.telling.of("nobody", "nobody@example.nhs.uk", ("x",)) == {}


def test_after_erasing_no_table_holds_the_person(store, ada):
    everything(store, ada)
    before = dump(store)
    assert store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    after = dump(store)
    for name, rows in after.items():
        found = json.dumps(rows).lower()
        assert ADA not in found, name
        assert "lovelace" not in found, name
    assert [row for row in after["delivery"] if "ada" in row] == []
    for name in before:  # the neighbour's rows are as they were, and what was sent is still counted
        assert [row for row in before[name] if "bob" in " ".join(row)] == [
            row for row in after[name] if "bob" in " ".join(row)
        ]
    assert len(after["delivery"]) == len(before["delivery"])


def test_after_erasing_every_delivery_is_in_a_state_and_what_waited_is_over(store, ada):
    everything(store, ada)
    store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    assert states(store, "erased:1") == {
        "update-2026-11-02": State.SENT,
        "update-2026-12-07": State.SUPPRESSED,
        "other-2026-12-07": State.SUPPRESSED,
    }
    assert states(store, "bob")["update-2026-12-07"] == State.WAITING


def test_what_a_sender_holds_is_taken_from_it_unless_it_is_giving_it_away(store, ada):
    number = approve(store)
    claimed, handed = lay(store, number, ada), lay(store, number, ada, "update-2026-12-07")
    tried(store, claimed)
    tried(store, handed, handed_at=later(1))
    store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    assert states(store, "erased:1") == {"update-2026-11-02": State.SUPPRESSED, "update-2026-12-07": State.HANDED}


def test_the_heavier_reason_outlives_the_person(store, ada):
    store.suppressions.add(MARKS, Suppression("new", Why.COMPLAINED, NOON), deed())
    store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    assert store.suppressions.of(MARKS).why is Why.COMPLAINED


def test_nobody_is_erased_twice(store, ada):
    assert store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    assert not store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    assert [one.did for one in store.deeds.latest()] == ["erased"]


def traces(file: Path, words: bytes) -> dict[str, int]:
    return {path.name: path.read_bytes().lower().count(words) for path in file.parent.glob(f"{file.name}*")}


@pytest.mark.parametrize("seed", range(3))
def test_no_file_of_the_database_holds_the_address_any_more(store, url, seed):
    """Among many rows, so that pages were split and filled again before and after."""
    if make_url(url).get_backend_name() != "sqlite":
        pytest.skip("of a server's files its administrator takes care")
    file, chance = Path(make_url(url).database), random.Random(seed)
    names = [f"reader{chance.randrange(10**9)}-{number}" for number in range(300)]
    number = approve(store)
    for at, name in enumerate(names):
        if at == 150:
            everything(store, add(store, reader("ada", ADA, MANAGERS, name="Ada Lovelace")))
        lay(store, number, add(store, reader(name, f"{name}@example.nhs.uk", MANAGERS)))
    for name in chance.sample(names, 100):
        one = store.subscribers.get(name)
        store.memberships.describe(
            name, one.name * 2, "Nurse", "A trust with a long name " * chance.randrange(9), deed()
        )
    ada = store.subscribers.by_email(ADA)
    store.memberships.describe("ada", "Ada Byron Lovelace", "Consultant" * 9, "Wexbridge", deed())
    assert sum(traces(file, ADA.encode()).values()) > 0
    assert store.erasing.erase(ada, "erased:1", MARKS, STOP, deed("erased", "ada"))
    assert store.wipe()
    assert sum(traces(file, ADA.encode()).values()) == 0
    assert sum(traces(file, b"lovelace").values()) == 0


def test_a_reader_in_the_middle_holds_wiping_up_and_is_not_disturbed(store, url, ada):
    if make_url(url).get_backend_name() != "sqlite":
        pytest.skip("SQLite alone has such a log")
    with store._database.read() as connection:
        connection.execute(select(delivery)).all()
        add(store, reader("bob", "bob@example.nhs.uk"))
        assert not store.wipe()
    assert store.wipe()

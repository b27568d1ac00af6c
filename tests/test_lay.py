"""Who gets what of an edition: laid with the yes itself, each person once, what they chose, when they want it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from hashlib import sha256
from importlib import import_module

import editing
import newsroom
import pytest
from editing import DIGEST

from bulletin import jobs
from bulletin.jobs.lay import laying
from bulletin.jobs.shares import falls
from bulletin.model import Rhythm, State, Subscriber, Subscription, Way, Why

NOW = editing.NOW  # a Sunday
ROOM = import_module("bulletin.jobs.approve")  # whose name stands for the job itself


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        editing.shelve(desk, "Gowns", greener=0.9, estates=0.5)
        editing.shelve(desk, "Boilers", estates=0.8)
        editing.compose(desk)
        yield desk


def join(desk, name, *lists, headings=(), **more):
    """Put somebody on lists of the digest, or on others that are named with their bulletin."""
    number = sha256(name.encode()).hexdigest()[:16]
    places = [one if isinstance(one, tuple) else ("digest", one) for one in lists]
    own = tuple(Subscription(bulletin, list_id, NOW, headings) for bulletin, list_id in places)
    one = Subscriber(number, f"{name}@example.nhs.uk", name, subscriptions=own, added_at=NOW, **more)
    desk.store.subscribers.add(one, [])
    return number


def told(desk, edition=DIGEST):
    """What the approver is told of each list."""
    return [step for step in jobs.plan(desk, edition, "eve").steps if step.startswith(("Everybody", "Boards"))]


def laid(desk, edition=DIGEST):
    """The deliveries of an edition by recipient."""
    return {one.recipient: one for one in desk.store.outbox.deliveries(edition)}


def test_everybody_on_a_list_gets_the_very_bytes_that_were_approved(desk):
    ann, bob = join(desk, "ann", "all"), join(desk, "bob", "all")
    approval = editing.approve(desk, DIGEST)
    frozen = {one.list: one.mime for one in desk.store.approvals.emails(approval.id)}
    for number, name in ((ann, "ann"), (bob, "bob")):
        one = laid(desk)[number]
        assert (one.address, one.name, one.list, one.state) == (f"{name}@example.nhs.uk", name, "all", State.WAITING)
        assert desk.store.outbox.mime(one.message) == frozen["all"]
        assert one.message == sha256(frozen["all"]).hexdigest()
        assert one.due == desk.now()


def test_a_message_id_is_of_our_domain_and_tells_nothing_of_the_person(desk):
    ann = join(desk, "ann", "all")
    editing.approve(desk, DIGEST)
    mark = desk.keys.mark("message", DIGEST, ann)[:20]
    assert laid(desk)[ann].message_id == f"{DIGEST}.all.{mark}@example.nhs.uk"


def test_the_same_message_id_is_laid_after_an_approval_was_taken_back(desk):
    ann = join(desk, "ann", "all")
    editing.approve(desk, DIGEST)
    first = laid(desk)[ann].message_id
    assert jobs.take_back(desk, DIGEST, "eve")
    assert laid(desk) == {}
    editing.approve(desk, DIGEST)
    assert laid(desk)[ann].message_id == first


def test_nothing_is_laid_for_a_list_whose_drafts_are_sent_by_hand(desk):
    join(desk, "ann", "boards")
    editing.approve(desk, DIGEST)
    assert laid(desk) == {}


def test_a_list_with_one_address_for_all_gets_one_email(desk):
    old = "name: Boards, from: Wexbridge Library <library@example.nhs.uk>"
    with editing.reopened(desk, old, f"{old}, delivery: address, address: boards@example.nhs.uk") as desk:
        assert told(desk)[1] == "Boards: one email goes to the list's own address, boards@example.nhs.uk"
        editing.approve(desk, DIGEST)
        (one,) = laid(desk).values()
    assert (one.recipient, one.address, one.name) == ("@boards", "boards@example.nhs.uk", "Boards")


def test_who_is_on_two_lists_of_a_bulletin_gets_it_once_from_the_first_in_the_file(desk):
    old = "{id: boards, name: Boards"
    with editing.reopened(desk, old, "{delivery: individual, id: boards, name: Boards") as desk:
        ann = join(desk, "ann", "boards", "all")
        assert told(desk) == ["Everybody: an email goes to one person", "Boards: an email goes to nobody"]
        editing.approve(desk, DIGEST)
        assert [(one.recipient, one.list) for one in desk.store.outbox.deliveries(DIGEST)] == [(ann, "all")]


def test_who_left_the_list_is_no_recipient(desk):
    ann = join(desk, "ann", "all")
    jobs.subscribers.leave(desk, ann, [("digest", "all")], Way.LINK)
    editing.approve(desk, DIGEST)
    assert laid(desk) == {}


@pytest.mark.parametrize(
    ("until", "state", "words"),
    [
        (date(2026, 11, 23), State.SUPPRESSED, "wants nothing before 23 November 2026"),
        (date(2026, 11, 22), State.WAITING, ""),
        (None, State.WAITING, ""),
    ],
)
def test_who_is_paused_is_a_recipient_who_gets_nothing(desk, until, state, words):
    ann = join(desk, "ann", "all", paused_until=until)
    editing.approve(desk, DIGEST)
    assert (laid(desk)[ann].state, laid(desk)[ann].words) == (state, words)


def test_who_is_paused_until_the_morning_on_which_it_comes_gets_it(desk):
    ann = join(desk, "ann", "all", paused_until=date(2026, 11, 23), rhythm=Rhythm.WEEK)
    editing.approve(desk, DIGEST)
    assert laid(desk)[ann].state is State.WAITING


def test_a_suppressed_address_is_a_recipient_who_gets_nothing(desk):
    ann = join(desk, "ann", "all")
    jobs.subscribers.suppress(desk, "ann@example.nhs.uk", Why.BOUNCED)
    assert told(desk)[0] == "Everybody: an email goes to nobody; 1 gets nothing any more"
    editing.approve(desk, DIGEST)
    assert (laid(desk)[ann].state, laid(desk)[ann].words) == (
        State.SUPPRESSED,
        "gets nothing any more: emails came back",
    )


def test_who_chose_headings_gets_a_message_with_these_alone(desk):
    ann, bob, cat = (
        join(desk, name, "all", headings=chosen)
        for name, chosen in (("ann", ("estates",)), ("bob", ()), ("cat", ("estates",)))
    )
    editing.approve(desk, DIGEST)
    found = laid(desk)
    assert found[ann].message == found[cat].message != found[bob].message
    (html,) = (
        part.get_payload(decode=True).decode()
        for part in message_from_bytes(desk.store.outbox.mime(found[ann].message)).walk()
        if part.get_content_type() == "text/html"
    )
    assert "You chose 1 of 2 headings" in html
    assert "Boilers" in html
    assert "Sustainable Healthcare" not in html


def test_who_chose_every_heading_gets_the_whole(desk):
    ann = join(desk, "ann", "all", headings=("greener", "estates"))
    approval = editing.approve(desk, DIGEST)
    frozen = {one.list: one.mime for one in desk.store.approvals.emails(approval.id)}
    assert desk.store.outbox.mime(laid(desk)[ann].message) == frozen["all"]


def test_who_chose_headings_that_are_gone_gets_the_whole(desk):
    ann, bob = join(desk, "ann", "all", headings=("gone",)), join(desk, "bob", "all")
    editing.approve(desk, DIGEST)
    assert laid(desk)[ann].message == laid(desk)[bob].message


def test_who_finds_nothing_under_what_they_chose_gets_nothing(desk):
    ann, bob = join(desk, "ann", "all", headings=("workforce",)), join(desk, "bob", "all", headings=("estates",))
    for item in ("Gowns", "Boilers"):
        assert item in str(editing.printed(desk, DIGEST))
    with editing.reopened(desk, "headings: [greener, estates]", "headings: [greener, estates, workforce]") as desk:
        assert told(desk)[0] == (
            "Everybody: an email goes to one person; 1 finds nothing under the headings they chose"
        )
        editing.approve(desk, DIGEST)
        assert (laid(desk)[ann].state, laid(desk)[ann].words) == (
            State.SUPPRESSED,
            "nothing under the headings they chose",
        )
        assert laid(desk)[bob].state is State.WAITING


def test_the_sum_of_states_is_the_number_of_people_on_the_list(desk):
    for number in range(3):
        join(desk, f"reader{number}", "all")
        join(desk, f"paused{number}", "all", paused_until=date(2027, 1, 1))
    editing.approve(desk, DIGEST)
    assert desk.store.outbox.states(DIGEST) == {State.WAITING: 3, State.SUPPRESSED: 3}


def test_the_approver_is_told_in_words_who_gets_it(desk):
    for number in range(4):
        join(desk, f"reader{number}", "all")
        join(desk, f"weekly{number}", "all", rhythm=Rhythm.WEEK)
    join(desk, "away", "all", paused_until=date(2027, 1, 1))
    seen = jobs.plan(desk, DIGEST, "eve")
    assert seen.steps[1:4] == (
        (
            "Everybody: an email goes to each of 8 people; 4 of them on Monday 23 November 2026, together with what "
            "else they get by then; 1 is paused"
        ),
        "Boards: a draft email is written to the folder output, for somebody to send by hand",
        "nothing is sent by this alone: `bulletin deliver` sends it",
    )
    assert "no mail server is named, so all of it waits: whoever runs this sets BULLETIN_SMTP_URL" in seen.hints
    assert seen.faults == ()


def test_an_edition_that_goes_to_nobody_can_be_approved(desk):
    assert "nobody is on the list Everybody" in jobs.plan(desk, DIGEST, "eve").hints
    assert editing.approve(desk, DIGEST).holds


def test_to_approve_twice_lays_nothing_twice(desk):
    join(desk, "ann", "all")
    editing.approve(desk, DIGEST)
    before = desk.store.outbox.deliveries(DIGEST)
    editing.approve(desk, DIGEST, "bob")
    assert desk.store.outbox.deliveries(DIGEST) == before


def test_twenty_who_approve_at_once_lay_one_run(desk):
    join(desk, "ann", "all")
    seen = jobs.plan(desk, DIGEST, "eve")
    with ThreadPoolExecutor(20) as pool:
        given = list(pool.map(lambda n: jobs.approve(desk, DIGEST, f"eve{n}", seen.digest), range(20)))
    assert len({one.id for one in given}) == 1
    assert desk.store.outbox.states(DIGEST) == {State.WAITING: 1}


def test_who_was_forgotten_while_it_was_approved_is_no_recipient(desk, monkeypatch):
    ann, bob = join(desk, "ann", "all"), join(desk, "bob", "all")

    def slow(*given):
        found = laying(*given)
        jobs.subscribers.erase(desk, desk.store.subscribers.get(bob))
        return found

    monkeypatch.setattr(ROOM, "laying", slow)
    editing.approve(desk, DIGEST)
    assert list(laid(desk)) == [ann]


def test_an_edition_that_changed_lays_who_gets_its_new_form(desk):
    ann = join(desk, "ann", "all")
    editing.approve(desk, DIGEST)
    first = laid(desk)[ann].message
    assert jobs.take_back(desk, DIGEST, "eve")
    with editing.reopened(desk, "title: Green Digest", "title: Greener Digest") as desk:
        editing.approve(desk, DIGEST)
        assert laid(desk)[ann].message != first
        assert desk.store.outbox.states(DIGEST) == {State.WAITING: 1}


def test_no_address_of_another_reader_is_in_what_is_frozen(desk):
    for name in ("ann", "bob"):
        join(desk, name, "all")
    editing.approve(desk, DIGEST)
    for one in laid(desk).values():
        frozen = desk.store.outbox.mime(one.message)
        assert not [name for name in (b"ann@", b"bob@") if name in frozen]


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.EVERY, "2026-11-22 09:30", "2026-11-22 09:30"),
        (Rhythm.DAY, "2026-11-22 09:30", "2026-11-23 07:00"),
        (Rhythm.DAY, "2026-11-22 06:59", "2026-11-22 07:00"),
        (Rhythm.DAY, "2026-11-22 07:00", "2026-11-22 07:00"),
        (Rhythm.WEEK, "2026-11-22 09:30", "2026-11-23 07:00"),
        (Rhythm.WEEK, "2026-11-23 09:30", "2026-11-30 07:00"),
        (Rhythm.MONTH, "2026-11-22 09:30", "2026-12-01 07:00"),
        (Rhythm.MONTH, "2026-12-01 06:30", "2026-12-01 07:00"),
        (Rhythm.MONTH, "2026-12-31 12:00", "2027-01-01 07:00"),
        (Rhythm.DAY, "2026-07-01 09:30", "2026-07-02 06:00"),  # summer time
        (Rhythm.DAY, "2026-10-24 12:00", "2026-10-25 07:00"),  # the night in which it ends
        (Rhythm.MONTH, "2027-01-01 07:01", "2027-02-01 07:00"),
    ],
)
def test_a_rhythm_names_the_morning_on_which_it_comes(rhythm, now, due):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert falls(rhythm, "Europe/London", at) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_what_waits_for_a_morning_is_due_then(desk):
    ann = join(desk, "ann", "all", rhythm=Rhythm.DAY)
    editing.approve(desk, DIGEST)
    assert laid(desk)[ann].due == desk.now().replace(hour=7, minute=0) + timedelta(days=1)

"""What is due together for one person is one email: of approved words alone, once, and whole or not at all."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace

import editing
import newsroom
import pytest
from editing import DIGEST, UPDATE

from bulletin import jobs
from bulletin.errors import RenderError
from bulletin.lint import lint
from bulletin.model import Halt, Pace, Rhythm, Severity, State, Subscriber, Subscription, Wait, Way
from bulletin.people.personal import token
from bulletin.store import Terms

ROOM = import_module("bulletin.jobs.gather")
BOTH = (("update", "managers"), ("digest", "all"))
MONDAY = editing.NOW.replace(day=23, hour=7, minute=0)
FREE = Pace(a_minute=0, a_day=0)


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock):
        path = tmp_path / "bulletins.yaml"
        from_line = "from: Wexbridge Library <library@example.nhs.uk>\n"
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace(from_line, f"{from_line}        delivery: individual\n", 1), encoding="utf-8")
    with jobs.open_desk(newsroom.settings(tmp_path), clock) as desk:
        editing.shelve(desk, "Gowns washed and worn again", greener=0.9)
        editing.shelve(desk, "Nurses who stay", workforce=0.8)
        editing.shelve(desk, "Boilers of the future", estates=0.8)
        editing.compose(desk)
        yield desk


def join(desk, name, lists=BOTH, headings=None, rhythm=Rhythm.WEEK):
    """Put somebody on lists, with the headings that they chose of some bulletins."""
    number = sha256(name.encode()).hexdigest()[:16]
    own = tuple(
        Subscription(bulletin, one, editing.NOW, (headings or {}).get(bulletin, ())) for bulletin, one in lists
    )
    one = Subscriber(number, f"{name}@example.nhs.uk", name, rhythm=rhythm, subscriptions=own, added_at=editing.NOW)
    desk.store.subscribers.add(one, [])
    return number


def approve(desk, *editions):
    for edition in editions or (UPDATE, DIGEST):
        editing.approve(desk, edition)


def claims(desk, now=MONDAY):
    """What a sender would be given, one after the other."""
    desk.store.outbox.gathered(now)
    terms = Terms("sender", FREE, lambda address: desk.keys.marks("suppressed", address))
    taken = iter(lambda: desk.store.outbox.claim(terms, now), None)
    return [one for some in taken if not isinstance(some, Wait) for one in some]


def html(desk, claim):
    message = message_from_bytes(desk.store.outbox.mime(claim.message))
    (part,) = (part for part in message.walk() if part.get_content_type() == "text/html")
    return part.get_payload(decode=True).decode()


def states(desk):
    return {edition: dict(found) for edition, found in desk.store.outbox.tallies().items()}


def test_two_editions_for_one_person_are_one_email_with_each_item_once(desk):
    ann = join(desk, "ann")
    approve(desk)
    assert jobs.gather(desk, MONDAY) == jobs.Gathered(1)
    (one,) = claims(desk)
    assert (one.recipient, one.edition, one.is_together) == (ann, UPDATE, True)
    shown = html(desk, one)
    assert [shown.count(f">{title}<") for title in ("Gowns washed and worn again", "Boilers of the future")] == [1, 1]
    assert shown.index("Wexbridge Update") < shown.index("Green Digest")
    assert "Also in: Green Digest" in shown


def test_the_email_says_why_it_came_and_where_to_leave_everything(desk):
    join(desk, "ann")
    approve(desk)
    jobs.gather(desk, MONDAY)
    (one,) = claims(desk)
    shown = html(desk, one)
    assert (
        "You asked for one email a week. You are on these lists of the library: Managers (Wexbridge Update); "
        "Everybody (Green Digest)." in shown
    )
    assert "Unsubscribe from all of them" in shown
    assert message_from_bytes(desk.store.outbox.mime(one.message))["List-Id"] == "<together.example.nhs.uk>"


def test_both_deliveries_stand_as_the_one_email_does(desk):
    join(desk, "ann")
    approve(desk)
    jobs.gather(desk, MONDAY)
    assert states(desk) == {UPDATE: {State.WAITING: 1}, DIGEST: {State.WAITING: 1}}
    claims(desk)
    assert states(desk) == {UPDATE: {State.CLAIMED: 1}, DIGEST: {State.CLAIMED: 1}}


def test_to_gather_twice_does_one_thing(desk):
    join(desk, "ann")
    approve(desk)
    assert [jobs.gather(desk, MONDAY).emails for _ in range(3)] == [1, 0, 0]
    assert len(claims(desk)) == 1


def test_nothing_is_put_together_before_its_morning(desk):
    join(desk, "ann")
    approve(desk)
    early = MONDAY - timedelta(minutes=1)
    assert jobs.gather(desk, early).emails == 0
    assert claims(desk, early) == []


def test_one_edition_alone_is_its_own_email(desk):
    join(desk, "ann")
    approve(desk, UPDATE)
    assert jobs.gather(desk, MONDAY).emails == 0
    (one,) = claims(desk)
    approval = desk.store.approvals.holding()[UPDATE]
    assert desk.store.outbox.mime(one.message) == desk.store.approvals.emails(approval.id)[0].mime


def test_who_wants_every_edition_gets_each_by_itself(desk):
    join(desk, "ann", rhythm=Rhythm.EVERY)
    approve(desk)
    assert jobs.gather(desk, MONDAY).emails == 0
    assert [one.edition for one in claims(desk)] == [UPDATE, DIGEST]


def test_many_who_get_the_same_share_one_message(desk):
    for name in ("ann", "bob", "cat"):
        join(desk, name)
    join(desk, "dan", headings={"update": ("workforce",)})
    approve(desk)
    assert jobs.gather(desk, MONDAY).emails == 4
    found = {one.name: one.message for one in claims(desk)}
    assert found["ann"] == found["bob"] == found["cat"] != found["dan"]


def test_the_headings_that_somebody_chose_are_theirs_in_it_too(desk):
    join(desk, "ann", headings={"update": ("workforce",), "digest": ("estates",)})
    approve(desk)
    jobs.gather(desk, MONDAY)
    (one,) = claims(desk)
    shown = html(desk, one)
    assert ["Nurses who stay" in shown, "Boilers of the future" in shown, "Gowns washed" in shown] == [
        True,
        True,
        False,
    ]
    assert shown.count("You chose 1 of 2 headings") == 2


def test_an_approval_that_was_taken_back_is_not_in_it(desk):
    join(desk, "ann")
    approve(desk)
    jobs.take_back(desk, DIGEST, "eve")
    assert jobs.gather(desk, MONDAY).emails == 0
    assert [one.edition for one in claims(desk)] == [UPDATE]


def test_an_approval_that_is_taken_back_later_takes_its_part_out(desk):
    join(desk, "ann")
    approve(desk)
    jobs.gather(desk, MONDAY)
    jobs.take_back(desk, DIGEST, "eve")
    assert jobs.gather(desk, MONDAY).emails == 0
    (one,) = claims(desk)
    assert (one.edition, one.is_together, "Boilers" in html(desk, one)) == (UPDATE, False, False)


def test_an_edition_that_is_held_is_not_in_it(desk):
    join(desk, "ann")
    approve(desk)
    desk.store.outbox.hold(Halt(0, DIGEST, MONDAY, "eve", "look again"))
    assert jobs.gather(desk, MONDAY).emails == 0
    assert [one.edition for one in claims(desk)] == [UPDATE]


def test_an_edition_that_is_held_later_is_taken_out(desk):
    join(desk, "ann")
    approve(desk)
    jobs.gather(desk, MONDAY)
    desk.store.outbox.hold(Halt(0, DIGEST, MONDAY, "eve", "look again"))
    assert jobs.gather(desk, MONDAY).emails == 0
    (one,) = claims(desk)
    assert (one.edition, one.is_together) == (UPDATE, False)
    assert states(desk)[DIGEST] == {State.WAITING: 1}


def test_an_edition_that_is_cancelled_is_taken_out(desk):
    join(desk, "ann")
    approve(desk)
    jobs.gather(desk, MONDAY)
    assert desk.store.outbox.cancel(DIGEST, "eve", MONDAY) == 1
    (one,) = claims(desk)
    assert (one.edition, one.is_together) == (UPDATE, False)
    assert states(desk)[DIGEST] == {State.CANCELLED: 1}


def test_an_edition_whose_list_somebody_left_is_not_in_it(desk):
    ann = join(desk, "ann")
    approve(desk)
    jobs.subscribers.leave(desk, ann, [("digest", "all")], Way.LINK)
    assert jobs.gather(desk, MONDAY).emails == 0
    (one,) = claims(desk)
    assert (one.edition, one.is_together) == (UPDATE, False)
    assert states(desk)[DIGEST] == {State.SUPPRESSED: 1}


def test_what_somebody_leaves_after_it_was_put_together_does_not_come(desk):
    ann = join(desk, "ann")
    approve(desk)
    jobs.gather(desk, MONDAY)
    jobs.subscribers.leave(desk, ann, [("digest", "all")], Way.LINK)
    claims(desk)
    assert states(desk)[DIGEST] == {State.SUPPRESSED: 1}
    jobs.gather(desk, MONDAY)
    (one,) = claims(desk)
    assert "Boilers" not in html(desk, one)


def test_what_was_tried_already_is_put_together_with_nothing(desk):
    join(desk, "ann")
    approve(desk, UPDATE)
    claims(desk)
    desk.store.outbox.recover(["sender"], MONDAY)
    approve(desk, DIGEST)
    assert jobs.gather(desk, MONDAY).emails == 0
    assert states(desk) == {UPDATE: {State.WAITING: 1}, DIGEST: {State.WAITING: 1}}


def test_words_that_changed_after_the_approval_are_not_in_it(desk):
    join(desk, "ann")
    approve(desk)
    with editing.reopened(desk, "title: Green Digest", "title: Greener Digest") as desk:
        jobs.gather(desk, MONDAY)
        (one,) = claims(desk)
        assert "Greener Digest" not in html(desk, one)


def test_an_edition_of_a_list_that_is_gone_goes_by_itself(desk):
    join(desk, "ann")
    approve(desk)
    with editing.reopened(desk, "id: managers", "id: leaders") as desk:
        assert jobs.gather(desk, MONDAY).emails == 0
        assert sorted(one.edition for one in claims(desk)) == [DIGEST, UPDATE]


def test_what_cannot_be_printed_goes_by_itself_and_is_told(desk, monkeypatch):
    join(desk, "ann")
    approve(desk)

    def broken(*_):
        raise RenderError("shared/together.html.j2:3: unexpected end")

    monkeypatch.setattr(ROOM.render, "email_of", broken)
    assert jobs.gather(desk, MONDAY) == jobs.Gathered(0, ("shared/together.html.j2:3: unexpected end",))
    assert len(claims(desk)) == 2


def test_a_failure_in_the_middle_leaves_everything_as_it_was(desk, monkeypatch):
    join(desk, "ann")
    join(desk, "bob")
    approve(desk)
    before = desk.store.outbox.deliveries("")

    def broken(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr("bulletin.store.outbox.gathering._undue", broken)
    with pytest.raises(RuntimeError):
        jobs.gather(desk, MONDAY)
    assert desk.store.outbox.deliveries("") == before
    monkeypatch.undo()
    assert jobs.gather(desk, MONDAY).emails == 2


def test_what_would_be_too_big_goes_edition_by_edition(desk, monkeypatch):
    join(desk, "ann")
    approve(desk)
    monkeypatch.setattr(ROOM.render, "MOST_BYTES", 5_000)
    assert jobs.gather(desk, MONDAY).emails == 0
    assert [one.edition for one in claims(desk)] == [UPDATE, DIGEST]


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([1, 1, 1], [(0, 1, 2)]),
        ([2, 1, 1], [(0, 1)]),  # and the last by itself
        ([2, 2, 1], [(1, 2)]),
        ([1, 1, 1, 1], [(0, 1, 2)]),
        ([1, 2, 1, 2], [(0, 1), (2, 3)]),
        ([3, 1, 1, 1], [(1, 2, 3)]),
        ([3, 3], []),
    ],
)
def test_as_many_editions_as_fit_are_one_email(desk, monkeypatch, sizes, groups):
    monkeypatch.setattr(ROOM.render, "MOST_BYTES", 3)
    press = ROOM._Press(desk, MONDAY, set())
    monkeypatch.setattr(press, "_email", lambda parts, _: SimpleNamespace(html="x" * sum(parts)))
    assert [places for places, _ in press._fitting(sizes, Rhythm.WEEK)] == groups


def test_the_linter_finds_no_fault_in_it(desk):
    web = replace(desk.config.web, base_url="https://bulletins.example.nhs.uk")
    desk = replace(desk, config=replace(desk.config, web=web))
    join(desk, "ann", headings={"update": ("workforce",)})
    approve(desk)
    jobs.gather(desk, MONDAY)
    (one,) = claims(desk)
    found = lint(desk.store.outbox.mime(one.message))
    assert [one for one in found if one.severity is Severity.ERROR] == []


def test_each_reader_is_sent_one_email_whose_own_link_leaves_everything(desk, clock, tmp_path):
    web = replace(desk.config.web, base_url="https://bulletins.example.nhs.uk")
    ours = replace(desk.config, web=web, outbox=tmp_path / "sent", pace=FREE)
    desk = replace(desk, config=ours)
    ann, bob = join(desk, "ann"), join(desk, "bob")
    approve(desk)
    clock.now = MONDAY
    assert jobs.deliver.run(desk).is_done
    sent = {message["To"]: message for message in map(read, (tmp_path / "sent").glob("*.eml"))}
    assert sorted(sent) == ['"ann" <ann@example.nhs.uk>', '"bob" <bob@example.nhs.uk>']
    for number, name in ((ann, "ann"), (bob, "bob")):
        message = sent[f'"{name}" <{name}@example.nhs.uk>']
        leave = token(desk.keys, "leave", number, "", "")
        assert f"<https://bulletins.example.nhs.uk/leave/{leave}>" in message["List-Unsubscribe"]
        (html,) = (part for part in message.walk() if part.get_content_type() == "text/html")
        assert leave in html.get_payload(decode=True).decode()
    assert states(desk) == {UPDATE: {State.SENT: 2}, DIGEST: {State.SENT: 2}}


def read(path):
    return message_from_bytes(path.read_bytes())


def test_nobody_elses_name_is_in_it_and_all_sums_hold(desk):
    for name in ("ann", "bob"):
        join(desk, name)
    approve(desk)
    jobs.gather(desk, MONDAY)
    for one in claims(desk):
        mime = desk.store.outbox.mime(one.message)
        assert not [name for name in (b"ann@", b"bob@") if name in mime]
    assert {edition: sum(found.values()) for edition, found in states(desk).items()} == {UPDATE: 2, DIGEST: 2}

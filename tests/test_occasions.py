"""An edition by its steps: drafted when it is due, told, reminded, each of them once, whatever happens between."""

from dataclasses import replace
from datetime import timedelta

import editing
import newsroom
import occasional
import pytest
from occasional import DAY, DUE, EDITION, HOUR, MINUTE, REMINDED, STEPS, at, drafted, tick, turn

from bulletin import jobs
from bulletin.errors import StoreError
from bulletin.jobs import occasions
from bulletin.jobs.occasions import drafting
from bulletin.jobs.turning import Shift, new_beat
from bulletin.jobs.urgent import compose_urgent
from bulletin.model import Ended, Item, Outcome, Visit, WhenEmpty


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with occasional.open_desk(tmp_path, clock, **STEPS) as desk:
        yield desk


def crash(desk, monkeypatch, where, what):
    """Come for what is due, and stop short as a process that is killed there."""
    with monkeypatch.context() as patch:
        patch.setattr(where, what, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tick(desk)


def outcome(desk, step, period="2026-12-07"):
    found = turn(desk, step, period)
    return (found.outcome, found.words) if found else None


def test_nothing_is_drafted_before_it_is_due(desk):
    assert at(desk, DUE - MINUTE) == []
    assert drafted(desk) == []


def test_what_was_due_before_the_schedule_was_written_is_nobodys(desk):
    assert occasional.tick(desk) == []
    assert desk.store.turns.list("draft:digest", editing.NOW - 400 * DAY) == []


def test_a_draft_is_made_when_it_is_due_and_once(desk):
    assert at(desk, DUE) == [f"{EDITION}: drafted with 1 item; {EDITION}: 2 editors told"]
    assert drafted(desk) == [EDITION]
    assert at(desk, DUE + MINUTE) == []


def test_what_came_in_the_last_minutes_is_looked_at_before_the_draft(desk, clock):
    clock.now = DUE - MINUTE
    item = Item("Theatres reach net zero", "https://example.org/theatres", published=clock.now)
    desk.store.items.shelve(Visit("feed-a", clock.now, Outcome.OK), [item])
    assert at(desk, DUE)[0].startswith(f"{EDITION}: drafted with")
    (section,) = desk.store.editions.get(EDITION).sections
    assert "Theatres reach net zero" in [placed.item.title for placed in section.items]


def test_a_process_that_has_just_begun_lets_the_feeds_come_first(desk, clock):
    clock.now = DUE
    young = Shift(new_beat("schedule", DUE))
    desk.store.beats.show(young.me)
    assert jobs.due(desk)
    assert occasions.hold(desk, young) is None
    for feed in desk.config.feeds:
        desk.store.visits.record(Visit(feed.id, clock.now, Outcome.FAILED, feed.address))
    assert occasions.hold(desk, young).words.startswith(f"{EDITION}: drafted")


def test_feeds_that_cannot_be_visited_hold_up_no_draft_for_long(desk, clock):
    clock.now = DUE
    young = Shift(new_beat("schedule", DUE))
    clock.now = DUE + timedelta(minutes=20)
    desk.store.beats.show(replace(young.me, seen=clock.now))
    assert jobs.due(desk)
    assert occasions.hold(desk, young).words.startswith(f"{EDITION}: drafted"), "and it is not late"


def test_each_step_is_taken_once_by_two_who_come_every_minute(desk):
    steps = []
    for when in (DUE, REMINDED, HOUR):
        for minutes in range(-2, 3):
            steps += at(desk, when + minutes * MINUTE)
    assert steps == [
        f"{EDITION}: drafted with 1 item; {EDITION}: 2 editors told",
        f"{EDITION}: 2 editors told",
        f"{EDITION}: nobody approved it",
        f"{EDITION}: 2 editors told",
    ]
    each = [("bob", "To review"), ("eve", "To review"), ("bob", "Not approved yet"), ("eve", "Not approved yet")]
    waits = [("bob", "Waits, and was not sent"), ("eve", "Waits, and was not sent")]
    assert sorted(desk.post.told) == sorted([*each, *waits])


def test_a_draft_that_crashed_half_way_is_made_by_another(desk, monkeypatch):
    desk.now.now = DUE
    crash(desk, monkeypatch, drafting, "_kept")
    assert turn(desk, "draft").is_over is False
    assert at(desk, DUE + 2 * MINUTE) == [], "whoever took it may be at it still"
    assert at(desk, DUE + 16 * MINUTE) != []
    assert (drafted(desk), turn(desk, "draft").tries) == ([EDITION], 2)


def test_a_draft_that_was_kept_before_the_crash_is_not_made_twice(desk, monkeypatch):
    desk.now.now = DUE
    crash(desk, monkeypatch, type(desk.store.turns), "end")
    assert drafted(desk) == [EDITION]
    at(desk, DUE + 16 * MINUTE)
    assert (drafted(desk), outcome(desk, "draft")[0]) == ([EDITION], Ended.DONE)


def test_a_draft_three_days_late_is_marked_and_never_sent_by_itself(desk):
    desk = occasional.scheduled(desk, **occasional.SENDS)
    (told,) = at(desk, DUE + 3 * DAY)
    assert told.startswith(f"{EDITION}: late: nothing ran when it was due; drafted with 1 item")
    assert "It comes late: it was due on Monday 7 December 2026 at 09:00, and nothing ran then." in desk.post.text()
    found = occasions.occasion_of(desk, jobs.outline_of(desk, EDITION))
    assert (found.is_late, found.goes) == (True, HOUR + 3 * DAY)
    at(desk, HOUR + 3 * DAY)
    assert outcome(desk, "send") == (Ended.SKIPPED, "its draft was late, and such a one waits for a person")
    assert desk.store.approvals.holding() == {}


def test_a_draft_forty_days_late_is_missed_and_says_how_to_make_it(desk):
    desk = occasional.scheduled(desk, cron="0 9 7 12 *")
    tick(desk)
    assert at(desk, DUE + 40 * DAY) == ["digest: 1 edition missed"]
    assert drafted(desk) == []
    missed = turn(desk, "draft")
    assert missed.outcome is Ended.MISSED
    assert missed.words.startswith("nothing ran until 40 days after it was due: `bulletin compose digest --date 2026")
    assert at(desk, DUE + 41 * DAY) == []


def test_of_several_that_were_missed_only_the_newest_is_drafted(desk):
    desk = occasional.scheduled(desk, cron="0 9 * * *")
    tick(desk)
    (told,) = at(desk, DUE + MINUTE)
    assert told.startswith("digest: 14 editions missed")
    assert drafted(desk) == [EDITION]
    assert outcome(desk, "draft", "2026-12-06") == (
        Ended.MISSED,
        "nothing ran when it was due: what it would have had is in 2026-12-07",
    )


def test_a_crash_that_nobody_came_back_to_is_missed_when_the_next_is_due(desk, monkeypatch):
    desk.now.now = DUE
    crash(desk, monkeypatch, drafting, "_kept")
    desk.now.now = DUE + 28 * DAY
    editing.shelve(desk, "Boilers", estates=0.8)
    tick(desk)
    assert outcome(desk, "draft")[0] is Ended.MISSED
    assert drafted(desk) == ["digest-2027-01-04"]


def test_with_nothing_to_print_an_edition_is_left_out_and_says_since_when(desk):
    desk = occasional.scheduled(desk, cron="0 9 * * *")
    for day in range(14):
        at(desk, DUE - (14 - day) * DAY)
    assert drafted(desk) == []
    assert outcome(desk, "draft", "2026-11-24") == (Ended.SKIPPED, "nothing new since 17 November 2026")
    at(desk, DUE)
    at(desk, DUE + DAY)
    assert drafted(desk) == [EDITION]
    assert outcome(desk, "draft", "2026-12-08") == (Ended.SKIPPED, "nothing new since 7 December 2026")
    assert turn(desk, "tell", "2026-12-08") is None


def test_an_empty_edition_is_drafted_where_the_file_wants_it(desk):
    at(occasional.scheduled(desk, cron="0 9 * * *", when_empty=WhenEmpty.DRAFT), DUE - 10 * DAY)
    desk = occasional.scheduled(desk, cron="0 9 * * *", when_empty=WhenEmpty.DRAFT)
    at(desk, DUE - 9 * DAY)
    assert drafted(desk) == ["digest-2026-11-28"]


def test_a_draft_that_a_person_made_is_brought_up_to_date(desk):
    desk.now.now = DUE - 12 * DAY
    jobs.compose(desk, desk.bulletin("digest"), DUE.date())
    editing.shelve(desk, "Boilers", -11, estates=0.8)
    at(desk, DUE)
    assert jobs.outline_of(desk, EDITION).size == 2
    assert len(drafted(desk)) == 1


def test_an_edition_that_is_approved_already_is_left_alone(desk):
    desk.now.now = DUE - timedelta(hours=1)
    jobs.compose(desk, desk.bulletin("digest"), DUE.date())
    editing.approve(desk, EDITION)
    at(desk, DUE)
    assert outcome(desk, "draft") == (Ended.DONE, "it was approved before its draft was due")
    assert outcome(desk, "tell") == (Ended.SKIPPED, "it is approved already")
    at(desk, HOUR)
    assert outcome(desk, "send") == (Ended.DONE, "approved by eve")
    assert desk.post.letters == []


def test_of_a_draft_that_was_taken_back_nothing_follows(desk):
    at(desk, DUE)
    jobs.withdraw(desk, EDITION)
    assert at(desk, HOUR) == []


def test_what_goes_wrong_with_one_bulletin_is_said_and_tried_again(desk, monkeypatch):
    desk.now.now = DUE
    with monkeypatch.context() as patch:

        def refuse(*_):
            raise StoreError("the disk is full")

        patch.setattr(drafting, "_kept", refuse)
        done = occasions.hold(desk, occasional.TWO[0])
    assert (done.outcome, done.words) == (Ended.FAILED, "digest: the disk is full")
    assert at(desk, DUE + 16 * MINUTE) != []
    assert drafted(desk) == [EDITION]


def test_the_overview_tells_what_was_done_and_what_will_be(desk):
    at(desk, DUE)
    (found,) = occasions.overview(desk)
    assert found.next.name == "2027-01-04"
    (one,) = found.occasions
    assert one.steps == (
        "drafted on Monday 7 December 2026 at 09:00",
        "2 editors told that it is drafted",
        "editors are reminded on Tuesday 8 December 2026 at 09:30",
        "it goes on Wednesday 9 December 2026 at 09:30 if it is approved by then, and else waits",
    )
    at(desk, HOUR)
    (one,) = occasions.overview(desk)[0].occasions
    assert one.waits is True
    assert "not sent on Wednesday 9 December 2026 at 09:30: nobody approved it" in one.steps[-2]


def test_the_overview_tells_what_was_left_out(desk):
    desk = occasional.scheduled(desk, cron="0 9 * * *")
    tick(desk)
    at(desk, editing.NOW + DAY)
    (found,) = occasions.overview(desk)
    assert [(one.period, one.outcome) for one in found.passed] == [("2026-11-23", Ended.SKIPPED)]
    desk.now.now += 61 * DAY
    assert occasions.overview(desk)[0].passed == ()


def test_a_later_hour_for_a_day_that_had_its_edition_makes_it_neither_due_nor_missed(desk, clock):
    at(desk, DUE)
    clock.now = DUE + 30 * MINUTE
    later = occasional.scheduled(desk, cron="0 10 1st-mon * *")
    tick(later)
    assert at(later, DUE + 60 * MINUTE) == []
    assert not any("missed" in words for words in at(later, DUE + 9 * DAY))
    assert outcome(later, "draft")[0] is Ended.DONE
    assert [one.period for one in later.store.turns.list("draft:digest", DUE - DAY)] == ["2026-12-07"]


def test_a_draft_that_stopped_short_after_it_was_written_is_made_once_though_an_urgent_one_has_its_day(
    desk, clock, monkeypatch
):
    clock.now = DUE - MINUTE
    other = editing.shelve(desk, "Theatres", -1, greener=0.9)
    compose_urgent(desk, desk.bulletin("digest"), [other], "eve@example.nhs.uk")
    clock.now = DUE
    crash(desk, monkeypatch, desk.store.turns, "end")
    at(desk, DUE + 16 * MINUTE)
    assert drafted(desk) == ["digest-2026-12-08", EDITION]
    assert turn(desk, "draft").edition == "digest-2026-12-08"

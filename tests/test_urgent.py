"""Urgent editions: these items and no others, off the schedule, as soon as somebody approves them."""

from dataclasses import replace
from datetime import date, timedelta

import editing
import newsroom
import pytest
from deliver.sending import with_readers
from editing import DIGEST, do, printed

from bulletin import jobs
from bulletin.errors import ApprovedError, ChangedError, InputError, UnknownError
from bulletin.jobs import occasions
from bulletin.jobs.compose import draft, keep
from bulletin.jobs.hours import hours
from bulletin.jobs.turning import Shift, new_beat
from bulletin.jobs.urgent import compose_urgent
from bulletin.model import Act, Ended, State


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def alert(desk):
    return editing.shelve(desk, "Recall", greener=0.9)


def urgent(desk, *items, day=None):
    return compose_urgent(desk, desk.bulletin("digest"), items, "eve@example.nhs.uk", day)


def titles(desk, edition=DIGEST):
    return sorted(title for some in printed(desk, edition).values() for title in some)


def test_it_prints_its_items_and_no_others(desk, alert):
    editing.shelve(desk, "Gowns", greener=0.9)
    edition = urgent(desk, alert)
    assert (edition.id, edition.is_urgent, titles(desk)) == (DIGEST, True, ["Recall"])
    assert desk.store.deeds.latest(most=1)[0].did == "drafted an urgent edition"


def test_an_item_of_any_age_goes_and_as_many_as_are_named(desk):
    old = [editing.shelve(desk, f"Old {number}", 300, greener=0.9) for number in range(4)]
    assert urgent(desk, *old).size == 4


def test_a_draft_that_was_made_meanwhile_is_not_written_over(desk, alert):
    editing.shelve(desk, "Gowns", greener=0.9)
    regular = draft(desk, desk.bulletin("digest"))  # as the schedule makes it, while somebody names what is urgent
    urgent(desk, alert)
    with pytest.raises(ChangedError, match=f"drafted {DIGEST} at that very moment: do it once more"):
        keep(desk, regular)
    assert titles(desk) == ["Recall"]


def test_drafting_it_anew_keeps_to_its_items(desk, alert):
    urgent(desk, alert)
    editing.shelve(desk, "Gowns", greener=0.9)
    editing.compose(desk, "digest")
    assert (titles(desk), jobs.outline_of(desk, DIGEST).is_urgent) == (["Recall"], True)


def test_what_an_editor_brings_into_it_or_leaves_out_of_it_stays_so(desk, alert):
    gowns = editing.shelve(desk, "Gowns", greener=0.9)
    urgent(desk, alert)
    do(desk, DIGEST, gowns, Act.PULL_IN, "greener")
    editing.compose(desk, "digest")
    assert titles(desk) == ["Gowns", "Recall"]
    do(desk, DIGEST, alert, Act.LEAVE_OUT)
    editing.compose(desk, "digest")
    assert titles(desk) == ["Gowns"]


def test_a_second_item_goes_into_the_one_that_stands(desk, alert):
    urgent(desk, alert)
    urgent(desk, editing.shelve(desk, "Gowns", greener=0.9))
    assert titles(desk) == ["Gowns", "Recall"]


def test_the_next_edition_prints_the_rest_and_not_this(desk, alert):
    editing.shelve(desk, "Gowns", greener=0.9)
    urgent(desk, alert)
    desk.now.now += timedelta(days=1)
    editing.compose(desk, "digest")
    assert titles(desk, "digest-2026-11-23") == ["Gowns"]


def test_it_leaves_the_draft_in_which_it_stood_and_the_rest_of_that_stays(desk, alert):
    editing.shelve(desk, "Gowns", greener=0.9)
    editing.compose(desk, "digest")
    urgent(desk, alert, day=date(2026, 11, 24))
    assert (titles(desk), titles(desk, "digest-2026-11-24")) == (["Gowns"], ["Recall"])


def test_taken_back_its_items_wait_for_the_next_edition_again(desk, alert):
    urgent(desk, alert)
    jobs.withdraw(desk, DIGEST)
    editing.shelve(desk, "Gowns", greener=0.9)
    editing.compose(desk, "digest")
    assert (titles(desk), jobs.outline_of(desk, DIGEST).is_urgent) == (["Gowns", "Recall"], False)


def test_on_a_day_that_has_an_edition_it_is_refused_and_the_next_free_day_named(desk, alert):
    editing.compose(desk, "digest")
    with pytest.raises(InputError, match=f"{DIGEST} stands and is not urgent: the next free day is 2026-11-23"):
        urgent(desk, alert)


def test_one_that_is_approved_takes_nothing_more(desk, alert):
    urgent(desk, alert)
    editing.approve(desk, DIGEST)
    with pytest.raises(InputError, match=f"{DIGEST} stands and is approved: the next free day is 2026-11-23"):
        urgent(desk, editing.shelve(desk, "Gowns", greener=0.9))
    with pytest.raises(ApprovedError):
        editing.compose(desk, "digest")


def test_nobody_gets_an_item_twice(desk, alert):
    editing.compose(desk, "digest")
    editing.approve(desk, DIGEST)
    desk.now.now += timedelta(days=1)
    with pytest.raises(InputError, match="before, and nobody gets one twice"):
        urgent(desk, alert)


def test_an_item_that_belongs_nowhere_here_is_refused_with_what_to_do(desk):
    nurses = editing.shelve(desk, "Nurses", workforce=0.9)
    with pytest.raises(InputError, match=f"`bulletin decide {nurses} TOPIC --by EDITOR` says where it belongs"):
        urgent(desk, nurses)
    with pytest.raises(UnknownError, match="no item 'nothing'"):
        urgent(desk, "nothing")
    assert desk.store.editions.list() == []


def test_it_goes_as_soon_as_it_is_approved_whatever_the_schedule_says(desk, alert):
    one = desk.bulletin("digest")
    review = replace(one, schedule=replace(one.schedule, cron="0 9 * * *", review=timedelta(days=2)))
    desk = replace(desk, config=replace(desk.config, bulletins=(review,)))
    with_readers(desk, ["reader"])
    urgent(desk, alert)
    editing.approve(desk, DIGEST)
    assert hours(desk, review, jobs.outline_of(desk, DIGEST)) is None
    (waiting,) = desk.store.outbox.deliveries(DIGEST, State.WAITING)
    assert waiting.due == desk.now()


def test_its_subject_says_so(desk, alert):
    urgent(desk, alert)
    subjects = {one.subject for one in jobs.plan(desk, DIGEST, "eve").emails}
    assert subjects == {"Urgent: Green Digest: 22 November 2026"}


def test_a_draft_that_falls_due_on_its_day_takes_the_next_one(desk, alert):
    one = desk.bulletin("digest")
    daily = replace(one, schedule=replace(one.schedule, cron="0 12 * * *"))
    desk = replace(desk, config=replace(desk.config, bulletins=(daily,)))
    shift = Shift(new_beat("schedule", desk.now()))
    occasions.hold(desk, shift)
    editing.shelve(desk, "Gowns", greener=0.9)
    urgent(desk, alert)
    desk.now.now += timedelta(hours=3)
    occasions.hold(desk, shift)
    assert (titles(desk), titles(desk, "digest-2026-11-23")) == (["Recall"], ["Gowns"])
    made = desk.store.turns.get("draft:digest", "2026-11-22")
    assert (made.outcome, made.edition) == (Ended.DONE, "digest-2026-11-23")
    assert made.words.endswith("dated 23 November 2026 because an urgent one has its day")


def test_it_waits_for_review_beside_the_draft_that_stands(desk, alert):
    gowns = editing.shelve(desk, "Gowns", greener=0.9)
    editing.compose(desk, "digest")
    urgent(desk, alert, day=date(2026, 11, 24))
    assert [row.id for row in jobs.drafts(desk)] == ["digest-2026-11-24", DIGEST]
    jobs.decide(desk, gowns, [], "ann")
    assert titles(desk) == []


def test_a_change_takes_its_approval_back_while_no_later_edition_stands(desk, alert):
    urgent(desk, alert)
    editing.approve(desk, DIGEST)
    assert do(desk, DIGEST, alert, Act.NOTE, note="Ours").unapproved is True
    editing.approve(desk, DIGEST)
    editing.shelve(desk, "Gowns", greener=0.9)
    jobs.compose(desk, desk.bulletin("digest"), date(2026, 11, 24))
    with pytest.raises(ApprovedError, match="no longer the newest"):
        do(desk, DIGEST, alert, Act.NOTE, note="Theirs")

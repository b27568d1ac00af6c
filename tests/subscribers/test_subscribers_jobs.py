"""What the desk does for readers: each act with its consent and its line of the record, which names nobody."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest

from bulletin import jobs
from bulletin.errors import InputError, UnknownError
from bulletin.jobs import subscribers
from bulletin.model import Rhythm, Way, Why

MANAGERS, NURSES = ("update", "managers"), ("update", "nurses")
ADA, ANN = "ada@example.nhs.uk", "ann@example.nhs.uk"


def join(desk, email=ADA, *lists, way=Way.DESK, by=ANN, **more):
    return subscribers.join(desk, email, lists or (MANAGERS,), way, "asked", by, **more)


def leave_all(desk, one):
    return subscribers.leave(desk, one.id, None, Way.LINK)


@pytest.fixture
def ada(desk):
    return join(desk, ADA, MANAGERS, NURSES, name="Ada Lovelace").subscriber


def test_the_record_names_a_reader_by_id_alone(desk, ada):
    subscribers.choose(desk, ada.id, Rhythm.WEEK, None, {MANAGERS: ["greener"]})
    leave_all(desk, ada)
    subscribers.come_back(desk, ada.id, [NURSES], Way.LINK)
    subscribers.suppress(desk, ADA, Why.COMPLAINED)
    subscribers.release(desk, ADA, ANN, "rang us")
    subscribers.describe(desk, ada, "Ada Byron", "Countess", "", ANN)
    subscribers.export(desk, ada)  # by themselves: to look is no deed
    subscribers.export(desk, ada, ANN)
    subscribers.erase(desk, ada)
    lines = desk.store.deeds.latest()
    assert [(one.who, one.did) for one in reversed(lines)] == [
        (ANN, "put a reader on lists"),
        ("themselves", "chose how often and what"),
        ("themselves", "left everything"),
        ("themselves", "came back to lists"),
        ("", "stopped email to a reader"),
        (ANN, "released a reader"),
        (ANN, "changed what is known of a reader"),
        (ANN, "took out the data of a reader"),
        ("themselves", "erased a reader"),
    ]
    assert {one.what for one in lines} == {ada.id}
    assert "ada@" not in str(lines)
    assert "Ada" not in str(lines)


def test_an_address_that_nobody_has_is_stopped_under_its_mark(desk):
    assert subscribers.suppress(desk, "eve@example.nhs.uk", Why.DESK, ANN)
    assert not subscribers.suppress(desk, "EVE@example.nhs.uk", Why.DESK, ANN)
    assert desk.store.deeds.latest()[0].what.startswith("address ")
    assert join(desk, "eve@example.nhs.uk").stopped.why is Why.DESK


@pytest.mark.parametrize(
    ("why", "is_let_in"),
    [
        (Why.LEFT_ALL, True),
        (Why.ERASED, True),
        (Why.BOUNCED, True),
        (Why.COMPLAINED, False),
        (Why.DESK, False),
    ],
)
def test_a_sign_up_by_oneself_lifts_what_oneself_may_lift(desk, why, is_let_in):
    subscribers.suppress(desk, ADA, why)
    joined = join(desk, way=Way.SIGN_UP, by="themselves")
    assert bool(joined.joined) is is_let_in
    assert (joined.stopped is None) is is_let_in


def test_who_was_erased_may_join_again_as_somebody_new(desk, ada):
    subscribers.erase(desk, ada)
    with pytest.raises(InputError, match="asked to be forgotten"):
        subscribers.add(desk, ADA, MANAGERS, "asked", ANN)
    again = join(desk, way=Way.SIGN_UP).subscriber
    assert again.id != ada.id
    assert [one.way for one in desk.store.subscribers.consents(again.id)] == [Way.SIGN_UP]


def test_who_was_erased_is_not_there(desk, ada):
    subscribers.erase(desk, ada)
    for act in (
        lambda: subscribers.erase(desk, ada),
        lambda: leave_all(desk, ada),
        lambda: subscribers.come_back(desk, ada.id, [MANAGERS], Way.LINK),
        lambda: subscribers.choose(desk, ada.id, Rhythm.DAY, None, {}),
        lambda: subscribers.find(desk, ada.id[:-1] + "x@example.nhs.uk"),
    ):
        with pytest.raises(UnknownError):
            act()


def test_the_desk_puts_back_who_left_only_if_it_says_that_they_asked(desk, ada):
    leave_all(desk, ada)
    for _ in range(2):
        with pytest.raises(InputError, match="if they asked you to put them back, say so"):
            subscribers.add(desk, ADA, MANAGERS, "rang us", ANN)
    assert subscribers.add(desk, ADA, MANAGERS, "rang us", ANN, again=True).joined
    with pytest.raises(InputError, match="they left this list on 23 November 2026"):
        subscribers.add(desk, ADA, NURSES, "rang us", ANN)


@pytest.mark.parametrize("words", ["", " x ", "w" * 501])
def test_nobody_is_added_without_how_they_agreed(desk, words):
    with pytest.raises(InputError, match="say how they agreed"):
        subscribers.add(desk, ADA, MANAGERS, words, ANN)
    assert desk.store.subscribers.total() == 0


def test_coming_back_past_a_complaint_says_whom_to_write_to(desk, ada):
    leave_all(desk, ada)
    subscribers.suppress(desk, ADA, Why.COMPLAINED)
    with pytest.raises(InputError, match=r"called it spam.*: write to library@example\.nhs\.uk"):
        subscribers.come_back(desk, ada.id, [MANAGERS], Way.LINK)


def test_all_headings_are_kept_as_all_so_that_a_new_one_comes_too(desk, ada):
    chosen = subscribers.choose(
        desk, ada.id, Rhythm.EVERY, date(2027, 1, 1), {MANAGERS: ["greener", "workforce"], NURSES: ["greener"]}
    )
    assert chosen.place(*MANAGERS).headings == ()
    assert chosen.place(*NURSES).headings == ("greener",)
    assert chosen.paused_until == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("headings", "told"),
    [({("update", "others"): []}, "their own lists only"), ({MANAGERS: ["nope"]}, "update has no heading 'nope'")],
)
def test_what_is_not_there_cannot_be_chosen(desk, ada, headings, told):
    with pytest.raises(UnknownError, match=told):
        subscribers.choose(desk, ada.id, Rhythm.EVERY, None, headings)


@pytest.mark.parametrize(
    ("lists", "told"),
    [([("nope", "managers")], "no bulletin 'nope'"), ([("update", "manager")], "did you mean 'managers'")],
)
def test_nobody_joins_a_list_that_is_not_there(desk, lists, told):
    with pytest.raises(UnknownError, match=told):
        subscribers.join(desk, ADA, lists, Way.DESK, "asked", ANN)


def test_lists_are_told_with_what_is_odd_about_them(desk, ada):
    (desk.config.folder / "bulletins.yaml").touch()
    bulletin = desk.config.bulletins[0]
    fewer = replace(bulletin, lists=bulletin.lists[:1])
    changed = replace(desk, config=replace(desk.config, bulletins=(fewer,)))
    found = {one.place: one for one in subscribers.all_lists(changed)}
    assert [(one.people, one.left) for one in found.values()] == [(1, 0), (1, 0)]
    assert "has delivery: file" in found[MANAGERS].hint
    assert "is no longer in bulletins.yaml" in found[NURSES].hint
    assert {one.place: one.hint for one in subscribers.all_lists(desk)}[NURSES] == ""


def test_a_list_is_named_in_full_or_by_a_bulletin_that_has_one_alone(desk):
    assert subscribers.place_of(desk, "update/nurses") == NURSES
    with pytest.raises(InputError, match="name one of update/managers, update/nurses"):
        subscribers.place_of(desk, "update")
    with pytest.raises(UnknownError, match="has no list 'x'"):
        subscribers.place_of(desk, "update/x")


def test_a_list_becomes_a_table_in_which_nothing_is_calculated(desk, ada):
    join(desk, "=cmd@example.nhs.uk", MANAGERS, name='=HYPERLINK("http://evil.test")', role="+1", organisation="@x")
    subscribers.choose(desk, ada.id, Rhythm.MONTH, None, {MANAGERS: ["greener"]})
    rows = [*csv.reader(StringIO(subscribers.list_sheet(desk, MANAGERS, ANN).decode("utf-8-sig")))]
    assert rows[1][:4] == ["'=cmd@example.nhs.uk", '\'=HYPERLINK("http://evil.test")', "'+1", "'@x"]
    assert rows[2] == [ADA, "Ada Lovelace", "", "", "23 November 2026", "Sustainable Healthcare", "month"]
    assert desk.store.deeds.latest()[0].did == "took out a list of readers"


def test_a_person_is_found_by_id_and_address_and_the_nearest_is_named(desk, ada):
    assert subscribers.find(desk, ada.id) == subscribers.find(desk, ADA.upper()) == ada
    with pytest.raises(UnknownError, match=f"did you mean '{ADA}'"):
        subscribers.find(desk, "adda@example.nhs.uk")


def test_everything_of_a_person_is_told_on_one_page(desk, ada):
    subscribers.suppress(desk, ADA, Why.BOUNCED)
    found = subscribers.story(desk, ada)
    assert (found.person, found.stopped.why, len(found.consents)) == (ada, Why.BOUNCED, 2)
    assert (found.brought, found.came_back) == ((), ())


def test_the_data_of_a_person_is_json(desk, ada):
    told = json.loads(subscribers.in_json(subscribers.export(desk, ada)))
    assert told["library"] == "Wexbridge Library"
    assert told["kept"]["subscriber"][0]["email"] == ADA
    assert len(told["kept"]["subscription"]) == 2


def test_what_is_not_yet_old_is_not_forgotten(desk, clock):
    assert jobs.forget(desk).editions == ()
    assert desk.store.deeds.latest() == []


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23", "2025-10-23"),
        ("2027-01-31", "2025-12-31"),
        ("2026-03-31", "2025-02-28"),
        ("2029-03-31", "2028-02-29"),
    ],
)
def test_thirteen_months_are_counted_by_the_calendar(clock, now, then):
    at = clock.now.replace(**dict(zip(("year", "month", "day"), map(int, now.split("-")), strict=True)))
    assert jobs.months_before(at, 13).date().isoformat() == then
    assert at - jobs.months_before(at, 13) > timedelta(days=390)

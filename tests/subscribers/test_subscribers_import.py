"""A file of readers is taken in after a look at what it would do; nobody is put back, and twice is once."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from bulletin.errors import InputError, UnknownError
from bulletin.jobs import subscribers
from bulletin.jobs.subscribers import Wish
from bulletin.model import Rhythm, Way, Why

MANAGERS, NURSES = ("update", "managers"), ("update", "nurses")
ANN = "ann@example.nhs.uk"
HEAD = "Email,Name,Job title,Trust,Interests\n"
FILE = (
    HEAD + "ada@example.nhs.uk,Ada,Consultant,Wexbridge,Workforce; Gardening\nbob@example.nhs.uk,Bob,,,\nnobody,,,,\n"
)
WISH = Wish(MANAGERS, "signed a form in the library", "staff.csv")


def preview(desk, text=FILE, wish=WISH):
    return subscribers.preview(desk, text.encode(), wish)


def take_in(desk, text=FILE, wish=WISH):
    return subscribers.take_in(desk, text.encode(), wish, ANN)


def numbers(intake):
    return len(intake.added), len(intake.changed), intake.same, len(intake.refused)


def reasons(intake):
    return {one.email: one.why for one in intake.refused}


def ada(desk):
    return desk.store.subscribers.by_email("ada@example.nhs.uk")


def test_a_preview_says_what_will_be_done_and_does_nothing(desk):
    seen = preview(desk)
    assert numbers(seen) == (2, 0, 0, 1)
    assert seen.rows == 3
    assert desk.store.subscribers.total() == 0
    assert desk.store.deeds.latest() == []
    done = take_in(desk)
    assert replace(done, is_done=False) == seen


def test_good_rows_are_taken_with_what_they_rest_on(desk):
    take_in(desk)
    one = ada(desk)
    assert (one.name, one.role, one.organisation, one.rhythm) == ("Ada", "Consultant", "Wexbridge", Rhythm.EVERY)
    assert [(place.list, place.headings) for place in one.places] == [("managers", ())]
    (consent,) = desk.store.subscribers.consents(one.id)
    assert (consent.way, consent.by) == (Way.IMPORT, ANN)
    assert consent.words == "signed a form in the library (staff.csv, line 2)"
    (deed,) = desk.store.deeds.latest()
    assert (deed.who, deed.what, deed.after) == (ANN, "update/managers", "2 added, 0 changed, 1 refused")


def test_taking_it_in_twice_changes_nothing(desk):
    take_in(desk)
    before = desk.store.subscribers.all()
    assert numbers(take_in(desk)) == (0, 0, 2, 1)
    assert desk.store.subscribers.all() == before
    assert len(desk.store.deeds.latest()) == 1


def test_what_a_file_tells_is_changed_and_what_it_does_not_tell_stays(desk):
    take_in(desk)
    told = take_in(desk, "Email,Name,Role\nada@example.nhs.uk,Ada Lovelace,\nbob@example.nhs.uk,,\n")
    assert numbers(told) == (0, 1, 1, 0)
    assert (ada(desk).name, ada(desk).role) == ("Ada Lovelace", "Consultant")


def test_who_is_on_another_list_is_the_same_person_on_this_one(desk):
    take_in(desk)
    assert numbers(take_in(desk, wish=replace(WISH, place=NURSES))) == (2, 0, 0, 1)
    assert desk.store.subscribers.total() == 2
    assert len(ada(desk).places) == 2


def test_who_left_is_not_put_back_and_the_reason_is_told(desk):
    take_in(desk)
    subscribers.leave(desk, ada(desk).id, [MANAGERS], Way.LINK)
    told = take_in(desk)
    assert reasons(told)["ada@example.nhs.uk"] == "left this list on 23 November 2026, and no file puts them back"
    assert ada(desk).places == ()


@pytest.mark.parametrize("why", list(Why))
def test_an_address_that_is_suppressed_is_refused_with_the_reason(desk, why):
    subscribers.suppress(desk, "bob@example.nhs.uk", why)
    told = take_in(desk)
    assert reasons(told)["bob@example.nhs.uk"] == f"gets no email since 23 November 2026: {why}"
    assert numbers(told) == (1, 0, 0, 2)
    assert [one.line for one in told.refused] == [3, 4]


def test_who_was_erased_is_not_put_back_by_a_file(desk):
    take_in(desk)
    subscribers.erase(desk, ada(desk))
    assert "asked to be forgotten" in reasons(take_in(desk))["ada@example.nhs.uk"]
    assert ada(desk) is None


def test_interests_become_headings_only_when_that_is_wanted(desk):
    wish = replace(WISH, by_interests=True)
    told = preview(desk, wish=wish)
    assert (told.choosing, told.unmatched) == (1, (("Gardening", 1),))
    take_in(desk, wish=wish)
    assert ada(desk).place(*MANAGERS).headings == ("workforce",)


def test_what_somebody_chose_themselves_is_not_changed_by_a_file(desk):
    take_in(desk)
    subscribers.choose(desk, ada(desk).id, Rhythm.EVERY, None, {MANAGERS: ["greener"]})
    take_in(desk, wish=replace(WISH, by_interests=True))
    assert ada(desk).place(*MANAGERS).headings == ("greener",)


@pytest.mark.parametrize(
    ("wish", "kind", "told"),
    [
        (replace(WISH, consent=" "), InputError, "say how they agreed"),
        (replace(WISH, place=("update", "nope")), UnknownError, "has no list 'nope'"),
        (replace(WISH, place=("nope", "managers")), UnknownError, "no bulletin 'nope'"),
    ],
)
def test_a_file_without_a_list_or_consent_is_not_taken(desk, wish, kind, told):
    with pytest.raises(kind, match=told):
        take_in(desk, wish=wish)
    assert desk.store.subscribers.total() == 0


def test_refused_rows_can_be_mended_and_taken_in_again(desk):
    text = subscribers.refused_sheet(preview(desk, HEAD + "=1+1,Ada,,,\n")).decode("utf-8-sig")
    assert [*csv.reader(StringIO(text))] == [
        ["Line", "Email", "Why"],
        ["2", "'=1+1", "is no email address: it looks like name@example.nhs.uk"],
    ]


def test_a_list_that_was_written_is_read_again_as_it_was(desk):
    take_in(desk, HEAD + "=x@example.nhs.uk,'+Ada,-,@home,\n")
    written = subscribers.list_sheet(desk, MANAGERS, ANN)
    assert numbers(subscribers.preview(desk, written, WISH)) == (0, 0, 1, 0)


def test_many_are_taken_in_one_go(desk):
    text = HEAD + "".join(f"reader{number}@example.nhs.uk,Reader {number},,,\n" for number in range(3000))
    assert numbers(take_in(desk, text)) == (3000, 0, 0, 0)
    assert desk.store.subscribers.counts() == {MANAGERS: (3000, 0)}
    found, total = desk.store.subscribers.page("READER 17", None, 10, 100)
    assert (len(found), total) == (10, 159)

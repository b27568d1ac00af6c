"""The page of a run: who may see what of it, and what each button does."""

from collections import Counter

import pytest
from visiting import at_desk

from bulletin import jobs
from bulletin.jobs import sending as job
from bulletin.model import (
    Because,
    Classification,
    DateSource,
    Frozen,
    Halt,
    Item,
    Laid,
    Laying,
    Outcome,
    Pace,
    Sender,
    State,
    Subscriber,
    Suggestion,
    Visit,
)
from bulletin.store.outbox.laying import lay
from bulletin.store.outbox.restored import OLDER
from bulletin.store.outbox.tables import due, ending

NAMES = ("ada", "ben", "cai", "dee", "eli")


@pytest.fixture
def edition(desk):
    """An approved edition that waits for five people."""
    when = desk.now()
    item = Item("Gowns", "https://example.org/gowns", published=when, date_source=DateSource.PUBLISHED)
    (new,) = desk.store.items.shelve(Visit("feed", when, Outcome.OK), [item]).new
    found = (Suggestion(new, "greener", 0.9, (Because("gowns", 1.0),)),)
    desk.store.suggestions.add([Classification(new, found, "recipe", 0, when)])
    name = jobs.compose(desk, desk.bulletin("update")).id
    keys = [one.key for one in jobs.plan(desk, name, "").unaccepted]
    jobs.accept(desk, name, keys, "eve@example.nhs.uk")
    approval = jobs.approve(desk, name, "eve@example.nhs.uk").id
    laid = []
    for number, who in enumerate(NAMES):
        one = Subscriber(f"{number:016x}", f"{who}@example.nhs.uk", who.title(), added_at=when)
        desk.store.subscribers.add(one, [])
        laid.append(Laid("managers", one.id, one.email, one.name, "m1", f"{name}.{who}@example.nhs.uk", when))
    with desk.store._database.write() as connection:
        lay(
            connection,
            approval,
            name,
            "update",
            Laying((Frozen("m1", "Update", b"Subject: Update"),), tuple(laid)),
            when,
        )
    return name


@pytest.fixture
def page(edition):
    return f"/editions/{edition}/sending"


@pytest.fixture
def eve(app, desk):
    return at_desk(app, desk, "approver", email="eve@example.nhs.uk")


def end(desk, number, state, words=""):
    with desk.store._database.write() as connection:
        connection.execute(due.delete().where(due.c.delivery == number))
        row = {"delivery": number, "state": state, "at": desk.now(), "words": words, "by": ""}
        connection.execute(ending.insert().values(row))


def number_of(desk, edition, who):
    return next(one.id for one in desk.store.outbox.deliveries(edition) if one.address.startswith(who))


def test_states_are_told_with_counts_and_their_sum_is_everybody(eve, desk, edition, page):
    end(desk, number_of(desk, edition, "ada"), State.SENT)
    shown = eve.get(page).text
    assert "1 of 5 sent" in shown
    assert '<th scope="row">Waiting</th><td class="number">4</td>' in shown
    assert '<th scope="row">All</th><td class="number">5</td>' in shown
    assert "Failed" not in shown


def test_nobody_sends_until_somebody_does_and_then_it_is_said_how_long_it_takes(eve, desk, page):
    assert "Nobody sends at the moment" in eve.get(page).text
    desk.store.outbox.enter(Sender("s1", "m", "p", desk.now(), desk.now()))
    shown = eve.get(page).text
    assert "The rest takes about a minute, at 25 a minute." in shown


def test_it_looks_again_by_itself_only_while_something_may_move(eve, desk, edition, page):
    assert 'hx-trigger="every 5s"' in eve.get(page).text
    jobs.deliver.pause(desk, edition, "eve@example.nhs.uk")
    assert "every 5s" not in eve.get(page).text


def test_hold_and_go_on(eve, desk, edition, page):
    assert eve.post(f"{page}/pause", page).status_code == 303
    shown = eve.get(page).text
    assert "On hold" in shown
    assert "By Eve" in shown
    assert eve.post(f"{page}/resume", page).status_code == 303
    assert jobs.deliver.halts(desk, edition) == []


def test_cancelling_asks_once_more_with_exact_counts(eve, desk, edition, page):
    end(desk, number_of(desk, edition, "ada"), State.SENT)
    asked = eve.get(f"{page}/cancel").text
    assert "4 people will never get this edition. 1 person has it already" in asked
    assert jobs.deliver.states(desk, edition) == {State.SENT: 1, State.WAITING: 4}
    assert eve.post(f"{page}/cancel", f"{page}/cancel").status_code == 303
    assert jobs.deliver.states(desk, edition) == {State.SENT: 1, State.CANCELLED: 4}
    shown = eve.get(page).text
    assert "Cancelled" in shown
    assert "Cancel what waits" not in shown
    assert "there is nothing to cancel" in eve.get(f"{page}/cancel").text


@pytest.mark.parametrize(("how", "state"), [("sent", State.SENT), ("again", State.WAITING)])
def test_a_doubt_is_settled_as_somebody_says(eve, desk, edition, page, how, state):
    number = number_of(desk, edition, "ben")
    end(desk, number, State.IN_DOUBT, "the sender stopped")
    shown = eve.get(page).text
    assert "Ben" in shown
    assert "The sender stopped" in shown
    assert eve.post(f"{page}/settle", page, delivery=str(number), how=how).status_code == 303
    assert desk.store.outbox.get(number).state is state
    late = eve.post(f"{page}/settle", page, delivery=str(number), how=how)
    assert late.status_code == 422
    assert "is not in doubt" in late.text


def test_what_failed_is_tried_again_one_by_one_or_all_at_once(eve, desk, edition, page):
    numbers = [number_of(desk, edition, who) for who in NAMES[:3]]
    for number in numbers:
        end(desk, number, State.FAILED, "550 no such <person>")
    shown = eve.get(page).text
    assert "550 no such &lt;person&gt;" in shown
    assert "Try all 3 again" in shown
    eve.post(f"{page}/again", page, delivery=str(numbers[0]))
    assert jobs.deliver.states(desk, edition)[State.FAILED] == 2
    eve.post(f"{page}/again", page, all="yes")
    assert jobs.deliver.states(desk, edition)[State.FAILED] == 0


@pytest.mark.parametrize("typed", ["", "x", "0", "99999", "9" * 40, "-1", "²"])
def test_a_delivery_of_another_edition_or_of_none_is_refused(eve, page, typed):
    assert eve.post(f"{page}/settle", page, delivery=typed, how="sent").status_code == 422
    assert eve.post(f"{page}/again", page, delivery=typed).status_code == 422


def test_who_looks_sees_numbers_and_no_people_and_changes_nothing(app, desk, edition, page):
    end(desk, number_of(desk, edition, "ada"), State.FAILED, "550 gone")
    lou = at_desk(app, desk, "viewer")
    shown = lou.get(page).text
    assert "A reader" in shown
    assert "ada@" not in shown
    assert "Hold it" not in shown
    for act in ("pause", "resume", "cancel", "settle", "again"):
        assert lou.post(f"{page}/{act}", "/account").status_code == 403
    assert jobs.deliver.states(desk, edition) == {State.FAILED: 1, State.WAITING: 4}


def test_who_approves_one_bulletin_alone_sees_no_people_either(app, desk, edition, page):
    end(desk, number_of(desk, edition, "ada"), State.FAILED, "550 gone")
    kim = at_desk(app, desk, "approver:update")
    assert "ada@" not in kim.get(page).text
    assert kim.post(f"{page}/pause", page).status_code == 303
    assert kim.post("/sending/resume", page).status_code == 403


def test_what_holds_everything_is_told_and_ended_by_who_may(eve, app, desk, edition, page):
    desk.store.outbox.hold(Halt(0, "", desk.now(), "", "the mail server refused the password (535)"))
    shown = eve.get(page).text
    assert "Every edition is on hold" in shown
    assert ": the mail server refused the password (535)." in shown
    assert "Whoever approves every bulletin" in at_desk(app, desk, "approver:update").get(page).text
    assert eve.post("/sending/resume", page, edition=edition).status_code == 303
    assert jobs.deliver.halts(desk) == []


def test_a_restored_backup_asks_for_a_yes_which_going_on_does_not_give(eve, desk, edition, page):
    desk.store.restored.hold(f"{OLDER} (3 emails)", desk.now())
    assert "Count those as sent, and send the rest" in eve.get(page).text
    eve.post("/sending/resume", page, edition=edition)
    assert desk.store.restored.is_held()
    assert eve.post("/sending/restored", page, edition=edition).status_code == 303
    assert not desk.store.restored.is_held()
    assert eve.post("/sending/restored", page, edition=edition).status_code == 422


def test_it_is_reached_from_the_approval_and_from_the_editions(eve, edition, page):
    assert page in eve.get(f"/editions/{edition}/approval").text
    assert page in eve.get("/editions").text


@pytest.mark.parametrize(
    ("many", "pace", "words"),
    [
        (0, Pace(), ""),
        (25, Pace(), "about a minute"),
        (214, Pace(), "about 9 minutes"),
        (3750, Pace(), "about 2 hours"),
        (5000, Pace(), "about 3 hours"),
        (5001, Pace(), "about 24 hours"),
        (20000, Pace(), "about 3 days"),
        (100, Pace(0, 0), "as long as the mail server wants"),
        (100, Pace(0, 5000), "about a minute"),
    ],
)
def test_how_long_it_takes_is_said_in_words(many, pace, words):
    assert job.lasts(many, pace) == words


def test_the_numbers_of_a_state_are_summed(desk, edition):
    found = job.sending(desk, edition)
    assert (found.total, found.waiting, found.in_hand, found.is_moving) == (5, 5, 0, True)
    assert found.counts == Counter({State.WAITING: 5})

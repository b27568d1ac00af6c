"""What editors do with a draft: saved at once, felt in every draft, noticed by others, taken back."""

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import editing
import newsroom
import pytest
from editing import DIGEST, UPDATE, do, printed, standing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tries import tries

from bulletin import jobs
from bulletin.errors import ChangedError, InputError, UnknownError
from bulletin.model import Act, Standing
from bulletin.review import token
from bulletin.store import Pair

MOVING = [Act.MOVE, Act.ADD, Act.DROP, Act.DISCARD, Act.ACCEPT, Act.UNSURE, Act.LEAVE_OUT, Act.REWORD]
SAYING = [Act.NOTE, Act.PICK, Act.UP, Act.DOWN, Act.BEHIND]


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def gowns(desk):
    """An item that both bulletins print under greener, which is also near to workforce, and one more beside it."""
    gowns = editing.shelve(desk, "Gowns", greener=0.9, workforce=0.4)
    editing.shelve(desk, "Nurses", workforce=0.8)
    editing.shelve(desk, "Boilers", greener=0.7)
    editing.compose(desk)
    return gowns


def placed(desk, edition, item):
    found = jobs.edition_of(desk, edition)
    return next((one for section in found.sections for one in section.items if one.item.id == item), None)


def undone(desk, edition=UPDATE, editor="ann"):
    return jobs.undo(desk, edition, editor)


def test_both_drafts_begin_as_the_machine_suggests(desk, gowns):
    assert printed(desk, UPDATE) == {"workforce": ["Nurses"], "greener": ["Gowns", "Boilers"]}
    assert printed(desk, DIGEST) == {"greener": ["Gowns", "Boilers"]}


def test_an_act_is_saved_at_once_and_says_what_it_came_to(desk, gowns):
    done = do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    assert (done.act, done.item.id, done.before.place, done.after.place) == (Act.MOVE, gowns, "greener", "workforce")
    assert done.after.topics == ("workforce",)
    assert printed(desk, UPDATE) == {"workforce": ["Nurses", "Gowns"], "greener": ["Boilers"]}
    assert desk.store.decisions.latest()[gowns].editor == "ann"


def test_what_was_decided_for_one_bulletin_helps_every_bulletin_that_carries_the_heading(desk, gowns):
    done = do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    assert done.elsewhere == (DIGEST,)
    assert printed(desk, DIGEST) == {"greener": ["Boilers"]}
    back = do(desk, UPDATE, gowns, Act.MOVE, "greener")
    assert back.elsewhere == (DIGEST,)
    assert printed(desk, DIGEST) == {"greener": ["Boilers", "Gowns"]}


def test_where_the_heading_holds_in_another_draft_nothing_jumps(desk, gowns):
    assert do(desk, UPDATE, gowns, Act.ADD, "workforce").elsewhere == ()
    assert do(desk, DIGEST, gowns, Act.ACCEPT).elsewhere == ()
    assert printed(desk, DIGEST) == {"greener": ["Gowns", "Boilers"]}


@pytest.mark.parametrize("act", [Act.ACCEPT, Act.UNSURE])
def test_a_ruling_that_is_taken_back_leaves_other_drafts_as_they_were(desk, gowns, act):
    do(desk, UPDATE, gowns, act)
    undone(desk)
    assert printed(desk, DIGEST) == {"greener": ["Gowns", "Boilers"]}


def test_who_is_not_sure_moves_nothing_anywhere(desk, gowns):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    do(desk, UPDATE, gowns, Act.UNSURE)
    assert printed(desk, UPDATE)["workforce"] == ["Nurses", "Gowns"]
    assert printed(desk, DIGEST) == {"greener": ["Boilers", "Gowns"]}  # no ruling keeps it from there any more
    assert standing(desk, UPDATE, gowns).doubt.editor == "ann"


def test_undoing_brings_the_item_back_to_other_drafts_with_what_was_said_of_it_there(desk, gowns):
    do(desk, DIGEST, gowns, Act.NOTE, editor="bob", note="Our own trial")
    do(desk, DIGEST, gowns, Act.PICK, editor="bob")
    assert do(desk, UPDATE, gowns, Act.DISCARD).elsewhere == (DIGEST,)
    assert printed(desk, DIGEST) == {"greener": ["Boilers"]}
    assert undone(desk).elsewhere == (DIGEST,)
    back = placed(desk, DIGEST, gowns)
    assert (printed(desk, DIGEST), back.note, back.pick) == ({"greener": ["Gowns", "Boilers"]}, "Our own trial", True)


def test_undoing_leaves_alone_what_somebody_did_in_another_draft_meanwhile(desk, gowns):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    do(desk, DIGEST, gowns, Act.LEAVE_OUT, editor="bob")
    assert undone(desk).elsewhere == ()
    assert printed(desk, DIGEST) == {"greener": ["Boilers"]}


def test_what_followed_from_another_draft_is_taken_back_there(desk, gowns):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    assert undone(desk, DIGEST) is None
    followed, *_ = desk.store.sittings.changes(DIGEST)
    assert (followed.item, followed.act, followed.editor, followed.after.place) == (gowns, Act.MOVE, "ann", "")


def test_a_decision_at_the_terminal_moves_drafts_and_can_be_undone_in_the_first_of_them(desk, gowns):
    jobs.decide(desk, gowns, [], "ann")
    assert printed(desk, UPDATE)["greener"] == printed(desk, DIGEST)["greener"] == ["Boilers"]
    assert undone(desk, DIGEST) is None
    assert undone(desk, UPDATE).elsewhere == (DIGEST,)
    assert printed(desk, UPDATE)["greener"] == printed(desk, DIGEST)["greener"] == ["Gowns", "Boilers"]
    assert gowns not in desk.store.decisions.latest()


def test_what_is_left_out_of_one_draft_stays_in_the_other(desk, gowns):
    done = do(desk, UPDATE, gowns, Act.LEAVE_OUT)
    assert (done.elsewhere, done.after.topics) == ((), None)
    assert printed(desk, DIGEST)["greener"] == ["Gowns", "Boilers"]
    do(desk, DIGEST, gowns, Act.MOVE, "estates")
    do(desk, DIGEST, gowns, Act.MOVE, "greener")
    assert printed(desk, UPDATE)["greener"] == ["Boilers"]


def test_a_full_heading_elsewhere_holds_the_item_over(desk, gowns):
    museum = editing.shelve(desk, "Museum")
    assert do(desk, UPDATE, museum, Act.PULL_IN, "greener").elsewhere == (DIGEST,)
    assert printed(desk, UPDATE)["greener"] == ["Gowns", "Boilers", "Museum"]
    [section] = jobs.edition_of(desk, DIGEST).sections
    assert [item.id for item in section.held_over] == [museum]


def test_what_is_too_old_for_another_bulletin_does_not_come_into_it(desk, gowns):
    old = editing.shelve(desk, "Old", days_old=20)
    assert do(desk, UPDATE, old, Act.PULL_IN, "greener").elsewhere == ()


def test_what_another_bulletin_has_printed_before_does_not_come_into_it_again(desk, clock):
    gowns = editing.shelve(desk, "Gowns", greener=0.9)
    editing.compose(desk, "digest")
    do(desk, DIGEST, gowns, Act.ACCEPT)
    clock.now += timedelta(days=1)
    editing.compose(desk)
    do(desk, "update-2026-11-23", gowns, Act.MOVE, "workforce")
    assert do(desk, "update-2026-11-23", gowns, Act.MOVE, "greener").elsewhere == ()
    assert jobs.edition_of(desk, "digest-2026-11-23").size == 0


def test_an_approved_draft_of_another_bulletin_is_left_alone(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    assert do(desk, UPDATE, gowns, Act.DISCARD).elsewhere == ()
    assert printed(desk, DIGEST)["greener"] == ["Gowns", "Boilers"]


def test_a_draft_approved_while_an_act_begins_is_left_alone(desk, gowns, monkeypatch):
    rows = jobs.drafts(desk)
    jobs.approve(desk, DIGEST, "eve")
    monkeypatch.setattr("bulletin.jobs.review.drafts", lambda _: rows)
    assert do(desk, UPDATE, gowns, Act.DISCARD).elsewhere == ()
    assert jobs.plan(desk, DIGEST, "eve").drifted is False


def test_a_draft_withdrawn_while_an_act_begins_is_passed_over(desk, gowns, monkeypatch):
    rows = jobs.drafts(desk)
    jobs.withdraw(desk, DIGEST)
    monkeypatch.setattr("bulletin.jobs.review.drafts", lambda _: rows)
    assert do(desk, UPDATE, gowns, Act.DISCARD).elsewhere == ()


def test_an_act_on_a_draft_that_is_withdrawn_at_that_moment_is_refused(desk, gowns, monkeypatch):
    bulletin = desk.bulletin("update")
    jobs.withdraw(desk, UPDATE)
    monkeypatch.setattr("bulletin.jobs.review.bulletin_of", lambda *_: bulletin)
    with pytest.raises(UnknownError, match="no edition 'update-2026-11-22'"):
        do(desk, UPDATE, gowns, Act.ACCEPT)
    assert gowns not in desk.store.decisions.latest()


@pytest.mark.parametrize(
    ("edition", "item", "topic", "words"),
    [
        ("update-2026-11-21", None, "greener", "no edition 'update-2026-11-21': did you mean"),
        (UPDATE, "nothing", "greener", "no item 'nothing'"),
        (UPDATE, None, "grener", "no topic 'grener'"),
        (UPDATE, None, "", "no topic ''"),
    ],
)
def test_an_act_on_what_is_not_there_is_told(desk, gowns, edition, item, topic, words):
    with pytest.raises(UnknownError, match=words):
        do(desk, edition, item or gowns, Act.MOVE, topic)


@pytest.mark.parametrize("act", [*SAYING, Act.UNPICK, Act.UNDO])
def test_an_act_that_makes_no_sense_changes_nothing(desk, gowns, act):
    do(desk, UPDATE, gowns, Act.LEAVE_OUT)
    with pytest.raises(InputError):
        do(desk, UPDATE, gowns, act, note="Ours")
    assert len(desk.store.sittings.changes(UPDATE)) == 1


def test_what_changes_nothing_is_no_act(desk, gowns):
    do(desk, UPDATE, gowns, Act.ACCEPT)
    jobs.approve(desk, UPDATE, "eve")
    again = do(desk, UPDATE, gowns, Act.ACCEPT, editor="bob")
    assert (again.unapproved, again.elsewhere, again.before) == (False, (), again.after)
    assert undone(desk, editor="bob") is None
    assert jobs.plan(desk, UPDATE, "eve").approval is not None


def test_nobody_gets_an_item_twice_whichever_act_would_print_it(desk, gowns, clock):
    do(desk, UPDATE, gowns, Act.ACCEPT)
    clock.now += timedelta(days=1)
    editing.compose(desk, "update")
    for act in (Act.ACCEPT, Act.MOVE, Act.ADD, Act.PULL_IN):
        with pytest.raises(InputError, match="has printed this item before"):
            do(desk, "update-2026-11-23", gowns, act, "workforce")


def test_undoing_prints_nothing_twice_either(desk, gowns, clock):
    do(desk, UPDATE, gowns, Act.LEAVE_OUT)
    clock.now += timedelta(hours=23)
    editing.compose(desk, "update")
    assert printed(desk, "update-2026-11-23")["greener"] == ["Gowns"]
    with pytest.raises(InputError, match="has printed this item before"):
        undone(desk)


@pytest.mark.parametrize("act", [*MOVING, *SAYING])
def test_undoing_any_act_gives_everything_back(desk, gowns, act):
    do(desk, UPDATE, gowns, Act.ADD, "workforce", editor="bob")
    before, sections = standing(desk, UPDATE, gowns).standing, jobs.edition_of(desk, UPDATE).sections
    topic = "workforce" if act is not Act.ADD else "estates"
    behind = next(one.id for one in desk.store.items.list() if one.title == "Boilers") if act is Act.BEHIND else ""
    do(desk, UPDATE, gowns, act, topic, title="Gowns!", summary="Of linen", note="Ours", behind=behind)
    done = undone(desk) if act is not Act.UP else None  # it stands first already
    assert standing(desk, UPDATE, gowns).standing == before
    assert jobs.edition_of(desk, UPDATE).sections == sections
    assert done is None or done.after == before


def test_undoing_goes_back_act_by_act_and_ends_with_what_was_there(desk, gowns):
    before = jobs.edition_of(desk, UPDATE)
    do(desk, UPDATE, gowns, Act.ADD, "workforce")
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    do(desk, UPDATE, gowns, Act.PICK)
    do(desk, UPDATE, gowns, Act.DISCARD)
    assert [undone(desk).after.place for _ in range(4)] == ["workforce", "workforce", "greener", "greener"]
    assert undone(desk) is None
    assert jobs.edition_of(desk, UPDATE) == before
    assert gowns not in desk.store.decisions.latest()


def test_after_undoing_one_goes_on_and_undoes_that_too(desk, gowns):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    undone(desk)
    do(desk, UPDATE, gowns, Act.DISCARD)
    assert undone(desk).after.place == "greener"
    assert undone(desk) is None


def test_undoing_reaches_a_day_back_and_not_further(desk, gowns, clock):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    clock.now += timedelta(days=1, seconds=1)
    assert undone(desk) is None
    clock.now -= timedelta(seconds=1)
    assert undone(desk).after.place == "greener"


def test_each_editor_undoes_what_they_did_themselves(desk, gowns):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce", editor="bob")
    assert undone(desk, editor="ann") is None
    assert undone(desk, editor="bob").after.place == "greener"


def test_undoing_stops_where_somebody_else_did_something_since(desk, gowns):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    do(desk, UPDATE, gowns, Act.NOTE, editor="bob", note="Ours")
    with pytest.raises(ChangedError, match="bob wrote a note on it meanwhile"):
        undone(desk)
    assert placed(desk, UPDATE, gowns).note == "Ours"


def test_undoing_goes_on_past_what_somebody_else_has_changed_since(desk, gowns):
    boilers = next(one.id for one in desk.store.items.list() if one.title == "Boilers")
    do(desk, UPDATE, boilers, Act.DISCARD)
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    do(desk, UPDATE, gowns, Act.NOTE, editor="bob", note="Ours")
    with pytest.raises(ChangedError, match="and that stays; undo once more"):
        undone(desk)
    assert undone(desk).item.id == boilers
    with pytest.raises(ChangedError, match="bob wrote a note on it meanwhile"):
        do(desk, UPDATE, gowns, Act.ACCEPT, token="old")


def test_undoing_does_not_mind_that_others_moved_the_neighbours(desk, gowns):
    do(desk, UPDATE, gowns, Act.DOWN)
    boilers = next(one.id for one in desk.store.items.list() if one.title == "Boilers")
    do(desk, UPDATE, boilers, Act.LEAVE_OUT, editor="bob")
    assert undone(desk).after.place == "greener"


def test_two_windows_of_one_editor_undo_one_thing_once(desk, gowns, monkeypatch):
    do(desk, UPDATE, gowns, Act.MOVE, "workforce")
    seen = desk.store.sittings.last(UPDATE, "ann", desk.now())
    undone(desk)
    monkeypatch.setattr(desk.store.sittings, "last", lambda *_: seen)
    with pytest.raises(ChangedError, match="in another window"):
        undone(desk)


def test_undoing_under_a_heading_that_is_gone_is_refused_in_plain_words(desk, gowns):
    do(desk, DIGEST, gowns, Act.MOVE, "estates")
    do(desk, DIGEST, gowns, Act.DISCARD)
    with editing.reopened(desk, "greener, estates]", "greener]") as changed:
        (changed.config.output.parent / "topics" / "estates.yaml").unlink()
    with editing.reopened(desk, "greener]", "greener ]") as changed:
        with pytest.raises(InputError, match="the heading 'estates' is there no more"):
            undone(changed, DIGEST)
        assert jobs.edition_of(changed, DIGEST).size == 1


def test_accepting_under_a_heading_that_the_bulletin_gave_up_leaves_it_there(desk, gowns):
    with editing.reopened(desk, "[workforce, greener]", "[workforce]") as changed:
        assert do(changed, UPDATE, gowns, Act.ACCEPT).after.place == "greener"
        assert do(changed, UPDATE, gowns, Act.MOVE, "workforce").after.place == "workforce"


@pytest.mark.parametrize("job", [lambda d: do(d, DIGEST, "x", Act.ACCEPT), lambda d: jobs.plan(d, DIGEST, "eve")])
def test_a_draft_whose_bulletin_is_gone_is_told_so(desk, gowns, job):
    with (
        editing.reopened(desk, editing.SECOND, "") as changed,
        pytest.raises(UnknownError, match="no bulletin 'digest'"),
    ):
        job(changed)


def test_a_draft_whose_bulletin_is_gone_troubles_no_other(desk, gowns):
    with editing.reopened(desk, editing.SECOND, "") as changed:
        assert do(changed, UPDATE, gowns, Act.DISCARD).elsewhere == ()
        assert [draft.row.id for draft in jobs.today(changed, lambda _: True).drafts] == [UPDATE]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act.MOVE, "bob put it under Workforce meanwhile"),
        (Act.DISCARD, "bob discarded it meanwhile"),
        (Act.UNSURE, "bob marked it as not sure meanwhile"),
        (Act.LEAVE_OUT, "bob left it out meanwhile"),
        (Act.REWORD, "bob wrote other words for it meanwhile"),
        (Act.NOTE, "bob wrote a note on it meanwhile"),
        (Act.PICK, "bob changed it meanwhile"),
    ],
)
def test_who_acts_on_what_somebody_changed_since_is_told_who_did_what(desk, gowns, act, words):
    do(desk, UPDATE, gowns, Act.ACCEPT)
    seen = standing(desk, UPDATE, gowns).token
    desk.now.now += timedelta(minutes=1)
    do(desk, UPDATE, gowns, act, "workforce", editor="bob", title="New", note="Ours")
    theirs = standing(desk, UPDATE, gowns).standing
    with pytest.raises(ChangedError) as caught:
        do(desk, UPDATE, gowns, Act.DISCARD, token=seen)
    assert str(caught.value) == words
    assert standing(desk, UPDATE, gowns).standing == theirs


def test_what_somebody_took_back_is_told_too(desk, gowns):
    do(desk, UPDATE, gowns, Act.PICK, editor="bob")
    seen = standing(desk, UPDATE, gowns).token
    undone(desk, editor="bob")
    with pytest.raises(ChangedError, match="bob took something back meanwhile"):
        do(desk, UPDATE, gowns, Act.ACCEPT, token=seen)


def test_a_change_that_nobody_signed_is_told_as_one(desk, gowns):
    seen = standing(desk, UPDATE, gowns).token
    editing.look(desk, gowns, workforce=0.9)
    editing.compose(desk, "update")
    with pytest.raises(ChangedError, match="somebody changed it meanwhile"):
        do(desk, UPDATE, gowns, Act.ACCEPT, token=seen)


def test_a_token_that_still_holds_lets_the_act_through_whatever_the_neighbours_did(desk, gowns):
    seen = standing(desk, UPDATE, gowns).token
    boilers = next(one.id for one in desk.store.items.list() if one.title == "Boilers")
    do(desk, UPDATE, boilers, Act.PICK, editor="bob")
    assert do(desk, UPDATE, gowns, Act.ACCEPT, token=seen).after.position == 1


def test_new_words_are_printed_in_every_draft_and_the_sources_own_are_kept(desk, gowns):
    do(desk, UPDATE, gowns, Act.REWORD, title="Gowns  that last", summary="Linen.\r\nThree wards.")
    for edition in (UPDATE, DIGEST):
        card = standing(desk, edition, gowns)
        assert ("".join(one.text for one in card.title), card.told_title) == ("Gowns that last", "Gowns")
        assert "".join(one.text for one in card.summary) == "Linen.\nThree wards."
    (email, _) = (jobs.render(desk, DIGEST)[0].email, None)
    assert "Gowns that last" in email.text


def test_the_sources_own_words_typed_once_more_are_no_words_of_the_library(desk):
    gowns = editing.shelve(desk, "Gowns", summary="<p>Three wards</p>", greener=0.9)
    editing.compose(desk)
    assert do(desk, UPDATE, gowns, Act.REWORD, title=" Gowns ", summary="Three  wards").after == Standing(
        place="greener"
    )
    assert desk.store.sittings.wordings([gowns]) == {}


def test_hostile_words_are_kept_as_words(desk, gowns):
    hostile = "<script>alert(1)</script>\0{{ 7*7 }} =cmd|' /C calc'!A0 \u202eevil\r\nBcc: all@example.org"
    do(desk, UPDATE, gowns, Act.NOTE, note=hostile)
    do(desk, UPDATE, gowns, Act.REWORD, title=hostile, summary=hostile)
    html = jobs.render(desk, UPDATE)[0].email.html
    assert "<script" not in html
    assert "{{ 7*7 }}" in html
    assert b"\nBcc: all@example.org" not in jobs.render(desk, UPDATE)[0].email.mime.split(b"\r\n\r\n")[0]
    assert undone(desk).after.title == ""
    assert undone(desk).after.note == ""


def test_what_nobody_ruled_keeps_its_other_headings_through_every_act(desk, gowns):
    assert placed(desk, UPDATE, gowns).see_also == ("workforce",)
    do(desk, UPDATE, gowns, Act.PICK)
    assert placed(desk, UPDATE, gowns).see_also == ("workforce",)
    do(desk, UPDATE, gowns, Act.DISCARD)
    undone(desk)
    assert placed(desk, UPDATE, gowns).see_also == ("workforce",)


def test_a_second_heading_is_named_in_other_drafts_too(desk, gowns):
    do(desk, UPDATE, gowns, Act.ADD, "estates")
    assert placed(desk, DIGEST, gowns).see_also == ("estates",)


def merged(desk, keep, gone):
    assert (
        desk.store.items.join(
            [Pair(gone, keep, is_preprint=False, reason="title", score=1.0, because="the same words")], desk.now()
        )
        == 1
    )
    return desk.store.items.get(gone).id


def test_an_act_on_an_item_that_went_into_another_is_done_with_that_one(desk, gowns):
    boilers = next(one.id for one in desk.store.items.list() if one.title == "Boilers")
    stays = merged(desk, gowns, boilers)
    for item in (gowns, boilers):
        done = do(desk, UPDATE, item, Act.NOTE, note=f"Ours, {item}")
        assert (done.item.id, done.after.note) == (stays, f"Ours, {item}")
    assert sum(map(len, printed(desk, UPDATE).values())) == 2


def test_what_was_left_out_before_it_was_merged_can_be_pulled_in_again(desk, gowns):
    boilers = next(one.id for one in desk.store.items.list() if one.title == "Boilers")
    for item in (gowns, boilers):
        do(desk, UPDATE, item, Act.LEAVE_OUT)
    stays = merged(desk, gowns, boilers)
    done = do(desk, UPDATE, stays, Act.PULL_IN, "greener")
    assert standing(desk, UPDATE, stays).standing == done.after
    editing.compose(desk, "update")
    assert len(printed(desk, UPDATE)["greener"]) == 1


def test_drafting_again_keeps_what_editors_ruled_ordered_wrote_picked_and_left_out(desk, gowns):
    names = {one.title: one.id for one in desk.store.items.list()}
    do(desk, UPDATE, names["Boilers"], Act.UP)
    do(desk, UPDATE, gowns, Act.NOTE, note="Ours")
    do(desk, UPDATE, names["Nurses"], Act.LEAVE_OUT)
    old = editing.shelve(desk, "From the archive", days_old=300)
    do(desk, UPDATE, old, Act.PULL_IN, "workforce")
    do(desk, UPDATE, old, Act.REWORD, title="From our archive")
    do(desk, UPDATE, old, Act.PICK)
    editing.shelve(desk, "Newest", greener=0.95)
    editing.compose(desk, "update")
    assert printed(desk, UPDATE) == {"workforce": ["From the archive"], "greener": ["Boilers", "Gowns"]}
    kept = placed(desk, UPDATE, old)
    assert (kept.pick, kept.wording.title, placed(desk, UPDATE, gowns).note) == (True, "From our archive", "Ours")


@pytest.mark.parametrize("act", [Act.NOTE, Act.PICK, Act.REWORD])
def test_what_an_editor_worked_on_stays_when_the_machine_changes_its_mind(desk, gowns, act):
    do(desk, UPDATE, gowns, act, note="Ours", title="Gowns!")
    editing.look(desk, gowns)
    editing.compose(desk, "update")
    assert "Gowns" in printed(desk, UPDATE)["greener"]


def test_what_nobody_worked_on_goes_when_the_machine_changes_its_mind(desk, gowns):
    editing.look(desk, gowns)
    editing.compose(desk, "update")
    assert printed(desk, UPDATE)["greener"] == ["Boilers"]


def test_what_was_discarded_is_not_drafted_again_whatever_was_said_of_it(desk, gowns):
    do(desk, UPDATE, gowns, Act.PICK)
    jobs.decide(desk, gowns, [], "bob")
    editing.compose(desk)
    assert printed(desk, UPDATE)["greener"] == printed(desk, DIGEST)["greener"] == ["Boilers"]


def test_an_act_while_the_draft_is_made_anew_is_not_lost(desk, gowns, monkeypatch):
    look_for = desk.store.editions.held_over

    def meanwhile(*arguments):
        do(desk, UPDATE, gowns, Act.NOTE, note="Ours")
        return look_for(*arguments)

    monkeypatch.setattr(desk.store.editions, "held_over", meanwhile)
    with pytest.raises(ChangedError, match="do it once more"):
        editing.compose(desk, "update")
    monkeypatch.undo()
    editing.compose(desk, "update")
    assert placed(desk, UPDATE, gowns).note == "Ours"


def test_an_act_that_fails_half_way_leaves_nothing(desk, gowns, monkeypatch):
    def broken(*_, **__):
        raise UnknownError("no")

    monkeypatch.setattr("bulletin.jobs.review.spread", broken)
    before = standing(desk, UPDATE, gowns).standing
    with pytest.raises(UnknownError, match="no"):
        do(desk, UPDATE, gowns, Act.DISCARD)
    assert standing(desk, UPDATE, gowns).standing == before
    assert desk.store.sittings.changes(UPDATE) == []


WISHES = st.tuples(
    st.integers(0, 4),
    st.sampled_from([one for one in Act if one not in (Act.UNDO, Act.BEHIND)]),
    st.sampled_from(["greener", "workforce", "estates"]),
    st.sampled_from(["", "Ours"]),
)


@pytest.mark.slow
@settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WISHES, max_size=7))
def test_whatever_an_editor_does_each_draft_prints_an_item_once_and_undoing_it_all_gives_both_back(tmp_path, acts):
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    with editing.open_desk(folder, newsroom.Clock(editing.NOW)) as desk:
        scores = {"greener": 0.9, "workforce": 0.4}, {"greener": 0.8}, {"workforce": 0.9}, {"estates": 0.5}, {}
        items = [editing.shelve(desk, f"Item {number}", **found) for number, found in enumerate(scores)]
        editing.compose(desk)
        before = [jobs.edition_of(desk, one) for one in (UPDATE, DIGEST)]
        done = 0
        for number, act, topic, words in acts:
            with suppress(InputError):
                came = do(desk, UPDATE, items[number], act, topic, note=words, title=words)
                done += came.before != came.after
                assert standing(desk, UPDATE, items[number]).token == token(came.after)
            for edition in (UPDATE, DIGEST):
                titles = [title for found in printed(desk, edition).values() for title in found]
                assert len(set(titles)) == len(titles)
        for _ in range(done):
            assert undone(desk)
        assert undone(desk) is None
        assert [jobs.edition_of(desk, one) for one in (UPDATE, DIGEST)] == before
        assert desk.store.decisions.standing() == ({}, {})

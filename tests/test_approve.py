"""A person's yes to the very bytes: what stands in its way, what takes it back, and what is printed then."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import editing
import newsroom
import pytest
from editing import DIGEST, UPDATE, do, printed

from bulletin import jobs
from bulletin.errors import ApprovedError, ChangedError, InputError, OutputError, RenderError, UnknownError
from bulletin.model import Act, Mark
from bulletin.review import Wish
from bulletin.store import Pair

ROOM = import_module("bulletin.jobs.approve")  # whose name stands for the job itself


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with editing.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def gowns(desk):
    gowns = editing.shelve(desk, "Gowns", greener=0.9)
    editing.shelve(desk, "Nurses", workforce=0.8)
    editing.compose(desk)
    return gowns


def files(desk, edition=DIGEST):
    return {path: path.read_bytes() for one in jobs.render(desk, edition) for path in one.files}


def test_the_plan_says_in_words_what_would_happen(desk, gowns):
    plan = jobs.plan(desk, DIGEST, "eve")
    assert plan.steps == (
        "Green Digest, number 1, is frozen: these very bytes, and no others, may be sent",
        "Everybody: an email goes to nobody",
        "Boards: a draft email is written to the folder output, for somebody to send by hand",
        "any later change to the edition takes the approval back",
    )
    assert (plan.faults, plan.approval, plan.drifted) == ((), None, False)
    assert [one.list for one in plan.emails] == ["all", "boards"]
    assert plan.digest == jobs.plan(desk, DIGEST, "bob").digest


def test_what_somebody_should_look_at_first_is_told_and_forbids_nothing(desk, gowns):
    always = ("1 of 1 links were not checked", "nobody is on the list Everybody")
    assert jobs.plan(desk, DIGEST, "eve").hints == ("1 of 1 items were not looked at by an editor", *always)
    do(desk, DIGEST, gowns, Act.UNSURE)
    assert jobs.plan(desk, DIGEST, "eve").hints == ("1 marked as not sure", *always)
    do(desk, DIGEST, gowns, Act.ACCEPT)
    notice = editing.shelve(desk, "Retraction")
    desk.store.items.mark(gowns, Mark.RETRACTED, notice, desk.now())
    assert jobs.plan(desk, DIGEST, "eve").hints == ("retracted: Gowns", *always)


def test_an_approval_freezes_the_bytes_and_writes_them(desk, gowns, tmp_path):
    seen = jobs.plan(desk, DIGEST, "eve")
    given = jobs.approve(desk, DIGEST, "eve", seen.digest)
    assert (given.digest, given.editor, given.at, given.holds) == (seen.digest, "eve", desk.now(), True)
    for one in seen.emails:
        folder = tmp_path / "output" / "digest" / DIGEST / one.list
        assert (folder / "bulletin.eml").read_bytes() == one.mime
    assert desk.store.approvals.emails(given.id) == seen.emails


def test_of_an_approved_edition_the_approved_bytes_are_written_whatever_changed_since(desk, gowns):
    approved = jobs.approve(desk, DIGEST, "eve")
    before = files(desk)
    with editing.reopened(desk, "title: Green Digest", "title: Greener Digest") as changed:
        assert files(changed) == before
        assert jobs.plan(changed, DIGEST, "eve").drifted is True
        assert changed.store.approvals.holding()[DIGEST].id == approved.id


def test_of_an_approved_edition_whose_bulletin_is_gone_the_approved_bytes_are_written(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    before = files(desk)
    with editing.reopened(desk, editing.SECOND, "") as changed:
        assert files(changed) == before
        assert jobs.take_back(changed, DIGEST, "eve") is True


def test_what_drifted_is_taken_back_before_it_is_approved_in_its_new_form(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    with editing.reopened(desk, "title: Green Digest", "title: Greener Digest") as changed:
        with pytest.raises(InputError, match="take that approval back first"):
            jobs.approve(changed, DIGEST, "eve")
        jobs.take_back(changed, DIGEST, "eve")
        assert jobs.approve(changed, DIGEST, "eve").digest == jobs.plan(changed, DIGEST, "eve").digest


def test_what_drifted_into_something_faulty_is_approved_all_the_same(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    named = "Wexbridge Library <library@example.nhs.uk>"
    with editing.reopened(desk, f"from: {named}", "from: library@example.nhs.uk") as changed:
        assert "From has no name" in jobs.plan(changed, DIGEST, "eve").faults[0]
        with pytest.raises(InputError, match="take that approval back first"):
            jobs.approve(changed, DIGEST, "eve")


def test_to_approve_twice_does_one_thing(desk, gowns, clock):
    first = jobs.approve(desk, DIGEST, "eve")
    clock.now += timedelta(minutes=1)
    again = jobs.approve(desk, DIGEST, "bob", "another digest")
    assert (again.id, again.editor, again.at) == (first.id, "eve", first.at)


def test_two_who_approve_at_once_give_one_approval(desk, gowns, monkeypatch):
    seen = jobs.plan(desk, DIGEST, "bob")
    first = jobs.approve(desk, DIGEST, "eve")
    monkeypatch.setattr(ROOM, "plan", lambda *_: seen)
    assert jobs.approve(desk, DIGEST, "bob", seen.digest) == replace(first, emails=())
    assert len(desk.store.approvals.past(DIGEST)) == 1


def test_who_saw_an_older_form_looks_again(desk, gowns):
    seen = jobs.plan(desk, DIGEST, "eve")
    do(desk, DIGEST, gowns, Act.NOTE, note="Ours")
    with pytest.raises(ChangedError, match="has changed since you looked at it: look again, then approve"):
        jobs.approve(desk, DIGEST, "eve", seen.digest)
    assert desk.store.approvals.holding() == {}


def test_an_act_while_it_is_approved_is_not_approved_unseen(desk, gowns, monkeypatch):
    planned = jobs.plan(desk, DIGEST, "eve")

    def meanwhile(*_):
        do(desk, DIGEST, gowns, Act.NOTE, note="Ours")
        return planned

    monkeypatch.setattr(ROOM, "plan", meanwhile)
    with pytest.raises(ChangedError, match="has changed since you looked at it"):
        jobs.approve(desk, DIGEST, "eve", planned.digest)
    assert desk.store.approvals.holding() == {}


@pytest.mark.parametrize("act", [Act.MOVE, Act.DISCARD, Act.NOTE, Act.PICK, Act.REWORD, Act.LEAVE_OUT, Act.ACCEPT])
def test_any_later_change_takes_the_approval_back_and_says_so(desk, gowns, act):
    jobs.approve(desk, DIGEST, "eve")
    done = do(desk, DIGEST, gowns, act, "estates", note="Ours", title="Own")
    assert done.unapproved is True
    [past] = desk.store.approvals.past(DIGEST)
    assert (past.holds, past.ended_by, past.ended_why) == (False, "ann", f"{act}: Gowns")
    assert [deed.did for deed in desk.store.deeds.all()] == ["approved", "took an approval back"]


def test_undoing_takes_the_approval_back_too(desk, gowns):
    do(desk, DIGEST, gowns, Act.PICK)
    jobs.approve(desk, DIGEST, "eve")
    assert jobs.undo(desk, DIGEST, "ann").unapproved is True


def test_what_was_approved_lies_ready_to_be_sent_no_more_once_it_is_taken_back(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    messages = [path for path in files(desk) if path.suffix == ".eml"]
    jobs.take_back(desk, DIGEST, "eve")
    assert messages
    assert not any(path.exists() for path in messages)


def test_a_change_takes_the_message_away_too(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    messages = [path for path in files(desk) if path.suffix == ".eml"]
    do(desk, DIGEST, gowns, Act.DISCARD)
    assert not any(path.exists() for path in messages)


def test_who_may_not_approve_changes_nothing_that_is_approved(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    with pytest.raises(ApprovedError, match="whoever approves must take that back before it can change"):
        jobs.act(desk, DIGEST, gowns, Wish(Act.DISCARD), "ann", may_approve=False)
    assert jobs.plan(desk, DIGEST, "eve").approval


def test_an_approved_edition_that_has_a_successor_changes_no_more(desk, gowns, clock):
    jobs.approve(desk, DIGEST, "eve")
    clock.now += timedelta(days=30)
    newer = jobs.compose(desk, desk.bulletin("digest"))
    with pytest.raises(ApprovedError, match=f"no longer the newest: change {newer.id} instead"):
        do(desk, DIGEST, gowns, Act.DISCARD)


def test_after_it_is_taken_back_it_is_a_draft_again(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    assert [row.id for row in jobs.drafts(desk)] == [UPDATE]
    assert jobs.take_back(desk, DIGEST, "eve") is True
    assert jobs.take_back(desk, DIGEST, "eve") is False
    assert [row.id for row in jobs.drafts(desk)] == [UPDATE, DIGEST]
    assert desk.store.approvals.past(DIGEST)[0].ended_why == "taken back"


@pytest.mark.parametrize(
    "job", [lambda desk: editing.compose(desk, "digest"), lambda desk: jobs.withdraw(desk, DIGEST)]
)
def test_an_approved_edition_is_neither_drafted_anew_nor_withdrawn(desk, gowns, job):
    jobs.approve(desk, DIGEST, "eve")
    with pytest.raises(InputError, match="is approved and stays as it is: take the approval back first"):
        job(desk)
    jobs.take_back(desk, DIGEST, "eve")
    job(desk)


def test_an_empty_edition_is_never_approved(desk, gowns):
    do(desk, DIGEST, gowns, Act.DISCARD)
    with pytest.raises(InputError, match="prints nothing, and an empty one is never sent"):
        jobs.approve(desk, DIGEST, "eve")


def test_an_edition_that_cannot_be_rendered_is_never_approved_and_says_why(desk, gowns, monkeypatch):
    def broken(*_):
        raise RenderError("the email would be too big")

    monkeypatch.setattr(import_module("bulletin.jobs.plan"), "make_all", broken)
    plan = jobs.plan(desk, DIGEST, "eve")
    assert (plan.emails, plan.digest, plan.faults) == ((), "", ("the email would be too big",))
    with pytest.raises(InputError, match="too big"):
        jobs.approve(desk, DIGEST, "eve")


@pytest.fixture
def careful(desk, gowns):
    """The desk of which the digest wants a second pair of eyes."""
    with editing.reopened(desk, "title: Green Digest\n", "title: Green Digest\n    approver: another\n") as careful:
        yield careful


def test_where_two_are_wanted_whoever_changed_it_last_does_not_approve(careful, gowns):
    do(careful, DIGEST, gowns, Act.ACCEPT)
    with pytest.raises(InputError, match="wants a second pair of eyes: ask somebody else"):
        jobs.approve(careful, DIGEST, "ann")
    assert jobs.approve(careful, DIGEST, "eve").holds


@pytest.mark.parametrize("change", ["act", "undo", "elsewhere", "terminal"])
def test_a_change_is_a_change_wherever_it_was_made(careful, gowns, change):
    museum = editing.shelve(careful, "Museum")
    match change:
        case "act":
            do(careful, DIGEST, gowns, Act.PICK)
        case "undo":
            do(careful, DIGEST, gowns, Act.PICK)
            jobs.undo(careful, DIGEST, "ann")
        case "elsewhere":
            do(careful, UPDATE, museum, Act.PULL_IN, "greener")
        case _:
            jobs.decide(careful, museum, ["greener"], "ann")
    assert jobs.plan(careful, DIGEST, "ann").faults
    assert not jobs.plan(careful, DIGEST, "eve").faults


def test_words_written_through_another_draft_are_a_change(careful, gowns, clock):
    do(careful, DIGEST, gowns, Act.ACCEPT, editor="eve")
    clock.now += timedelta(minutes=1)
    do(careful, UPDATE, gowns, Act.REWORD, title="Gowns that are washed")
    assert "Gowns that are washed" in jobs.plan(careful, DIGEST, "ann").emails[0].html
    assert jobs.plan(careful, DIGEST, "ann").faults
    assert not jobs.plan(careful, DIGEST, "eve").faults


@pytest.mark.parametrize("did", [Act.ACCEPT, Act.UNSURE, Act.REWORD])
def test_nobody_gets_round_the_second_pair_of_eyes_by_a_draft_of_another_day(careful, gowns, did, clock):
    do(careful, DIGEST, gowns, did, title="Gowns that are washed")
    jobs.withdraw(careful, DIGEST)
    clock.now += timedelta(days=1)
    again = jobs.compose(careful, careful.bulletin("digest")).id
    assert printed(careful, again) == {"greener": ["Gowns"]}
    assert jobs.plan(careful, again, "ann").faults
    assert not jobs.plan(careful, again, "eve").faults


def test_where_nobody_changed_anything_anybody_approves(careful, gowns):
    assert jobs.approve(careful, DIGEST, "ann").holds


def test_where_one_is_enough_who_changed_it_approves_it(desk, gowns):
    do(desk, DIGEST, gowns, Act.ACCEPT)
    assert jobs.approve(desk, DIGEST, "ann").holds


@pytest.mark.parametrize("job", [jobs.plan, jobs.approve, jobs.take_back])
def test_there_is_nothing_to_approve_of_no_edition(desk, job):
    with pytest.raises(UnknownError, match="no edition"):
        job(desk, DIGEST, "eve")


def test_when_the_files_cannot_be_written_the_approval_stands_and_they_are_written_later(desk, gowns, tmp_path):
    (tmp_path / "output").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError):
        jobs.approve(desk, DIGEST, "eve")
    (tmp_path / "output").unlink()
    assert len(files(desk)) == 6
    assert DIGEST in desk.store.approvals.holding()


class Postbox:
    """Takes what is sent."""

    def __init__(self):
        self.sent = []

    def send(self, *letter):
        self.sent.append(letter)


def test_a_test_goes_to_one_address_byte_for_byte(desk, gowns):
    box = Postbox()
    jobs.send_test(replace(desk, post=box), DIGEST, "boards", "eve@example.nhs.uk")
    boards = next(one for one in jobs.plan(desk, DIGEST, "eve").emails if one.list == "boards")
    assert box.sent == [("library@example.nhs.uk", "eve@example.nhs.uk", boards.mime)]
    told = desk.store.deeds.latest(most=1)[0]
    assert (told.who, told.did, told.what) == ("eve@example.nhs.uk", "had a test sent", f"{DIGEST}/boards")


def test_a_draft_that_was_taken_back_stands_on_the_record(desk, gowns):
    jobs.withdraw(desk, DIGEST, "eve@example.nhs.uk")
    told = desk.store.deeds.latest(most=1)[0]
    assert (told.who, told.did, told.what) == ("eve@example.nhs.uk", "took a draft back", DIGEST)


def test_without_a_mail_server_no_test_goes_out_and_the_setting_is_named(desk, gowns):
    with pytest.raises(InputError, match="BULLETIN_SMTP_URL"):
        jobs.send_test(desk, DIGEST, "boards", "eve@example.nhs.uk")


def test_a_test_for_no_list_is_refused(desk, gowns):
    with pytest.raises(InputError, match="Green Digest has no list 'board'"):
        jobs.send_test(replace(desk, post=Postbox()), DIGEST, "board", "eve@example.nhs.uk")


def test_today_shows_drafts_with_their_progress_and_what_is_approved(desk, gowns):
    do(desk, UPDATE, gowns, Act.ACCEPT)
    jobs.approve(desk, DIGEST, "eve")
    found = jobs.today(desk, lambda _: True)
    [draft] = found.drafts
    assert (draft.row.id, draft.bulletin.id) == (UPDATE, "update")
    assert (draft.progress.size, draft.progress.done, draft.progress.unsure) == (2, 1, 0)
    assert [(row.id, given.editor) for row, given in found.approved] == [(DIGEST, "eve")]


def test_today_shows_each_person_their_own_bulletins(desk, gowns):
    jobs.approve(desk, DIGEST, "eve")
    found = jobs.today(desk, lambda bulletin: bulletin == "update")
    assert ([one.row.id for one in found.drafts], found.approved) == ([UPDATE], ())


def test_today_shows_what_waits_outside_of_editions_each_in_one_place(desk, gowns):
    lost, unsure = editing.shelve(desk, "Museum"), editing.shelve(desk, "Theatre")
    editing.shelve(desk, "Long ago", days_old=100)
    do(desk, UPDATE, unsure, Act.UNSURE)
    assert [one.item.id for one in jobs.needs_heading(desk, 9)] == [lost]
    assert [one.item.id for one in jobs.unsure(desk, 9)] == [unsure]
    assert (jobs.waiting(desk).needs_heading, jobs.waiting(desk).unsure) == (1, 1)


def test_the_sheet_shows_everything_of_a_draft_or_some_headings_alone(desk, gowns):
    held = [editing.shelve(desk, f"Late {n}") for n in range(2)]
    for one in held:
        do(desk, UPDATE, one, Act.PULL_IN, "greener")
    do(desk, DIGEST, held[0], Act.LEAVE_OUT)
    sheet = jobs.sheet(desk, jobs.outline_of(desk, DIGEST), "ann")
    assert [[card.item.title for card in group.cards] for group in sheet.groups] == [["Gowns"]]
    assert [item.title for item in sheet.held_over] == ["Late 1"]
    assert [item.title for item in sheet.left_out] == ["Late 0"]
    assert (sheet.last.act, sheet.approval) == (Act.LEAVE_OUT, None)
    part = jobs.sheet(desk, jobs.outline_of(desk, UPDATE), "ann", ["workforce"])
    assert [group.topic for group in part.groups] == ["workforce"]
    assert (part.held_over, part.left_out, part.progress.size) == ((), (), 4)


def test_a_card_shows_why_it_stands_there_and_who_carried_it(desk, gowns):
    card = jobs.card(desk, jobs.edition_of(desk, DIGEST), desk.store.items.get(gowns))
    assert (card.opinion.topic, card.sources, card.is_done) == ("greener", ("Feed /a",), False)
    assert [(piece.text, piece.weight) for piece in card.title] == [("Gowns", 1.0)]


def test_two_items_that_became_one_are_shown_once(desk, gowns):
    twin = editing.shelve(desk, "Gowns again", greener=0.8)
    editing.compose(desk)
    desk.store.items.join([Pair(twin, gowns)], desk.now())
    sheet = jobs.sheet(desk, jobs.outline_of(desk, DIGEST), "ann")
    assert sum(len(group.cards) for group in sheet.groups) == 1
    assert printed(desk, DIGEST) == {"greener": ["Gowns"]}

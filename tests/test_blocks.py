"""What editors write into a draft: saved at once, noticed by approving, kept when it is removed."""

from datetime import date
from itertools import count

import editing
import newsroom
import pytest
from editing import DIGEST, do

from bulletin import jobs
from bulletin.errors import ApprovedError, ChangedError, InputError, UnknownError
from bulletin.jobs import blocks
from bulletin.model import Act, BlockKind
from bulletin.review import token_of

LUNCH = {"title": "Lunch and learn", "starts": "2026-12-10 12:30", "ends": "2026-12-10 13:30", "place": "Room 1"}


@pytest.fixture
def desk(tmp_path):
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)
        yield desk


def add(desk, kind=BlockKind.NEWS, edition=DIGEST, editor="ann", **told):
    return blocks.add(desk, edition, kind, {"title": "News"} | told, editor)


def titles(desk):
    return [block.title for block in desk.store.editions.get(DIGEST).blocks]


def emails(desk):
    return [one.html for one in jobs.plan(desk, DIGEST, "eve").emails]


def test_what_is_written_is_printed_in_every_list(desk):
    add(desk, BlockKind.EVENT, **LUNCH, text="Bring **food** & <script>alert(1)</script>")
    for html in emails(desk):
        assert "Lunch and learn" in html
        assert "Thursday 10 December 2026, 12:30pm to 1:30pm" in html.replace("\u00a0", " ")
        assert "<script" not in html


def test_what_was_pasted_from_word_is_kept_as_plain_text(desk):
    block = add(desk, text="<p class=MsoNormal>Dear <b>all</b><o:p></o:p></p>")
    assert desk.store.editions.get(DIGEST).blocks == (block,)
    assert block.text == "Dear **all**"


def test_numbers_are_never_given_twice(desk):
    first = add(desk)
    blocks.remove(desk, DIGEST, first.number, "ann")
    assert add(desk).number == first.number + 1


def test_a_block_moves_among_its_kind(desk):
    one, two, event = add(desk, title="One"), add(desk, title="Two"), add(desk, BlockKind.EVENT, **LUNCH)
    blocks.move(desk, DIGEST, two.number, "ann", up=True)
    assert titles(desk) == ["Two", "One", "Lunch and learn"]
    blocks.move(desk, DIGEST, two.number, "ann", up=True)
    blocks.move(desk, DIGEST, event.number, "ann", up=True)
    assert titles(desk) == ["Two", "One", "Lunch and learn"]
    blocks.move(desk, DIGEST, two.number, "ann", up=False)
    assert titles(desk) == ["One", "Two", "Lunch and learn"]
    assert one.number != two.number


def test_a_removed_block_comes_back(desk):
    add(desk, title="One"), add(desk, title="Two")
    blocks.remove(desk, DIGEST, 1, "ann")
    assert titles(desk) == ["Two"]
    blocks.restore(desk, DIGEST, 1, "ann")
    assert titles(desk) == ["One", "Two"]


CHANGES = {
    "add": lambda desk: add(desk, title="New"),
    "change": lambda desk: blocks.change(desk, DIGEST, 1, {"title": "Other"}, "ann"),
    "remove": lambda desk: blocks.remove(desk, DIGEST, 1, "ann"),
    "restore": lambda desk: blocks.restore(desk, DIGEST, 3, "ann"),
    "move": lambda desk: blocks.move(desk, DIGEST, 1, "ann", up=False),
}


@pytest.fixture
def approved(desk):
    for title in ("One", "Two", "Three"):
        add(desk, title=title)
    blocks.remove(desk, DIGEST, 3, "ann")
    do(desk, DIGEST, desk.store.editions.get(DIGEST).sections[0].items[0].item.id, Act.ACCEPT)
    jobs.approve(desk, DIGEST, "eve")
    return desk


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_takes_the_approval_back_and_what_lay_ready(approved, name):
    ready = list(approved.config.output.rglob("*.eml"))
    assert ready
    CHANGES[name](approved)
    assert approved.store.approvals.holding([DIGEST]) == {}
    assert not any(file.exists() for file in ready)
    assert approved.store.deeds.latest(most=1)[0].who == "ann"


def test_what_changes_nothing_takes_nothing_back(approved):
    blocks.change(approved, DIGEST, 1, {"title": "One"}, "ann")
    blocks.move(approved, DIGEST, 1, "ann", up=True)
    blocks.remove(approved, DIGEST, 3, "ann")
    assert DIGEST in approved.store.approvals.holding([DIGEST])


def test_who_may_not_approve_changes_nothing_that_is_approved(approved):
    with pytest.raises(ApprovedError, match="whoever approves must take that back"):
        blocks.add(approved, DIGEST, BlockKind.NEWS, {"title": "New"}, "ann", may_approve=False)
    assert titles(approved) == ["One", "Two"]


def test_an_approved_edition_with_a_successor_is_past(approved):
    jobs.compose(approved, approved.bulletin("digest"), date(2026, 12, 1))
    with pytest.raises(ApprovedError, match="no longer the newest"):
        blocks.remove(approved, DIGEST, 1, "ann")


def test_what_was_seen_before_a_change_is_not_approved(desk):
    seen = jobs.plan(desk, DIGEST, "eve")
    add(desk)
    with pytest.raises(ChangedError):
        jobs.approve(desk, DIGEST, "eve", seen.digest)


def test_two_who_change_the_same_block_notice_each_other(desk):
    seen = token_of(add(desk))
    blocks.change(desk, DIGEST, 1, {"title": "Bob's"}, "bob", seen)
    with pytest.raises(ChangedError, match="bob changed this block meanwhile"):
        blocks.change(desk, DIGEST, 1, {"title": "Ann's"}, "ann", seen)
    blocks.remove(desk, DIGEST, 1, "bob")
    with pytest.raises(ChangedError, match="bob removed this block meanwhile"):
        blocks.change(desk, DIGEST, 1, {"title": "Ann's"}, "ann")


def test_every_mistake_is_told_at_once(desk):
    with pytest.raises(InputError) as caught:
        add(desk, BlockKind.EVENT, title="", link="ftp://x.org")
    fields = [line.split(":")[0] for line in str(caught.value).splitlines()]
    assert fields == ["title", "starts", "link"]


def test_there_are_bounds(desk):
    numbers = count()
    while len(titles(desk)) < blocks.MOST:
        add(desk, title=f"Block {next(numbers)}")
    with pytest.raises(InputError, match="at most 20 blocks"):
        add(desk)


def test_there_is_one_introduction(desk):
    add(desk, BlockKind.INTRO, title="", text="Dear all")
    with pytest.raises(InputError, match="has an introduction of its own already"):
        add(desk, BlockKind.INTRO, title="", text="Dear all")


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 200_001, "has 200,001 letters"), ("<script>alert(1)</script>", "paste it as plain text")],
)
def test_what_cannot_be_read_is_refused(desk, text, said):
    with pytest.raises(InputError, match=said):
        add(desk, text=text)


def test_there_is_no_such_block_or_edition(desk):
    with pytest.raises(UnknownError):
        blocks.remove(desk, DIGEST, 7, "ann")
    with pytest.raises(UnknownError):
        blocks.listed(desk, "digest-2020-01-01")
    with pytest.raises(UnknownError):
        add(desk, edition="digest-2020-01-01")


def test_drafting_anew_keeps_them_and_taking_the_draft_back_removes_them(desk):
    add(desk, title="One")
    editing.compose(desk)
    assert titles(desk) == ["One"]
    jobs.withdraw(desk, DIGEST)
    editing.compose(desk)
    assert titles(desk) == []
    blocks.restore(desk, DIGEST, 1, "ann")
    assert titles(desk) == ["One"]


def test_days_that_are_past_are_warned_of(desk):
    add(desk, BlockKind.CONSULTATION, title="Old", closes="2026-11-21")
    add(desk, BlockKind.FUNDING, title="Open", closes="2026-11-22")
    add(desk, BlockKind.EVENT, title="Over", starts="2026-11-01", ends="2026-11-20")
    add(desk, BlockKind.EVENT, title="On", starts="2026-11-01", ends="2026-11-30")
    edition = desk.store.editions.get(DIGEST)
    assert list(blocks.warnings(edition, date(2026, 11, 1))) == [
        "Over: it was over on 20 November 2026",
        "Old: it closed on 21 November 2026",
    ]
    assert len(list(blocks.warnings(edition, date(2026, 11, 23)))) == 3


def test_an_event_to_which_no_email_can_link_is_written_as_a_calendar_file_beside_them(desk):
    add(desk, BlockKind.EVENT, **LUNCH)
    jobs.render(desk, DIGEST)
    file = desk.config.output / "digest" / DIGEST / f"{DIGEST}-event-1.ics"
    assert b"SUMMARY:Lunch and learn" in file.read_bytes()
    blocks.remove(desk, DIGEST, 1, "ann")
    jobs.render(desk, DIGEST)
    assert not file.exists()


def test_who_wrote_last_may_not_approve_where_a_second_person_must(desk):
    add(desk, editor="eve")
    with editing.reopened(desk, "title: Green Digest\n", "title: Green Digest\n    approver: another\n") as again:
        assert any("second pair of eyes" in fault for fault in jobs.plan(again, DIGEST, "eve").faults)
        assert not any("second pair of eyes" in fault for fault in jobs.plan(again, DIGEST, "ann").faults)


def test_the_page_of_approval_names_days_that_are_past(desk):
    add(desk, BlockKind.CONSULTATION, title="Old", closes="2026-11-21")
    assert "Old: it closed on 21 November 2026" in jobs.plan(desk, DIGEST, "eve").hints

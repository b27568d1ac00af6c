"""Approving at a terminal: who may, what is said, and what an approved edition refuses."""

import json

import editing
import newsroom
import pytest
from editing import DIGEST, UPDATE

from bulletin import jobs
from bulletin.model import Grant, Role


@pytest.fixture
def place(tmp_path):
    """A workspace with a draft of each bulletin, and people: eve approves the digest, ann edits, dan is gone."""
    with editing.open_desk(tmp_path, newsroom.Clock(editing.NOW)) as desk:
        editing.shelve(desk, "Gowns", greener=0.9)
        editing.compose(desk)
        for name, grant in (
            ("eve", Grant(Role.APPROVER, "digest")),
            ("ann", Grant(Role.EDITOR)),
            ("dan", Grant(Role.APPROVER)),
            ("amy", Grant(Role.ADMIN)),
        ):
            jobs.people.add_editor(desk, "test", f"{name}@example.nhs.uk", name.title(), [grant])
        jobs.people.disable(desk, "test", jobs.people.find_editor(desk, "dan@example.nhs.uk"))
    return tmp_path


def approve(bulletin, *more, edition=DIGEST, by="eve"):
    return bulletin("approve", edition, "--by", f"{by}@example.nhs.uk", *more)


def test_an_edition_is_approved_and_it_is_said_what_that_means(bulletin, place):
    code, out, err = approve(bulletin)
    assert code == 0
    assert err.splitlines() == [
        "bulletin: 1 of 1 items were not looked at by an editor",
        "bulletin: 1 of 1 links were not checked",
        "bulletin: nobody is on the list Everybody",
    ]
    assert out.splitlines()[:2] == [
        f"Eve has approved {DIGEST}.",
        "  Green Digest, number 1, is frozen: these very bytes, and no others, may be sent",
    ]
    assert len(list(place.glob("output/digest/*/*/bulletin.eml"))) == 2


def test_twice_is_once_and_is_said(bulletin):
    approve(bulletin)
    code, out, _ = approve(bulletin)
    assert (code, out.startswith(f"{DIGEST} is approved already, by eve@example.nhs.uk on ")) == (0, True)


def test_with_json_there_is_one_object(bulletin):
    told = json.loads(approve(bulletin, "--json")[1])
    assert list(told) == ["edition", "by", "at", "digest", "lists", "accepted"]
    assert (told["edition"], told["by"], told["lists"]) == (DIGEST, "eve@example.nhs.uk", ["all", "boards"])
    assert json.loads(approve(bulletin, "--take-back", "--json")[1]) == {"edition": DIGEST, "taken_back": True}


@pytest.mark.parametrize(
    ("edition", "by", "words"),
    [
        (DIGEST, "nobody", "nobody here has the address nobody@example.nhs.uk"),
        (
            DIGEST,
            "ann",
            "ann@example.nhs.uk may not approve digest, being editor: `bulletin editors role` changes that",
        ),
        (UPDATE, "eve", "eve@example.nhs.uk may not approve update, being approver:digest"),
        (DIGEST, "dan", "dan@example.nhs.uk is disabled, and approves nothing"),
        ("digest-2026-11-21", "eve", "no edition 'digest-2026-11-21': did you mean 'digest-2026-11-22'?"),
    ],
    ids=["nobody", "an editor", "of another bulletin", "disabled", "no edition"],
)
@pytest.mark.parametrize("more", [[], ["--take-back"]])
def test_who_may_not_approve_is_told_in_one_line(bulletin, edition, by, words, more):
    code, out, err = approve(bulletin, *more, edition=edition, by=by)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert words in err


def test_the_address_is_read_as_at_log_in(bulletin):
    assert bulletin("approve", DIGEST, "--by", " EVE@Example.NHS.uk ")[0] == 0


def test_who_approves_is_named(bulletin):
    code, _, err = bulletin("approve", DIGEST)
    assert code == 2
    assert "--by" in err


def test_an_approval_is_taken_back_once(bulletin):
    approve(bulletin)
    assert approve(bulletin, "--take-back")[:2] == (0, f"{DIGEST} is a draft again.\n")
    code, _, err = approve(bulletin, "--take-back")
    assert (code, err) == (2, f"bulletin: {DIGEST} is not approved: there is nothing to take back\n")


def test_both_stand_in_the_record(bulletin):
    approve(bulletin)
    approve(bulletin, "--take-back")
    lines = [json.loads(line) for line in bulletin("editors", "audit", "--json")[1].splitlines()]
    assert [(one["who"], one["did"]) for one in lines][-2:] == [
        ("eve@example.nhs.uk", "approved"),
        ("eve@example.nhs.uk", "took an approval back"),
    ]


@pytest.mark.parametrize("words", [["compose", "digest", "--date", "2026-11-22"], ["withdraw", DIGEST]])
def test_an_approved_edition_is_left_as_it_is_until_that_is_taken_back(bulletin, words):
    approve(bulletin)
    refused = f"bulletin: {DIGEST} is approved and stays as it is: take the approval back first\n"
    assert bulletin(*words) == (2, "", refused)
    approve(bulletin, "--take-back")
    assert bulletin(*words)[0] == 0


def test_one_approved_edition_keeps_no_other_bulletin_from_being_drafted(bulletin):
    approve(bulletin)
    code, out, err = bulletin("compose", "--date", "2026-11-22")
    assert (code, out.splitlines()[0]) == (0, "Wexbridge Update, number 1: 1 item under 1 heading, 0 held over.")
    assert "digest-2026-11-22 is approved and stays as it is" in err


def test_an_approved_edition_is_rendered_as_it_was_approved(bulletin, place):
    approve(bulletin)
    [before, *_] = place.glob("output/digest/*/all/bulletin.eml")
    frozen = before.read_bytes()
    before.unlink()
    config = place / "bulletins.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("Green Digest", "Another Digest"), encoding="utf-8")
    assert bulletin("render", DIGEST)[0] == 0
    assert before.read_bytes() == frozen

"""People, sessions, tokens and failures as rows, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from papers import NOON, later

from bulletin.errors import InputError
from bulletin.model import Deed, Editor, Grant, Role, Session
from bulletin.store.editors import SecondStep

ADMIN, EDITOR = (Grant(Role.ADMIN),), (Grant(Role.VIEWER), Grant(Role.EDITOR, "update"))
DAY = timedelta(days=1)
TOLD = Deed(NOON, "ann@example.org", "did something", "x")


def add(store, name: str = "ann", grants=ADMIN, password: str = "hash") -> Editor:
    editor = Editor(f"id-{name}", name.title(), f"{name}@example.org", grants)
    store.editors.add(editor, password, NOON, replace(TOLD, did="added"))
    return editor


def begin(store, editor: Editor, digest: str = "d1", hours: float = 0, stale: float = -12) -> bool:
    session = Session(0, editor, later(hours), later(hours), "Firefox")
    return store.sessions.begin(digest, session, replace(TOLD, did="logged in"), later(stale))


def did(store) -> list[str]:
    return [deed.did for deed in reversed(store.deeds.latest())]


def test_a_person_comes_back_as_added(store):
    ann, bo = add(store), add(store, "bo", EDITOR, password="")
    assert store.editors.list() == [ann, bo]
    assert store.editors.get("id-bo") == store.editors.by_email("bo@example.org") == bo
    assert (store.editors.password("id-ann"), store.editors.password("id-bo")) == ("hash", "")
    assert store.editors.get("nobody") is None
    assert store.editors.password("nobody") == ""


def test_no_two_people_share_an_address(store):
    add(store)
    with pytest.raises(InputError, match=r"ann@example\.org has an account already"):
        store.editors.add(Editor("other", "Ann", "ann@example.org", ADMIN), "", NOON, TOLD)
    assert did(store) == ["added"]


def test_other_roles_take_the_place_of_the_old_and_end_every_session(store):
    add(store)
    bo = add(store, "bo", EDITOR)
    begin(store, bo)
    store.editors.set_grants(bo.id, (Grant(Role.APPROVER),), replace(TOLD, did="promoted"))
    assert store.editors.get(bo.id).grants == (Grant(Role.APPROVER),)
    assert store.sessions.get("d1") is None
    assert did(store) == ["added", "added", "logged in", "promoted"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda editors, ann: editors.set_grants(ann.id, (Grant(Role.EDITOR),), TOLD), id="roles"),
        pytest.param(lambda editors, ann: editors.disable(ann.id, NOON, TOLD), id="disabled"),
    ],
)
def test_the_last_admin_stays_and_nothing_of_the_change_is_kept(store, change):
    ann = add(store)
    add(store, "bo", EDITOR)
    begin(store, ann)
    with pytest.raises(InputError, match="this is the last admin: make somebody else admin first"):
        change(store.editors, ann)
    assert store.editors.get(ann.id) == ann
    assert store.sessions.get("d1") is not None
    assert did(store) == ["added", "added", "logged in"]


def test_an_admin_of_one_bulletin_or_one_who_is_disabled_does_not_count_as_admin(store):
    ann, bo = add(store), add(store, "bo")
    add(store, "cy", (Grant(Role.ADMIN, "update"),))
    store.editors.disable(bo.id, NOON, TOLD)
    with pytest.raises(InputError, match="last admin"):
        store.editors.disable(ann.id, NOON, TOLD)
    store.editors.enable(bo.id, TOLD)
    store.editors.disable(ann.id, NOON, TOLD)
    assert [one.active for one in store.editors.list()] == [False, True, True]


def test_who_is_disabled_is_out_at_once_and_cannot_begin_a_session(store):
    add(store)
    bo = add(store, "bo", EDITOR)
    begin(store, bo)
    store.tokens.add("t1", bo.id, "reset", later(1))
    store.editors.disable(bo.id, NOON, TOLD)
    assert store.sessions.get("d1") is None
    assert store.tokens.get("t1", "reset", NOON) is None
    assert not begin(store, bo, "d2")
    store.editors.enable(bo.id, TOLD)
    assert store.sessions.get("d1") is None
    assert begin(store, bo, "d3")


def test_a_new_password_ends_every_session_and_link(store):
    ann = add(store)
    begin(store, ann)
    store.tokens.add("t1", ann.id, "reset", later(1))
    store.editors.set_password(ann.id, "new hash", TOLD)
    assert store.editors.password(ann.id) == "new hash"
    assert store.sessions.get("d1") is None
    assert store.tokens.get("t1", "reset", NOON) is None


def test_a_password_is_hashed_anew_only_if_it_is_still_the_same(store):
    ann = add(store)
    store.editors.rehash(ann.id, "an older one", "wrong")
    assert store.editors.password(ann.id) == "hash"
    store.editors.rehash(ann.id, "hash", "better")
    assert store.editors.password(ann.id) == "better"


def test_a_person_may_have_another_name(store):
    ann = add(store)
    store.editors.rename(ann.id, "Anna", TOLD)
    assert store.editors.get(ann.id) == replace(ann, name="Anna")


def test_a_second_step_is_set_used_and_removed(store):
    ann = add(store)
    store.editors.set_second_step(ann.id, SecondStep("secret", 10), ["c1", "c2"], TOLD)
    assert store.editors.get(ann.id).has_totp
    assert store.editors.second_step(ann.id) == SecondStep("secret", 10)
    assert [store.editors.use_step(ann.id, step) for step in (10, 11, 11, 9)] == [False, True, False, False]
    assert [store.editors.use_code(ann.id, code) for code in ("c1", "c1", "c3")] == [True, False, False]
    assert store.editors.codes_left(ann.id) == 1
    store.editors.remove_second_step(ann.id, TOLD)
    assert store.editors.second_step(ann.id) is None
    assert store.editors.codes_left(ann.id) == 0
    assert not store.editors.get(ann.id).has_totp


def test_new_recovery_codes_take_the_place_of_the_old(store):
    ann = add(store)
    store.editors.set_second_step(ann.id, SecondStep("secret", 10), ["c1"], TOLD)
    store.editors.set_second_step(ann.id, SecondStep("secret", 10), ["c2", "c3"], TOLD)
    assert not store.editors.use_code(ann.id, "c1")
    assert store.editors.codes_left(ann.id) == 2


def test_a_code_serves_one_of_many_who_use_it_at_once(store):
    ann = add(store)
    store.editors.set_second_step(ann.id, SecondStep("secret", 10), ["c1"], TOLD)
    store.tokens.add("t1", ann.id, "reset", later(1))
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: store.editors.use_step(ann.id, 11), range(4))) == 1
        assert sum(pool.map(lambda _: store.editors.use_code(ann.id, "c1"), range(4))) == 1
        assert sum(pool.map(lambda _: store.tokens.take("t1"), range(4))) == 1


def test_a_session_comes_back_with_its_person(store):
    ann = add(store)
    begin(store, ann)
    found = store.sessions.get("d1")
    assert (found.editor, found.began, found.last_seen, found.browser) == (ann, NOON, NOON, "Firefox")
    store.sessions.seen(found.id, later(0.5))
    assert store.sessions.get("d1").last_seen == later(0.5)
    assert store.sessions.get("d2") is None


def test_sessions_end_one_by_one_and_only_ones_own(store):
    ann, bo = add(store), add(store, "bo", EDITOR)
    begin(store, ann, "d1")
    begin(store, ann, "d2", hours=1)
    newer, older = store.sessions.of(ann.id)
    assert (newer.began, older.began) == (later(1), NOON)
    assert not store.sessions.end(bo.id, older.id, replace(TOLD, did="ended a stranger's"))
    assert store.sessions.end(ann.id, older.id, replace(TOLD, did="ended"))
    assert store.sessions.of(ann.id) == [newer]
    assert did(store)[-1] == "ended"


def test_every_session_but_one_ends(store):
    ann, bo = add(store), add(store, "bo", EDITOR)
    for digest, who in (("d1", ann), ("d2", ann), ("d3", ann), ("d4", bo)):
        begin(store, who, digest)
    kept = store.sessions.get("d2")
    assert store.sessions.end_all(ann.id, TOLD, kept.id) == 2
    assert store.sessions.of(ann.id) == [kept]
    assert store.sessions.end_all(ann.id, TOLD) == 1
    assert len(store.sessions.of(bo.id)) == 1


def test_old_sessions_are_forgotten_when_one_begins(store):
    ann = add(store)
    begin(store, ann, "d1")
    begin(store, ann, "d2", hours=13, stale=1)
    assert [one.began for one in store.sessions.of(ann.id)] == [later(13)]


def test_a_token_serves_its_purpose_until_its_time_and_once(store):
    ann = add(store)
    store.tokens.add("t1", ann.id, "reset", later(1), replace(TOLD, did="asked"))
    assert store.tokens.get("t1", "reset", later(0.99)) == ann
    assert store.tokens.get("t1", "reset", later(1)) is None
    assert store.tokens.get("t1", "second step", NOON) is None
    assert [store.tokens.take("t1"), store.tokens.take("t1")] == [True, False]
    assert did(store) == ["added", "asked"]


def test_a_new_link_voids_the_one_before_it(store):
    ann = add(store)
    for digest, purpose in (("t1", "reset"), ("t2", "second step"), ("t3", "reset")):
        store.tokens.add(digest, ann.id, purpose, later(1))
    found = [store.tokens.get(*one, NOON) is not None for one in (("t1", "reset"), ("t3", "reset"))]
    assert found == [False, True]
    assert store.tokens.get("t2", "second step", NOON) == ann


def after_three(_, failures):
    return timedelta(minutes=5) if len(failures) >= 3 else timedelta()


def claim(store, *marks: str, hours: float = 0) -> tuple[timedelta, int]:
    claim = store.failures.claim(marks, later(hours), DAY, after_three)
    return claim.wait, claim.failed[marks[0]]


def test_tries_are_counted_for_each_mark_until_one_must_wait(store):
    assert [claim(store, "a", "here") for _ in range(2)] == [(timedelta(), 0), (timedelta(), 1)]
    assert claim(store, "b", "here") == (timedelta(), 0)
    assert claim(store, "c", "here") == (timedelta(minutes=5), 0)
    assert claim(store, "c", "there") == (timedelta(), 0), "a try that was not made is not counted"


def test_failures_are_forgiven_and_forgotten(store):
    for _ in range(2):
        claim(store, "a", "here")
    last = store.failures.claim(("b", "here"), NOON, DAY, after_three)
    assert claim(store, "a", "here")[0]
    store.failures.forgive("b", last.ids["here"])
    assert claim(store, "here") == (timedelta(), 2), "of the address, that one alone"
    store.failures.forgive("a")
    assert claim(store, "a", hours=3) == (timedelta(), 0)
    assert claim(store, "a", hours=27.1) == (timedelta(), 0)


def test_of_many_tries_at_once_no_more_are_made_than_allowed(store):
    with ThreadPoolExecutor(6) as pool:
        waits = list(pool.map(lambda _: claim(store, "a")[0], range(12)))
    assert sum(not wait for wait in waits) == 3

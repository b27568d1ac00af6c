"""Links that count and buttons for what was useful: they lead where it was approved, and know nobody."""

import re

import editing
import following
import newsroom
import pytest
from following import BASE, EDITION

from bulletin.errors import StoreError
from bulletin.jobs import followed
from bulletin.store.tables import metadata
from bulletin.web import Newsroom, create_app

PLAIN = {"User-Agent": "Firefox"}


@pytest.fixture
def clock():
    return newsroom.Clock(editing.NOW)


@pytest.fixture
def desk(tmp_path, clock):
    with following.open_desk(tmp_path, clock) as desk:
        yield desk


@pytest.fixture
def items(desk):
    ids = following.compose(desk)
    following.approve(desk)
    return ids


@pytest.fixture
def client(desk):
    return create_app(Newsroom(desk, lambda: desk.config)).test_client()


@pytest.fixture
def ask(client):
    def ask(link, method="GET", **more):
        headers = PLAIN | more.pop("headers", {})
        return client.open(link.removeprefix(BASE), method=method, base_url=BASE, headers=headers, **more)

    return ask


def link(desk, number=0):
    return following.links(desk)[f"Retention of nurses, part {number}"]


def clicks(desk):
    return len(desk.store.followed.clicks([EDITION]).get(EDITION, []))


def test_a_link_that_counts_leads_to_where_the_item_was_approved_to_lead(desk, items, ask):
    answer = ask(link(desk))
    assert (answer.status_code, answer.location) == (302, "https://example.org/Retention%20of%20nurses,%20part%200")
    assert clicks(desk) == 1


def test_the_same_person_counts_once_a_day(desk, items, ask, clock):
    ask(link(desk))
    ask(link(desk))
    assert clicks(desk) == 1
    ask(link(desk), headers={"User-Agent": "Another"})
    assert clicks(desk) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
    ],
)
def test_who_only_looks_ahead_is_led_on_and_not_counted(desk, items, ask, headers):
    assert ask(link(desk), headers=headers).status_code == 302
    assert clicks(desk) == 0


def test_a_database_that_is_full_keeps_nobody_from_reading(desk, items, ask, monkeypatch):
    def full(*_):
        raise StoreError("the disk is full")

    monkeypatch.setattr(followed, "click", full)
    assert ask(link(desk)).status_code == 302


def test_who_only_asks_whether_it_answers_is_not_counted(desk, items, ask):
    assert ask(link(desk), "HEAD").status_code == 302
    assert clicks(desk) == 0


@pytest.mark.parametrize("change", ["mark", "item", "edition", "other", "nothing"])
def test_an_address_that_we_did_not_make_leads_nowhere(desk, items, ask, change):
    edition, item, mark = link(desk).rsplit("/", 3)[1:]
    forged = {
        "mark": (edition, item, "0" * 16),
        "item": (edition, items[1], mark),
        "edition": ("update-2026-10-22", item, mark),
        "other": (edition, "https:%2F%2Fevil.test", mark),
        "nothing": (edition, item, "é"),
    }[change]
    answer = ask("/to/" + "/".join(forged))
    assert (answer.status_code, answer.location) == (404, None)
    assert clicks(desk) == 0


def test_what_was_changed_after_the_approval_does_not_change_where_a_link_leads(desk, items, ask):
    address = link(desk)
    with desk.store._database.write() as connection:
        connection.exec_driver_sql("UPDATE item SET url = 'https://evil.test/'")
    assert ask(address).location.startswith("https://example.org/")


def test_no_address_and_no_browser_is_in_the_rows(desk, items, ask):
    ask(link(desk), environ_base={"REMOTE_ADDR": "192.0.2.77"}, headers={"User-Agent": "Peculiar/1"})
    with desk.store._database.read() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM click").mappings()
    assert not re.search("192|Peculiar", str(dict(row)))
    assert re.fullmatch("[0-9a-f]{64}", row["mark"])


def test_no_reader_is_in_the_link_and_no_cookie_is_set(desk, items, ask):
    assert re.fullmatch(rf"{BASE}/to/{EDITION}/{items[0]}/[0-9a-f]{{16}}", link(desk))
    answer = ask(link(desk))
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_links_of_a_draft_lead_on_so_that_a_test_can_be_read_and_count_nothing(desk, ask):
    following.compose(desk)
    assert ask(link(desk)).status_code == 302
    assert clicks(desk) == 0


def rows(desk):
    with desk.store._database.read() as connection:
        return {table.name: connection.execute(table.select()).all() for table in metadata.sorted_tables}


def useful(desk):
    return following.links(desk)["Was something useful? Tell us in one click"]


def test_the_page_shows_what_the_edition_printed_and_counts_nothing(desk, items, ask):
    address, before = useful(desk), rows(desk)
    answer = ask(address)
    assert answer.status_code == 200
    assert answer.text.count("This was useful</button>") == len(items)
    assert rows(desk) == before
    assert "Set-Cookie" not in answer.headers


def test_one_press_without_any_cookie_counts_once_a_day(desk, items, ask, clock):
    for _ in range(2):
        answer = ask(useful(desk), "POST", data={"item": items[2]})
        assert "You found this useful: <b>Retention of nurses, part 2</b>" in answer.text
    assert desk.store.followed.useful([EDITION]) == {(EDITION, items[2]): 1}
    clock.now = clock.now.replace(day=23)
    ask(useful(desk), "POST", data={"item": items[2]})
    assert desk.store.followed.useful([EDITION]) == {(EDITION, items[2]): 2}


@pytest.mark.parametrize("item", ["", "x" * 12, "../../etc/passwd"])
def test_what_the_edition_did_not_print_cannot_be_useful(desk, items, ask, item):
    assert ask(useful(desk), "POST", data={"item": item}).status_code == 404
    assert not desk.store.followed.useful([EDITION])


def test_a_page_that_we_made_no_link_to_is_not_there(desk, items, ask):
    assert ask(f"/useful/{EDITION}/{'0' * 16}").status_code == 404
    assert ask(f"/useful/{EDITION}/{'0' * 16}", "POST", data={"item": items[0]}).status_code == 404
    assert ask(useful(desk).replace(EDITION, "update-2026-10-22")).status_code == 404


def test_of_a_draft_the_page_says_that_nothing_is_counted(desk, ask):
    ids = following.compose(desk)
    answer = ask(useful(desk), "POST", data={"item": ids[0]})
    assert "Nothing was counted: this edition is a draft" in answer.text
    assert "Thank you" not in answer.text
    assert not desk.store.followed.useful([EDITION])


def test_hostile_titles_are_words_on_the_page(desk, ask):
    editing.shelve(desk, "<script>alert(1)</script> of nurses", workforce=0.9)
    editing.compose(desk, "update")
    text = ask(useful(desk)).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_links_made_under_an_older_secret_still_lead_on(desk, items, ask, monkeypatch):
    address = link(desk)
    old = desk.keys
    newer = type(old)(b"another secret of a year later", [old._secret])
    monkeypatch.setattr(followed.Desk, "keys", property(lambda _: newer))
    assert link(desk) != address
    assert ask(address).status_code == 302

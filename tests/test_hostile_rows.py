"""Every row of the hostile corpus through the real path, judged by what its `must_happen` says.

The corpus lies outside the project; without it these tests are skipped. Rows about what the program does not have yet
(a web preview, an export of references) are judged by what a reader of today's bulletin would meet.
"""

import email
import email.policy
import json
import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import hostile
import newsroom
import nh3
import pytest
from bs4 import BeautifulSoup

from bulletin import jobs
from bulletin.model import Outcome

ROWS = {row["id"]: row for row in hostile.manifest("hostile")} if hostile.DATA.is_dir() else {}
FILES = {number: row for number, row in ROWS.items() if number[0] not in "LS"}
CAFE = "Café £5 – naïve β-blocker"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("rows"),
    pytest.mark.skipif(not ROWS, reason="the hostile documents are not part of the project"),
]


@dataclass(frozen=True)
class Seen:
    """What one visit to all files left behind: the items of each row, how its feed does, and the bulletin."""

    items: dict[str, list[dict]]
    health: dict[str, dict]
    again: dict[str, int]  # what a second visit counted
    html: str
    text: str
    eml: bytes
    raw: str  # all that was printed and written, as one text


def lines(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def seen(tmp_path_factory, run_bulletin):
    with hostile.hostile_server() as server:
        urls = {number: f"{server}f/{row['file']}" for number, row in FILES.items()}
        place = hostile.workspace(tmp_path_factory.mktemp("rows"), urls)

        def told(*arguments: object) -> list[dict]:
            return lines(run_bulletin("-C", place, *arguments, "--json", **newsroom.environment(place)))

        told("fetch", "--all")
        items, health = told("items"), told("feeds")
        (again,) = told("fetch", "--all")
    with jobs.open_desk(newsroom.settings(place)) as desk:
        for item in items:
            jobs.decide(desk, item["id"], ["greener"], "the test")
        jobs.compose(desk, desk.bulletin("update"), date(2025, 6, 20))
    ((written,),) = (one["emails"] for one in told("render"))
    html, text = (Path(written[kind]).read_text(encoding="utf-8") for kind in ("html", "text"))
    eml = Path(written["eml"]).read_bytes()
    mine = {number: [item for item in items if number in item["feeds"]] for number in FILES}
    raw = "\n".join([json.dumps([items, health], ensure_ascii=False), html, text, eml.decode("utf-8", "replace")])
    return Seen(mine, {one["name"]: one for one in health}, again, html, text, eml, raw)


def titles(seen: Seen, number: str) -> list[str]:
    return [item["title"] for item in seen.items[number]]


def summaries(seen: Seen, number: str) -> list[str]:
    return [item["summary"] for item in seen.items[number]]


# What each check of the manifest asks of the files.


TITLES = {
    "A01": {"Trial of aspirin"},
    "A02": {"<img src=x onerror=alert('XSSMARK')> Results"},
    "A14": {"H html", "5 < 7 and <script>XSSMARK</script> literal", "Xhtml"},
    "D13": {"outer ]]> inner bold"},
}


def dom_no_active(number: str, seen: Seen) -> None:
    assert seen.items[number]
    for item in seen.items[number]:
        assert hostile.dangers(item["summary"]) == []
        assert not any("<" in text for text in (*item["authors"], item["journal"], item["kind"], item["doi"]))
    assert set(titles(seen, number)) == TITLES.get(number, set(titles(seen, number)))
    page = hostile.Page(seen.html).text
    assert all(title in page for title in titles(seen, number)), "a title is text, shown as it is written"
    assert hostile.dangers(seen.html) == []


def href_scheme(number: str, seen: Seen) -> None:
    assert seen.items[number]
    for item in seen.items[number]:
        assert item["url"].startswith(("http://", "https://"))
        assert hostile.dangers(item["summary"]) == []
    links = [attributes["href"] for tag, attributes in hostile.Page(seen.html).tags if "href" in attributes]
    assert links
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)


def fixed_point(number: str, seen: Seen) -> None:
    everything = nh3.ALLOWED_TAGS | {"math", "svg", "noscript", "style", "form", "mglyph", "mtext"}
    for summary in summaries(seen, number):
        assert nh3.clean(summary, tags=everything, clean_content_tags=set(), link_rel=None) == summary
        assert hostile.dangers(summary) == []


def no_style_from_feed(number: str, seen: Seen) -> None:
    for summary in summaries(seen, number):
        assert not any(tag == "style" or "style" in given for tag, given in hostile.Page(summary).tags)
    assert "XXEMARK" not in seen.html
    assert "expression(" not in seen.html


def no_remote_img(number: str, seen: Seen) -> None:
    assert all("<img" not in summary for summary in summaries(seen, number))
    assert not any(tag == "img" for tag, _ in hostile.Page(seen.html).tags)
    assert "Figure 1" in hostile.Page(seen.html).text


def no_comments(number: str, seen: Seen) -> None:
    assert summaries(seen, number)
    assert all("<!" not in summary for summary in summaries(seen, number))
    assert "INJMARK" not in "".join(hostile.Page(seen.html).comments)


def structure_intact(number: str, seen: Seen) -> None:
    page = BeautifulSoup(seen.html, "html.parser")
    assert "<p>must not be bold or linked</p>" in summaries(seen, number)
    following = page.find(string="must not be bold or linked")
    assert following.find_parents(["b", "i", "strong", "a", "li"]) == []
    assert [heading.get_text(strip=True) for heading in page.find_all("h1")] == ["Wexbridge Update"]


def message(seen: Seen) -> email.message.EmailMessage:
    return email.message_from_bytes(seen.eml, policy=email.policy.default)


def one_subject(number: str, seen: Seen) -> None:
    assert len(titles(seen, number)) == 2
    assert len(message(seen).get_all("Subject")) == 1
    assert [message(seen)[name] for name in ("Bcc", "Cc")] == [None, None]


def line_len(number: str, seen: Seen) -> None:
    assert all(len(title) <= 500 for title in titles(seen, number))
    assert max(map(len, seen.eml.split(b"\r\n" if b"\r\n" in seen.eml else b"\n"))) <= 998
    assert len(message(seen)["Subject"]) <= 150


def one_from(number: str, seen: Seen) -> None:
    assert seen.items[number]
    assert [address.addr_spec for address in message(seen)["From"].addresses] == ["library@example.nhs.uk"]


def ris_safe(number: str, seen: Seen) -> None:
    """There is no export of references yet; a title that stands on one line cannot begin another record."""
    assert len(titles(seen, number)) == 3
    assert all(title.isprintable() for title in titles(seen, number))


def literal_out(number: str, seen: Seen) -> None:
    wanted = {"'); DROP TABLE items;-- O'Brien \"NEAR(\" AND OR * ^ :", "100% _ \\ wildcard"}
    assert set(titles(seen, number)) == wanted
    assert all(title in hostile.Page(seen.html).text for title in wanted)


def xxe(number: str, seen: Seen) -> None:
    assert len(seen.items[number]) == 1
    assert "root:" not in seen.raw
    assert "XXEMARK" not in seen.raw


def title_is(*wanted: str):
    def check(number: str, seen: Seen) -> None:
        assert titles(seen, number) == list(wanted)

    return check


def title_smart(number: str, seen: Seen) -> None:
    assert titles(seen, number) == ["It’s “smart” – cost £5"]
    assert "character set" in seen.health[number]["warning"]


def link_host(number: str, seen: Seen) -> None:
    hosts = {item["title"]: item["url"].split("/")[2] for item in seen.items[number]}
    assert hosts == {
        "homograph": "www.xn--ns-4wc.uk",
        "userinfo": "journal.example.org",  # the site's own home page stands in
        "backslash": "www.nhs.uk",
        "punycode": "xn--ns-8td.example.org",
        "fullwidth": "www.example.org",
        "port": "www.nhs.uk:8080",
    }


def count(wanted: int):
    def check(number: str, seen: Seen) -> None:
        assert len(seen.items[number]) == wanted
        assert seen.again["new"] == 0

    return check


def count2(number: str, seen: Seen) -> None:
    assert set(titles(seen, number)) == {"First article", "Second article"}
    assert "same id" in seen.health[number]["warning"]


def partial(number: str, seen: Seen) -> None:
    assert titles(seen, number) == ["Complete one"]
    assert "ends in the middle of an entry" in seen.health[number]["warning"]


CHECKS = {
    **{check.__name__: check for check in (dom_no_active, href_scheme, fixed_point, no_style_from_feed)},
    **{check.__name__: check for check in (no_remote_img, no_comments, structure_intact, one_subject, line_len)},
    **{check.__name__: check for check in (one_from, ris_safe, literal_out, xxe, title_smart, link_host)},
    **{check.__name__: check for check in (count2, partial)},
    "title_unicode": title_is("Café – undeclared ©"),
    "title_exact": title_is(CAFE),
    "title_exact_or_error": title_is(CAFE),
    "count1": count(1),
    "count3": count(3),
    "ge1": count(2),
}
ELSEWHERE = {"no_change", "bomb", "time1s", "pair", "opml"}  # tests of their own below


@pytest.mark.parametrize("number", [number for number, row in FILES.items() if row["check"] not in ELSEWHERE])
def test_a_hostile_file_does_what_the_manifest_says(seen, number):
    CHECKS[ROWS[number]["check"]](number, seen)


# What needs a publisher who changes, or the clock.


@pytest.fixture
def clock():
    return newsroom.Clock(hostile.NOW)


@pytest.fixture
def desk_at(tmp_path, clock):
    with hostile.impatient_desks(tmp_path, clock) as desk:
        yield desk


@pytest.mark.parametrize("number", [number for number, row in FILES.items() if row["check"] == "no_change"])
def test_what_is_no_feed_changes_nothing(desk_at, publisher, clock, number):
    row = ROWS[number]
    good = newsroom.document(newsroom.entry("Net zero theatres"))
    url = publisher.gives("/feed", good, ETag='"old"', Last_Modified="Mon, 02 Jun 2025 09:00:00 GMT")
    desk = desk_at(url)
    hostile.fetched(desk)
    before = desk.store.items.list()

    body = (hostile.DATA / "hostile" / row["file"]).read_bytes()
    extra = dict([row["serve_extra_headers"].split(": ", 1)]) if row["serve_extra_headers"] else {}
    publisher.gives("/feed", body, int(row["serve_status"]), Content_Type=row["serve_content_type"], **extra)
    clock.now += timedelta(days=1)
    visit = hostile.fetched(desk)
    clock.now += timedelta(days=1)
    assert len(jobs.due(desk)) == 1, "it is tried again"
    hostile.fetched(desk)

    assert visit.outcome is Outcome.FAILED
    assert desk.store.items.list() == before
    assert publisher.asked[-1][1]["If-None-Match"] == '"old"'
    assert {path for path, _ in publisher.asked} == {"/feed"}
    (told,) = jobs.health(desk)
    assert told.error == visit.message


def test_an_item_whose_guid_changes_with_every_visit_stays_one_item(desk_at, publisher, clock):
    body = (hostile.DATA / "hostile" / ROWS["G02"]["file"]).read_bytes()
    desk = desk_at(publisher.gives("/feed", body))
    assert hostile.fetched(desk).new == 1
    publisher.gives("/feed", body.replace(b"sid=aaa", b"sid=bbb"))
    assert hostile.fetched(desk).new == 0


def test_a_hostile_list_of_feeds_is_taken_with_its_reasons(tmp_path, publisher, run_bulletin):
    place = newsroom.workspace(tmp_path, publisher.publishes("/a"))
    file = hostile.DATA / "hostile" / ROWS["H11"]["file"]
    (told,) = lines(run_bulletin("-C", place, "feeds", "import", file, "--json"))
    assert len(told["added"]) == 1
    assert len(told["refused"]) == 5
    assert sum("already" in reason or "twice" in reason for reason in told["refused"]) == 1
    assert "u:p@" not in (place / "feeds.yaml").read_text(encoding="utf-8")
    assert publisher.asked == []

"""Sources over weeks: when each is asked, what is told of the sick ones, and how new ones come in."""

from datetime import UTC, datetime, timedelta
from threading import Event

import newsroom
import pytest
from publisher import open_publisher

from bulletin import jobs
from bulletin.config.feedsfile import NewFeed
from bulletin.errors import InputError, ParseError, UnknownError
from bulletin.jobs import State
from bulletin.model import FeedKind, Outcome, Selectors

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def open_desk(tmp_path, clock):
    """Open a desk whose feeds are these addresses; the newsroom is written the first time."""
    opened = []

    def desk(*urls: str):
        folder = tmp_path if opened else newsroom.workspace(tmp_path, *urls)
        opened.append(jobs.open_desk(newsroom.settings(folder), clock))
        return opened[-1].__enter__()

    yield desk
    for one in reversed(opened):
        one.__exit__(None, None, None)


def fetched(desk):
    return jobs.fetch(desk, jobs.due(desk))


def told(desk):
    return {one.feed.name: one for one in jobs.health(desk)}


def test_the_sick_come_first_each_with_what_to_do(open_desk, publisher, clock):
    gone, missing, well = (
        publisher.gives("/gone", status=410),
        publisher.gives("/missing", status=404),
        publisher.publishes("/well", newsroom.entry("Net zero theatres")),
    )
    desk = open_desk(well, missing, gone)
    assert [one.state for one in jobs.health(desk)] == [State.WAITING] * 3
    fetched(desk)
    assert [one.state for one in jobs.health(desk)] == [State.TROUBLED, State.TROUBLED, State.WELL]

    for _ in range(3):
        clock.now += DAY
        fetched(desk)

    found = jobs.health(desk)
    assert [(one.feed.name, one.state) for one in found] == [
        ("Feed /gone", State.GONE),
        ("Feed /missing", State.FAILING),
        ("Feed /well", State.WELL),
    ]
    assert found[0].next_visit is None
    assert "bulletin feeds try" in found[1].advice
    assert (found[1].error, found[1].failures, found[1].failing_since) == (
        "the server answered 404 Not Found",
        4,
        NOW,
    )
    assert found[2].good == clock.now


def test_a_feed_that_is_gone_twice_a_day_apart_is_not_asked_again(open_desk, publisher, clock):
    desk = open_desk(publisher.gives("/gone", status=410))
    fetched(desk)
    clock.now += timedelta(hours=12)
    assert jobs.due(desk) == []
    clock.now += timedelta(hours=12)
    assert len(fetched(desk)) == 1
    clock.now += 100 * DAY
    assert jobs.due(desk) == []


def test_a_publisher_who_refuses_robots_is_told_with_the_way_round(open_desk, publisher):
    desk = open_desk(publisher.gives("/journal", status=403))
    fetched(desk)
    assert "use a PubMed, Europe PMC or Crossref source" in told(desk)["Feed /journal"].advice


def test_a_host_that_wants_a_pause_gets_it_for_all_of_its_feeds(open_desk, publisher, clock):
    busy = publisher.gives("/busy", status=429, Retry_After="7200")
    desk = open_desk(busy, publisher.publishes("/other", newsroom.entry("Net zero theatres")))
    first = fetched(desk)
    asked = len(publisher.asked)

    assert [visit.outcome for visit in first] == [Outcome.FAILED, Outcome.POSTPONED]
    assert asked == 1
    clock.now += timedelta(hours=1, minutes=59)
    assert jobs.due(desk) == []
    assert {visit.outcome for visit in jobs.fetch(desk, list(desk.config.feeds))} == {Outcome.POSTPONED}
    assert len(publisher.asked) == asked
    clock.now += timedelta(minutes=2)
    assert len(jobs.due(desk)) == 2


def test_a_feed_with_nothing_new_for_months_is_silent(open_desk, publisher, clock):
    desk = open_desk(publisher.publishes("/a", newsroom.entry("Net zero theatres")))
    for _ in range(4):
        fetched(desk)
        assert told(desk)["Feed /a"].state is State.WELL
        clock.now += 30 * DAY
    assert told(desk)["Feed /a"].state is State.SILENT
    assert told(desk)["Feed /a"].last_new == NOW


def test_a_feed_that_is_empty_from_the_start_is_told_at_once(open_desk, publisher):
    desk = open_desk(publisher.publishes("/a"))
    fetched(desk)
    assert (told(desk)["Feed /a"].state, told(desk)["Feed /a"].alarming) == (State.SILENT, True)
    assert "never brought an item" in told(desk)["Feed /a"].advice


def test_a_permanent_move_is_followed_once_two_days_have_seen_it(open_desk, publisher, clock):
    new = publisher.publishes("/new", newsroom.entry("Net zero theatres"))
    desk = open_desk(publisher.gives("/old", status=301, Location=new))
    for day in range(3):
        fetched(desk)
        assert told(desk)["Feed /old"].state is State.MOVED
        assert [path for path, _ in publisher.asked] == [["/old", "/new"], ["/old", "/new"], ["/new"]][day]
        publisher.asked.clear()
        clock.now += DAY

    publisher.gives("/new", status=404)
    fetched(desk)
    clock.now += DAY
    publisher.asked.clear()
    fetched(desk)
    assert publisher.asked[0][0] == "/old", "when the new address fails, the old one may know a newer"


def test_a_feed_that_moved_is_tried_at_both_addresses_in_turn_when_they_fail(open_desk, publisher, clock):
    new = publisher.publishes("/new", newsroom.entry("Net zero theatres"))
    desk = open_desk(publisher.gives("/old", status=301, Location=new))
    for _ in range(2):
        fetched(desk)
        clock.now += DAY
    good = publisher.answers["/new"]
    publisher.gives("/new", status=500)
    publisher.gives("/old", status=404)
    publisher.asked.clear()
    for _ in range(4):
        fetched(desk)
        clock.now += DAY
    assert [path for path, _ in publisher.asked] == ["/new", "/old", "/new", "/old"]
    publisher.does("/new", good)
    fetched(desk)
    assert told(desk)["Feed /old"].good == clock.now


def test_what_feeds_yaml_says_now_stands_above_an_earlier_move(open_desk, publisher, clock, tmp_path):
    new = publisher.publishes("/new", newsroom.entry("Net zero theatres"))
    old = publisher.gives("/old", status=301, Location=new)
    desk = open_desk(old)
    for _ in range(2):
        fetched(desk)
        clock.now += DAY
    jobs.move(desk, "feed-old")
    again = open_desk()
    fetched(again)
    assert told(again)["Feed /old"].state is State.WELL

    third = publisher.publishes("/third", newsroom.entry("Net zero theatres"))
    file = tmp_path / "feeds.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(new, third), encoding="utf-8")
    changed = open_desk()
    fetched(changed)
    assert told(changed)["Feed /old"].state is State.WELL
    with pytest.raises(InputError, match="has not moved"):
        jobs.move(changed, "feed-old")


def test_a_pause_behind_a_redirect_is_not_asked_for_again_and_again(open_desk, publisher, clock):
    with open_publisher() as busy:
        wall = busy.gives("/wall", status=429, Retry_After="7200")
        one, two = (publisher.gives(f"/{name}", status=302, Location=wall) for name in ("one", "two"))
        desk = open_desk(one, two, wall)
        fetched(desk)
        publisher.asked.clear()
        clock.now += timedelta(minutes=90)
        assert jobs.due(desk) == []
        assert {told(desk)[f"Feed /{name}"].state for name in ("one", "two")} == {State.TROUBLED}


def test_a_move_is_written_into_the_file_by_a_person(open_desk, publisher, tmp_path):
    new = publisher.publishes("/new", newsroom.entry("Net zero theatres"))
    old = publisher.gives("/old", status=308, Location=new)
    desk = open_desk(old)
    with pytest.raises(InputError, match="has not moved"):
        jobs.move(desk, "feed-old")
    with pytest.raises(UnknownError, match="did you mean 'feed-old'"):
        jobs.move(desk, "feed-odl")
    before = (tmp_path / "feeds.yaml").read_text(encoding="utf-8")
    fetched(desk)

    assert jobs.move(desk, "feed-old")[0] == new
    assert (tmp_path / "feeds.yaml").read_text(encoding="utf-8") == before.replace(old, new)


def test_the_same_bytes_under_a_new_etag_are_no_work(open_desk, publisher, clock):
    desk = open_desk(publisher.gives("/a", newsroom.document(newsroom.entry("Net zero theatres")), ETag='"1"'))
    fetched(desk)
    publisher.gives("/a", newsroom.document(newsroom.entry("Net zero theatres")), ETag='"2"')
    clock.now += DAY

    [visit] = fetched(desk)
    clock.now += DAY
    fetched(desk)

    assert visit.outcome is Outcome.NOT_MODIFIED
    assert publisher.asked[-1][1]["If-None-Match"] == '"2"'


def test_a_wish_of_the_document_holds_while_the_document_does(open_desk, publisher, clock):
    body = newsroom.document("<title>Net zero theatres</title>", channel="<ttl>1380</ttl>")
    desk = open_desk(publisher.gives("/a", body))
    for _ in range(2):
        fetched(desk)
        clock.now += timedelta(hours=20)
        assert jobs.due(desk) == []
        clock.now += timedelta(hours=8)
        assert len(jobs.due(desk)) == 1


def test_an_address_is_tried_before_anything_is_stored(open_desk, publisher):
    desk = open_desk(publisher.publishes("/a"))
    url = publisher.publishes("/feed", newsroom.entry("Net zero theatres"))

    [trial] = jobs.try_address(desk, url)

    assert (trial.feed.name, [item.title for item in trial.items]) == ("Feed", ["Net zero theatres"])
    assert desk.store.items.list() == []


PAGE = """<html><head><title>Reports | Wexbridge Trust</title>{head}</head>
<body><nav><a href="/">Home</a></nav><main>
<article class="teaser">
<h3><a href="/r/one">Net zero theatres in three hospitals</a></h3><time>12 November 2026</time>
<p>They cut their carbon footprint.</p></article>
<article class="teaser">
<h3><a href="/r/two">Nurse staffing after the pay round</a></h3><time>3 November 2026</time>
<p>Staff retention has improved.</p></article>
<article class="teaser">
<h3><a href="/r/three">Board papers for November</a></h3><time>1 November 2026</time>
<p>All papers in one file.</p></article></main></body></html>"""


def page(publisher, head: str = "") -> str:
    return publisher.gives("/reports", PAGE.format(head=head).encode(), Content_Type="text/html; charset=utf-8")


def test_a_site_offers_its_feeds(open_desk, publisher):
    desk = open_desk(publisher.publishes("/a"))
    feed = publisher.publishes("/news.rss", newsroom.entry("Net zero theatres"))
    head = '<link rel="alternate" type="application/rss+xml" title="Wexbridge news" href="/news.rss">'

    trials = jobs.try_address(desk, page(publisher, head))

    assert (trials[0].feed.asked, trials[0].feed.name) == (feed, "Wexbridge news")
    assert jobs.chosen(trials, "").asked == feed


def test_a_page_without_a_feed_is_read_from_then_on(open_desk, publisher, tmp_path):
    desk = open_desk(publisher.publishes("/a"))
    [trial] = jobs.try_address(desk, page(publisher))
    assert len(trial.items) == 3

    assert jobs.add_sources(desk, [jobs.chosen([trial], "Wexbridge reports")]) == ("wexbridge-reports",)

    again = open_desk()
    fetched(again)
    titles = [item.title for item in again.store.items.list()]
    assert titles == [
        "Net zero theatres in three hospitals",
        "Nurse staffing after the pay round",
        "Board papers for November",
    ]


def test_a_page_that_asks_robots_to_stay_away_is_left_alone(open_desk, publisher, tmp_path):
    url = page(publisher)
    publisher.gives("/robots.txt", b"User-agent: *\nDisallow: /reports\n")
    desk = open_desk(publisher.publishes("/a"))
    jobs.add_sources(desk, [NewFeed("Reports", url, FeedKind.PAGE, Selectors("article.teaser"))])
    again = open_desk()
    fetched(again)
    assert "robots" in told(again)["Reports"].error
    assert not any(path == "/reports" for path, _ in publisher.asked)


def test_nothing_to_be_made_of_an_address_is_told(open_desk, publisher):
    desk = open_desk(publisher.publishes("/a"))
    with pytest.raises(ParseError, match="web page"):
        jobs.try_address(
            desk, publisher.gives("/x", b"<html><body><p>Hello</p></body></html>", Content_Type="text/html")
        )


def test_of_several_feeds_a_person_names_one(open_desk, publisher):
    desk = open_desk(publisher.publishes("/a"))
    one, two = (publisher.publishes(f"/{name}.rss", newsroom.entry(f"News of {name}")) for name in ("one", "two"))
    head = "".join(f'<link rel="alternate" type="application/rss+xml" title="{u}" href="{u}">' for u in (one, two))
    with pytest.raises(InputError, match="name one address"):
        jobs.chosen(jobs.try_address(desk, page(publisher, head)), "")


def test_feeds_come_in_and_go_out_as_opml(open_desk, publisher, tmp_path):
    desk = open_desk(publisher.publishes("/a"))
    known = desk.config.feeds[0].url
    rows = "".join(
        f'<outline text="{name}" xmlUrl="{url}"/>'
        for name, url in {
            "Known": known,
            "New": "https://example.org/feed",
            "Script": "javascript:alert(1)",
        }.items()
    )
    file = tmp_path / "feeds.opml"
    file.write_text(f'<opml version="2.0"><body>{rows}</body></opml>', encoding="utf-8")

    found, refused = jobs.listed(desk, file)
    added = jobs.add_sources(desk, found)

    assert (added, len(refused)) == (("new",), 1)
    assert b"https://example.org/feed" in jobs.opml(open_desk())
    assert publisher.asked == []


def test_a_fetch_that_is_asked_to_stop_leaves_the_rest_for_the_next_time(open_desk, publisher):
    stop = Event()
    stop.set()
    desk = open_desk(*(publisher.publishes(f"/{number}", newsroom.entry(f"Item {number}")) for number in range(20)))
    some = jobs.fetch(desk, jobs.due(desk), stop=stop)
    assert 1 <= len(some) < 20, "one came in, and is kept"
    assert len(jobs.due(desk)) == 20 - len(some)
    assert len(fetched(desk)) == 20 - len(some)

"""One item from a publisher's XML to the bulletin, and every job twice with the same end."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta

import newsroom
import pytest

from bulletin import jobs
from bulletin.errors import InputError, UnknownError
from bulletin.model import Outcome

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def desk(tmp_path, publisher, clock):
    theatres = "Net zero theatres cut their carbon footprint"
    a = publisher.publishes(
        "/a",
        newsroom.entry(theatres, "https://example.org/theatres?utm_source=a"),
        newsroom.entry("Nurse staffing and staff retention after the pay round"),
        newsroom.entry("Museum opening hours"),
    )
    b = publisher.publishes("/b", newsroom.entry(theatres, "http://www.example.org/theatres/"))
    with jobs.open_desk(newsroom.settings(newsroom.workspace(tmp_path, a, b)), clock) as desk:
        yield desk


def fetched(desk):
    return jobs.fetch(desk, jobs.due(desk))


def shelf(desk):
    return {shelved.item.title: shelved for shelved in jobs.shelf(desk)}


def walked(desk):
    """Lead everything down to an edition; gives it."""
    fetched(desk)
    jobs.classify(desk)
    return jobs.compose(desk, desk.bulletin("update"))


def printed(edition):
    return {section.topic: [placed.item.title for placed in section.items] for section in edition.sections}


def test_an_item_walks_from_the_feed_to_the_inbox(desk):
    edition = walked(desk)
    (written,) = jobs.render(desk, edition.id)

    message = email.message_from_bytes(written.files[2].read_bytes(), policy=email.policy.default)
    for part in ("plain", "html"):
        body = message.get_body([part]).get_content()
        assert "Net zero theatres cut their carbon footprint" in body
        assert "https://example.org/theatres" in body
        assert "Sustainable Healthcare" in body
        assert "Museum" not in body
    assert message["X-Unsent"] == "1"


def test_files_land_where_the_readme_says(desk, tmp_path):
    (written,) = jobs.render(desk, walked(desk).id)
    folder = tmp_path / "output" / "update" / "update-2026-11-22" / "managers"
    assert [path.resolve() for path in written.files] == [
        (folder / name).resolve() for name in ("bulletin.html", "bulletin.txt", "bulletin.eml")
    ]


def test_the_same_thing_from_two_feeds_is_one_item_with_two_sightings(desk):
    visits = fetched(desk)
    assert sum(visit.seen for visit in visits) == 4
    assert sum(visit.new for visit in visits) == 3
    assert len(shelf(desk)["Net zero theatres cut their carbon footprint"].item.feeds) == 2


def test_of_several_feeds_the_first_in_the_file_speaks_whichever_came_first(tmp_path, publisher, clock):
    news = publisher.publishes("/news", newsroom.entry("News: gowns", "https://example.org/gowns", text="Read this."))
    journal = publisher.gives("/journal", status=500)
    with jobs.open_desk(newsroom.settings(newsroom.workspace(tmp_path, journal, news)), clock) as desk:
        fetched(desk)
        assert shelf(desk)["News: gowns"].item.source == "feed-news"
        publisher.publishes("/journal", newsroom.entry("Gowns: news", "https://example.org/gowns"))
        clock.now += timedelta(days=1)
        fetched(desk)
        item = shelf(desk)["Gowns: news"].item
    assert (item.source, item.feeds, item.summary_feed) == (
        "feed-journal",
        ("feed-news", "feed-journal"),
        "feed-news",
    )


def test_things_that_share_only_the_feeds_home_page_are_not_one(tmp_path, publisher, clock):
    """A status feed without links says the same words of every trouble; only its guids tell them apart."""
    trouble = "<item><title>Records system: down</title><guid isPermaLink='false'>{}</guid></item>"
    head = "<rss version='2.0'><channel><title>Status</title><link>https://status.example/feed</link>"
    body = head + trouble.format(1) + trouble.format(2) + "</channel></rss>"
    url = publisher.gives("/status", body.encode(), Content_Type="application/rss+xml")
    with jobs.open_desk(newsroom.settings(newsroom.workspace(tmp_path, url)), clock) as desk:
        (visit,) = fetched(desk)
        assert (visit.seen, visit.new) == (2, 2)
        assert {shelved.item.url for shelved in jobs.shelf(desk)} == {"https://status.example/feed"}


def test_every_job_twice_changes_nothing(desk, clock):
    first = walked(desk)
    before = {path: path.read_bytes() for one in jobs.render(desk, first.id) for path in one.files}
    clock.now += timedelta(hours=14)

    again = fetched(desk)
    tally = jobs.classify(desk)
    second = jobs.compose(desk, desk.bulletin("update"))
    after = {path: path.read_bytes() for one in jobs.render(desk, second.id) for path in one.files}

    assert [visit.outcome for visit in again] == [Outcome.NOT_MODIFIED] * 2
    assert tally.looked_at == 0
    assert (second, after) == (first, before)


def test_feeds_are_visited_when_they_are_due(desk, clock, publisher):
    fetched(desk)
    assert jobs.due(desk) == []
    clock.now += timedelta(hours=12) * 0.9 - timedelta(minutes=1)  # a tenth earlier or later, by chance
    assert jobs.due(desk) == []
    clock.now += timedelta(hours=12) * 0.2 + timedelta(minutes=2)
    assert len(jobs.due(desk)) == 2


def test_a_feed_that_failed_is_due_again_within_the_hour(desk, clock, publisher):
    publisher.gives("/b", status=500)
    fetched(desk)
    assert jobs.due(desk) == []
    clock.now += timedelta(hours=1)
    assert [feed.name for feed in jobs.due(desk)] == ["Feed /b"]


def test_a_feed_that_fails_is_told_and_keeps_what_it_had(desk, clock, publisher):
    fetched(desk)
    publisher.gives("/b", status=404)
    clock.now += timedelta(days=1)

    visits = fetched(desk)

    failed = next(visit for visit in visits if visit.outcome is Outcome.FAILED)
    assert failed.message == "the server answered 404 Not Found"
    assert len(shelf(desk)["Net zero theatres cut their carbon footprint"].item.feeds) == 2


def test_validators_survive_a_failure_and_are_not_taken_from_a_page_that_is_no_feed(desk, clock, publisher):
    fetched(desk)
    good = publisher.answers["/a"]
    publisher.gives("/a", b"<html><body>Down for maintenance</body></html>", Content_Type="text/html", ETag='"down"')
    clock.now += timedelta(days=1)
    assert {visit.outcome for visit in fetched(desk)} == {Outcome.FAILED, Outcome.NOT_MODIFIED}

    publisher.does("/a", good)
    clock.now += timedelta(days=1)
    assert {visit.outcome for visit in fetched(desk)} == {Outcome.NOT_MODIFIED}


def test_a_document_that_was_cut_short_is_asked_for_again_whole(tmp_path, publisher, clock):
    whole = (
        "<rss version='2.0'><channel><title>F</title><item><title>One</title></item><item><title>Two</title></item>"
    )
    url = publisher.gives("/a", whole[:-20].encode(), ETag='"1"')
    with jobs.open_desk(newsroom.settings(newsroom.workspace(tmp_path, url)), clock) as desk:
        (first,) = fetched(desk)
        publisher.gives("/a", (whole + "</channel></rss>").encode(), ETag='"1"')
        clock.now += timedelta(days=1)
        (second,) = fetched(desk)
    assert (first.outcome, first.new, second.new) == (Outcome.OK, 1, 1)
    assert "If-None-Match" not in publisher.asked[-1][1]


def test_validators_of_an_old_address_are_not_sent_to_a_new_one(tmp_path, publisher, clock):
    """A librarian swaps a feed's address and keeps its id: another server's ETag says nothing there."""
    old = publisher.publishes("/old", newsroom.entry("Net zero theatres"))
    new = publisher.does("/new", publisher.answers["/old"])
    folder = newsroom.workspace(tmp_path, old)
    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        fetched(desk)
    listed = (folder / "feeds.yaml").read_text(encoding="utf-8").replace(f"url: {old}", f"url: {new}")
    (folder / "feeds.yaml").write_text(listed, encoding="utf-8")
    clock.now += timedelta(days=1)

    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        (visit,) = fetched(desk)

    assert (visit.outcome, visit.seen, visit.new) == (Outcome.OK, 1, 0)


def test_a_decision_stands_above_every_suggestion(desk):
    fetched(desk)
    jobs.classify(desk)
    theatres = shelf(desk)["Net zero theatres cut their carbon footprint"].item.id
    museum = shelf(desk)["Museum opening hours"].item.id
    staffing = shelf(desk)["Nurse staffing and staff retention after the pay round"].item.id

    jobs.decide(desk, theatres, ["workforce"], "Ann")
    jobs.decide(desk, museum, ["greener"], "Ann")
    jobs.decide(desk, staffing, [], "Ann")

    assert printed(jobs.compose(desk, desk.bulletin("update"))) == {
        "workforce": ["Net zero theatres cut their carbon footprint"],
        "greener": ["Museum opening hours"],
    }


def test_the_latest_decision_counts(desk, clock):
    fetched(desk)
    museum = shelf(desk)["Museum opening hours"].item.id
    jobs.decide(desk, museum, ["greener"], "Ann")
    clock.now += timedelta(minutes=1)
    jobs.decide(desk, museum, [], "Bob")
    assert shelf(desk)["Museum opening hours"].decision.editor == "Bob"


def test_a_decision_makes_the_classifier_look_again_at_the_undecided_only(desk):
    fetched(desk)
    assert jobs.classify(desk).looked_at == 3
    jobs.decide(desk, shelf(desk)["Museum opening hours"].item.id, [], "Ann")
    assert jobs.classify(desk).looked_at == 2
    assert jobs.classify(desk).looked_at == 0


@pytest.mark.parametrize(
    ("item", "topics", "editor", "error"),
    [
        ("nothing", ["greener"], "Ann", UnknownError),
        (None, ["grener"], "Ann", UnknownError),
        (None, ["greener"], " ", InputError),
    ],
    ids=["no such item", "no such topic", "nobody"],
)
def test_a_decision_that_makes_no_sense_is_refused(desk, item, topics, editor, error):
    fetched(desk)
    known = shelf(desk)["Museum opening hours"].item.id
    with pytest.raises(error):
        jobs.decide(desk, item or known, topics, editor)


def test_an_item_is_printed_in_one_edition_only_and_what_had_no_room_comes_next(desk, clock, publisher):
    publisher.publishes("/a", *(newsroom.entry(f"Staff retention plan {n}") for n in range(5)))
    publisher.publishes("/b")
    fetched(desk)
    jobs.classify(desk)

    numbers, seen = [], []
    for day in (date(2026, 11, 22), date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1)):
        edition = jobs.compose(desk, desk.bulletin("update"), day)
        numbers.append((edition.number, edition.size))
        seen += [placed.item.id for section in edition.sections for placed in section.items]

    assert numbers == [(1, 2), (2, 2), (3, 1), (4, 0)]
    assert len(set(seen)) == 5


def test_composing_again_replaces_the_draft_of_the_day_and_keeps_its_number(desk):
    first = walked(desk)
    jobs.decide(desk, shelf(desk)["Museum opening hours"].item.id, ["greener"], "Ann")
    second = jobs.compose(desk, desk.bulletin("update"))
    assert (second.id, second.number) == (first.id, first.number)
    assert second.size == first.size + 1


def test_without_a_date_the_edition_is_of_today_where_the_bulletin_is(desk, clock):
    clock.now = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London
    assert jobs.compose(desk, desk.bulletin("update")).day == date(2026, 7, 1)


def test_status_counts_what_waits(desk, publisher, clock):
    publisher.gives("/b", status=404)
    assert (jobs.status(desk).due, jobs.status(desk).items) == (2, 0)
    walked(desk)
    now = jobs.status(desk)
    assert (now.feeds, now.due, now.items, now.not_looked_at, now.needs_heading) == (2, 0, 3, 0, 1)
    assert [one.feed.name for one in now.sick] == ["Feed /b"]
    assert now.editions == ("update-2026-11-22",)


@pytest.mark.parametrize(
    ("name", "words"),
    [("update-2026-11-21", "did you mean 'update-2026-11-22'"), ("zzz", "there are update-2026-11-22")],
)
def test_an_unknown_edition_is_told_with_the_nearest(desk, name, words):
    walked(desk)
    with pytest.raises(UnknownError, match=words):
        jobs.render(desk, name)


def test_before_the_first_edition_the_way_to_one_is_told(desk):
    for render in (lambda: jobs.render(desk, "update-2026-11-22"), lambda: jobs.latest_editions(desk)):
        with pytest.raises(UnknownError, match="`bulletin compose` drafts one"):
            render()


def test_the_latest_edition_of_each_bulletin_is_by_its_day(desk):
    for day in (date(2026, 12, 7), date(2026, 11, 22)):
        jobs.compose(desk, desk.bulletin("update"), day)
    assert jobs.latest_editions(desk) == ["update-2026-12-07"]


def test_an_unknown_bulletin_is_told_with_the_nearest(desk):
    with pytest.raises(UnknownError, match="did you mean 'update'"):
        desk.bulletin("updat")

"""Files changed from the desk: what is written down of it, how topics do, and what a source would bring."""

from datetime import UTC, datetime, timedelta

import newsroom
import pytest

from bulletin import jobs
from bulletin.config import load, topicfile
from bulletin.config.feedsfile import NewFeed
from bulletin.errors import ChangedError, FetchError, InputError
from bulletin.jobs import files
from bulletin.jobs.quality import quality
from bulletin.model import Confusion

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def desk(tmp_path, clock, publisher):
    entries = map(newsroom.entry, ["Net zero theatres", "Staff retention", "Nurse staffing", "Biscuits"])
    folder = newsroom.workspace(tmp_path, publisher.publishes("/feed", *entries))
    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        jobs.fetch(desk, jobs.due(desk))
        jobs.classify(desk)
        yield desk


@pytest.fixture
def items(desk):
    return {item.title: item.id for item in desk.store.items.list()}


def change(desk, **values):
    form = topicfile.form(desk.config.folder, "greener")
    return topicfile.change(desk.config.folder, "greener", form.values | values, form.digest)


def deeds(desk):
    return desk.store.deeds.latest(most=20)


def test_a_change_stands_in_the_file_and_in_the_record(desk):
    files.save(desk, "ann@example.nhs.uk", "changed the topic", "greener", change(desk, aim="fewer wrong"))
    assert load(desk.config.folder, {}).topics[0].aim == "fewer wrong"
    (deed,) = deeds(desk)
    assert (deed.at, deed.who, deed.did, deed.what) == (NOW, "ann@example.nhs.uk", "changed the topic", "greener")
    assert (deed.before, deed.after) == ("", "aim: fewer wrong")


def test_what_changes_nothing_is_not_written_down(desk):
    files.save(desk, "ann@example.nhs.uk", "changed the topic", "greener", change(desk))
    assert deeds(desk) == []


def test_what_could_not_be_written_is_not_in_the_record(desk):
    one, other = change(desk, heading="One"), change(desk, heading="Other")
    files.save(desk, "ann@example.nhs.uk", "changed the topic", "greener", one)
    with pytest.raises(ChangedError):
        files.save(desk, "bob@example.nhs.uk", "changed the topic", "greener", other)
    assert [deed.who for deed in deeds(desk)] == ["ann@example.nhs.uk"]


def test_a_long_change_is_kept_in_part(desk):
    files.save(desk, "ann@example.nhs.uk", "changed the topic", "greener", change(desk, heading="a" * 10_000))
    assert len(deeds(desk)[0].after) == 4_000


def test_what_would_move_is_told_and_nothing_is_written(desk):
    found = files.would_move(desk, change(desk, phrases=("net zero", "biscuits")))
    assert [(move.item.title, move.gained, move.lost) for move in found.moves] == [("Biscuits", ("greener",), ())]
    assert load(desk.config.folder, {}).topics[0].phrases == ("net zero", "carbon footprint")


def test_what_is_too_old_to_be_printed_is_left_alone(desk, clock):
    clock.now += timedelta(days=40)
    found = files.would_move(desk, change(desk, phrases=("net zero", "biscuits")))
    assert (found.looked_at, found.moves) == (0, ())


def test_a_new_topic_can_be_tried_before_it_is_there(desk):
    new = topicfile.creation(desk.config.folder, "food", {"heading": "Food", "phrases": ("biscuits",)})
    found = files.would_move(desk, new)
    assert not found.known
    assert [move.item.title for move in found.moves] == ["Biscuits"]


def test_how_topics_do_is_told_by_heading(desk, items, clock):
    greener, workforce = files.standings(desk)
    assert (greener.topic.id, greener.suggested, greener.kept) == ("greener", 1, None)
    assert (workforce.suggested, workforce.bulletins) == (2, ("Wexbridge Update",))
    clock.now += timedelta(hours=1)
    jobs.decide(desk, items["Staff retention"], ["workforce"], "Ann")
    jobs.decide(desk, items["Nurse staffing"], ["greener"], "Ann")
    greener, workforce = files.standings(desk)
    assert workforce.kept.precision == 0.5
    assert (greener.kept.suggested, greener.kept.recall) == (0, 0.0)


def test_what_was_suggested_first_is_held_against_what_was_put_first(desk, items, clock):
    clock.now += timedelta(hours=1)
    jobs.decide(desk, items["Staff retention"], ["workforce"], "Ann")
    jobs.decide(desk, items["Nurse staffing"], ["greener", "workforce"], "Ann")
    jobs.decide(desk, items["Biscuits"], ["workforce"], "Ann")
    jobs.decide(desk, items["Net zero theatres"], [], "Ann")
    found = quality(desk, retell=False)
    assert found.right == {"workforce": 1}
    assert set(found.pairs) == {
        Confusion("greener", "workforce", 1),
        Confusion("workforce", "", 1),
        Confusion("", "greener", 1),
    }
    assert (found.judged.decisions, found.judged.unseen, found.judged.retold) == (4, 0, ())
    assert found.judged == quality(desk, retell=True).judged


def test_a_feed_is_added_and_written_down(desk):
    added = files.add_feed(desk, "ann@example.nhs.uk", NewFeed("New: one", "https://new.example/feed"))
    assert added == "new-one"
    assert load(desk.config.folder, {}).feeds[-1].name == "New: one"
    (deed,) = deeds(desk)
    assert (deed.did, deed.what, deed.after) == (
        "added the feed",
        "new-one",
        'name: "New: one"\nurl: https://new.example/feed',
    )


def test_a_feed_that_is_there_already_is_not_added_again(desk):
    with pytest.raises(InputError, match="among the feeds already"):
        files.add_feed(desk, "ann@example.nhs.uk", NewFeed("Again", desk.config.feeds[0].url))
    assert deeds(desk) == []


def test_an_address_is_tried_while_the_feeds_are_read(desk, publisher):
    url = publisher.publishes("/other", newsroom.entry("Something else"))
    allowed = desk.config.allow_addresses
    assert allowed
    with desk.fetcher:
        (trial,) = files.try_feed(desk, url)
    assert [item.title for item in trial.items] == ["Something else"]


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://[::1]:1/", "file:///etc/passwd", "not an address", ""])
def test_no_address_is_tried_that_may_not_be_asked(desk, url):
    with pytest.raises((FetchError, InputError)):
        files.try_feed(desk, url)

"""What links answered when they were asked last."""

from datetime import timedelta

from papers import NOON

from bulletin.model import LinkState

URL = "https://example.org/gowns"


def test_only_the_last_answer_counts(store):
    store.links.put({URL: LinkState(0, NOON, "no such host: example.org")})
    later = LinkState(200, NOON + timedelta(hours=1))
    store.links.put({URL: later})
    assert store.links.of([URL, "https://example.org/never"]) == {URL: later}


def test_nothing_is_known_of_what_nobody_asked(store):
    store.links.put({})
    assert store.links.of([URL]) == {}
    assert store.links.of([]) == {}


def test_addresses_of_any_length_and_many_are_kept(store):
    urls = [f"https://example.org/{'a' * 9000}/{number}" for number in range(700)]
    store.links.put({url: LinkState(200, NOON) for url in urls})
    assert len(store.links.of(urls)) == 700

"""What the tests of JSON services share: answers, hostile ones too, and what the room makes of them."""

import json

from feedwriter import AT
from hypothesis import strategies as st

from bulletin import parse
from bulletin.model import Feed, FeedKind, Fetched, Item, Service, Validators
from bulletin.parse.works import work

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def answer(body: object, kind: FeedKind = FeedKind.FEED, *pages: object) -> Fetched:
    """A visit that brought these documents."""
    feed = Feed("search", "Discharge", "https://api.example.org", kind=kind, search="discharge")
    first, *others = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in (body, *pages))
    return Fetched(feed, feed.url, "application/json", first, Validators(), AT, tuple(others))


def read(kind: FeedKind, body: object, *pages: object) -> parse.Parsed:
    """What the room makes of a search's documents."""
    return parse.document(answer(body, kind, *pages))


def known(service: Service, body: object, doi: str = "10.5555/ward.1") -> Item | None:
    """What a service's answer tells about a DOI."""
    return work(answer(body), service, doi)


@st.composite
def spoilt(draw, record: dict[str, object]) -> dict[str, object]:
    """The same record with junk in place of some of its values, at any depth."""
    found = dict(record)
    for name in draw(st.lists(st.sampled_from(sorted(record)), min_size=1, max_size=5, unique=True)):
        value = record[name]
        if isinstance(value, dict) and value and draw(st.booleans()):
            found[name] = draw(spoilt(value))
        elif isinstance(value, list) and value and isinstance(value[0], dict) and draw(st.booleans()):
            found[name] = [draw(spoilt(value[0])), draw(JUNK)]
        else:
            found[name] = draw(JUNK)
    return found

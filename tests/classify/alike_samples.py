"""The two labelled samples of pairs: from real feeds, and invented in the style of health news."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bulletin import identity, parse
from bulletin.errors import ParseError
from bulletin.model import Feed, Fetched, Item, Validators

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
UNDATED = datetime(2017, 1, 7, 12, tzinfo=UTC)  # the day on which those documents were saved that give no dates


@dataclass(frozen=True)
class Labelled:
    """Two items and what a reader said of them."""

    one: str  # id of an item
    other: str
    label: str  # same, different
    kind: str


@dataclass(frozen=True)
class Sample:
    """Items, and pairs of them with labels."""

    items: tuple[Item, ...]
    pairs: tuple[Labelled, ...]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def invented() -> Sample:
    """Pairs written for this project; each row of the file is an item, each two rows are a pair.

    Batches 2 to 6 were written one after the other, each when the rules had been mended for the one before.
    """
    rows = table(HERE / "alike_invented.tsv")
    items = tuple(_invented(row, f"{row['pair']}/{number % 2}") for number, row in enumerate(rows))
    halves = zip(items[::2], items[1::2], rows[::2], strict=True)
    return Sample(items, tuple(Labelled(a.id, b.id, r["label"], r["kind"]) for a, b, r in halves))


def real() -> Sample:
    """Pairs from real feed documents, which lie outside the project; what `identity` is sure of is joined before.

    Only labels are kept here: an item is known by its document and its `mark`.
    """
    items: dict[str, Item] = {}
    home: dict[str, str] = {}  # id of the item that stands for a key
    place: dict[tuple[str, str], str] = {}
    for document, item in _documents():
        sure = [key for key in item.keys if identity.exact(key) or identity.strength(key) == 0]
        id_ = next((home[key] for key in sure if key in home), item.id)
        items.setdefault(id_, item)
        home |= dict.fromkeys(sure, id_)
        place[document, mark(item)] = id_
    pairs = []
    for row in table(HERE / "alike_sample.tsv"):
        one = place.get((row["document"], row["item"]))
        other = place.get((row["other_document"], row["other_item"]))
        if one and other and one != other:  # a feed is read up to a limit, and `identity` learns
            pairs.append(Labelled(one, other, row["label"], row["kind"]))
    return Sample(tuple(items.values()), tuple(pairs))


def mark(item: Item) -> str:
    """What an item of a document is known by in the sample."""
    return hashlib.sha256(f"{item.title}\0{item.url}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _documents() -> Iterator[tuple[str, Item]]:
    """Every item of every real document, as if all documents had been fetched when their newest item came."""
    for row in table(SHARED / "feeds" / "MANIFEST.tsv"):
        url = row["feed_link"] if row["feed_link"].startswith("http") else "https://example.org/"
        feed = Feed(row["feed_link"] or row["path"], row["publisher_title"], url)
        kind = "application/feed+json" if row["path"].endswith(".json") else "application/xml"
        try:
            found = parse.document(
                Fetched(feed, url, kind, (SHARED / row["path"]).read_bytes(), Validators(), NOON)
            ).items
        except ParseError:
            continue  # packed: only the fetch room unpacks
        seen = max((item.published for item in found if item.published), default=UNDATED)
        for number, item in enumerate(found):
            yield (
                row["path"],
                replace(item, id=f"{row['path']}#{number}", feeds=(feed.id,), first_seen=seen),
            )


def _invented(row: dict[str, str], id_: str) -> Item:
    when = NOON + timedelta(days=int(row["day"]))
    return Item(
        row["title"],
        id=id_,
        doi=row["doi"],
        published=when,
        first_seen=when,
        authors=tuple(filter(None, row["authors"].split("; "))),
        summary=f"<p>{row['text']}</p>" if row["text"] else "",
        language=row["language"],
        feeds=(row["feed"],),
    )

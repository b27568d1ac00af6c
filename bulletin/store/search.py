"""Search: the items that hold all words of a question, the best first.

What is typed is cut into words before a database sees it, so there is no input that is wrong: quotes, brackets,
`NEAR(`, `*` and emoji mean nothing but where one word ends. Two things mean something: words in double quotes stand
side by side, as those of `covid-19` and of a DOI do; and a word that ends in `*` finds every word that begins so, and
so does the last one as long as no space follows it, for somebody may be typing it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    TextualSelect,
    bindparam,
    exists,
    func,
    select,
    text,
)

from bulletin import identity
from bulletin.store.columns import UtcDateTime
from bulletin.store.database import Database
from bulletin.store.rows import chunks, covered, standing
from bulletin.store.tables import edition, edition_item, item, sighting
from bulletin.store.words import plain, tokens
from bulletin.store.wordtables import item_words

_EVERY = 1_000_000_000
MOST: Final = 1000  # items that a search counts and gives; who gets more looks for something else
_LONGEST = 1000  # characters of a question that are read
_TERMS = 20  # of a question that count
_SHORTEST = 2  # letters of a word that is not complete yet: nearly every item has a word that begins with "a"
_TERM = re.compile(r'"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+)')

_POOL = 10_000  # rows that are ranked, the newest: to rank all that hold a common word takes seconds in a big archive
_NARROWED_POOL = 20_000  # where a date narrows them, which is asked of each
_LATE = timedelta(days=14)  # from an item's date to the day that it was first seen, nearly always

# A match in a title weighs five times one elsewhere in SQLite's bm25, and ten times in ts_rank (weights A and D). The
# plus sign has SQLite look through the rows of one index for those of the other, not ask the index for each of them;
# a word that is not complete yet is looked for beside complete ones in the newest 200,000 rows that have these.
_SQLITE = {
    "stems": "SELECT rowid AS id, bm25(item_stems, 5.0, 1.0) AS score FROM item_stems"
    " WHERE item_stems MATCH :stems{within} ORDER BY rowid DESC LIMIT {pool}",
    "starts": "SELECT rowid AS id, bm25(item_starts, 5.0, 1.0) AS score FROM item_starts"
    " WHERE item_starts MATCH :starts{within} ORDER BY rowid DESC LIMIT {pool}",
    "rest": " AND +rowid IN"
    " (SELECT rowid FROM item_stems WHERE item_stems MATCH :rest ORDER BY rowid DESC LIMIT 200000)",
    "until": " AND rowid <= ({last})",
    "feed": " AND +rowid IN ({carried})",
}
_POSTGRESQL = {
    "stems": "SELECT id, -ts_rank(stems, to_tsquery('bulletin_stems', :stems)) AS score"
    " FROM (SELECT * FROM item_words WHERE stems @@ to_tsquery('bulletin_stems', :stems){within}"
    " ORDER BY id DESC LIMIT {pool}) AS pool",
    "starts": "SELECT id, -ts_rank(starts, to_tsquery('simple', :starts)) AS score"
    " FROM (SELECT * FROM item_words WHERE starts @@ to_tsquery('simple', :starts){within}"
    " ORDER BY id DESC LIMIT {pool}) AS pool",
    "rest": " AND stems @@ to_tsquery('bulletin_stems', :rest)",
    "until": " AND id <= ({last})",
    "feed": " AND id IN ({carried})",
}
_LAST = (  # the words of the last item that was first seen by then
    "SELECT item_words.id FROM item JOIN item_words ON item_words.item = item.id"
    " WHERE item.first_seen < :late ORDER BY item.first_seen DESC LIMIT 1"
)
_CARRIED = (  # the words of what a feed carried, and of what went into that
    "SELECT item_words.id FROM sighting JOIN item_words ON item_words.item = sighting.item"
    " WHERE sighting.feed = :feed UNION"
    " SELECT item_words.id FROM item JOIN sighting ON sighting.item = item.merged_into"
    " JOIN item_words ON item_words.item = item.id WHERE item.merged_into IS NOT NULL AND sighting.feed = :feed"
)
_STANDING = "SELECT coalesce(item.merged_into, item.id) FROM item_words JOIN item ON item.id = item_words.item"
_SHARING_SQLITE = text(
    f"{_STANDING} WHERE item_words.id IN"  # noqa: S608 - words of our own
    " (SELECT rowid FROM item_stems WHERE item_stems MATCH :stems ORDER BY rowid DESC LIMIT :each)"
)
# Materialized, because a server that hopes for the newest soon would go through all there are for rare words.
_SHARING_POSTGRESQL = text(
    "WITH hits AS MATERIALIZED (SELECT id FROM item_words WHERE stems @@ to_tsquery('bulletin_stems', :stems))"  # noqa: S608
    f" {_STANDING} WHERE item_words.id IN (SELECT id FROM hits ORDER BY id DESC LIMIT :each)"
)


@dataclass(frozen=True)
class Found:
    """What a search found: ids of items, the best first, and how many there are in all (1,000 at most)."""

    ids: tuple[str, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Printing:
    """An edition in which an item stands."""

    edition: str
    bulletin: str
    day: date


@dataclass(frozen=True)
class Term:
    """Part of a question: words that stand side by side; `is_open`: the last of them may go on."""

    words: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class _Narrowed:
    """What a search is narrowed to; what is empty narrows nothing."""

    since: datetime | None
    until: datetime | None
    feed: str
    bulletin: str


class Search:
    """The way to an item of which one knows some words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self,
        words: str,
        limit: int = 50,
        offset: int = 0,
        since: datetime | None = None,
        until: datetime | None = None,
        feed: str = "",
        bulletin: str = "",
    ) -> Found:
        """Find the items that hold all these words in title, summary, authors, journal or DOI, the best first.

        Of equal ones the newest comes first. `since` (included) and `until` (excluded) bound the item's date; `feed`
        is one that carried it, `bulletin` one that printed it. Each item is given once, whatever was merged into it.
        Any text may be given; one without words finds nothing.
        """
        terms = terms_of(words)
        if not terms:
            return Found()
        with self._database.read() as connection:
            ids = [*connection.execute(_query(connection, terms, _Narrowed(since, until, feed, bulletin))).scalars()]
        return Found(tuple(ids[offset : offset + limit]), len(ids))

    def sharing(self, texts: Collection[str], words: int, each: int) -> set[str]:
        """Find, for each text, the newest few items that hold its longest words, by their stems; ids.

        `words` of each text are looked for, and a text (HTML) with fewer finds nothing by them unless it has two.
        """
        wanted = {
            tuple(sorted({*tokens(plain(text))}, key=lambda word: (-len(word), word))[:words]) for text in texts
        }
        with self._database.read() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            sql, told = (_SHARING_SQLITE, _fts5) if is_sqlite else (_SHARING_POSTGRESQL, _tsquery)
            found: set[str] = set()
            for some in sorted(one for one in wanted if len(one) > 1):
                stems = told([Term((word,), is_open=False) for word in some])
                found.update(connection.execute(sql, {"stems": stems, "each": each}).scalars())
        return found

    def printed(self, items: Collection[str]) -> dict[str, tuple[Printing, ...]]:
        """Give the editions in which each of these items stands, by its id, the newest first; absent: in none."""
        found = dict[str, tuple[Printing, ...]]()
        columns = standing, edition.c.id, edition.c.bulletin, edition.c.day
        query = select(*columns).select_from(
            edition_item.join(item).join(edition, edition.c.id == edition_item.c.edition)
        )
        newest_first = edition.c.day.desc(), edition.c.id
        with self._database.read() as connection:
            for chunk in chunks(items):
                for id_, *where in connection.execute(query.where(covered(chunk)).order_by(*newest_first)):
                    found[id_] = tuple(dict.fromkeys((*found.get(id_, ()), Printing(*where))))
        return found


def terms_of(words: str) -> list[Term]:
    """Read a question; the last words of it are taken for the ones that somebody types just now."""
    words = words[:_LONGEST]
    found = [term for match in _TERM.finditer(words) if (term := _term(match, match.end() == len(words)))]
    return found[:_TERMS]


def _term(match: re.Match[str], is_last: bool) -> Term | None:
    quoted, bare = match["quoted"], match["bare"] or ""
    told = tokens(identity.doi(bare) or bare if quoted is None else quoted)
    is_open = quoted is None and (bare.endswith("*") or (is_last and bare[-1:].isalnum()))
    return Term(tuple(told), is_open and len(told[-1]) >= _SHORTEST) if told else None


def _query(connection: Connection, terms: Sequence[Term], narrowed: _Narrowed) -> Select[tuple[str]]:
    # Materialized, because SQLite knows bm25 only where it reads the index itself.
    hits = _hits(terms, narrowed, is_sqlite=connection.dialect.name == "sqlite").cte("hits")
    hits = hits.prefix_with("MATERIALIZED")
    stands = item.alias("stands")
    dated = func.coalesce(stands.c.published, stands.c.first_seen, type_=UtcDateTime)
    return (
        select(stands.c.id)
        .select_from(hits.join(item_words, item_words.c.id == hits.c.id).join(item))
        .join(stands, stands.c.id == standing)
        .where(*_conditions(stands.c.id, dated, narrowed))
        .group_by(stands.c.id, dated)
        .order_by(func.min(hits.c.score), dated.desc(), stands.c.id)
        .limit(MOST)
    )


def _conditions(
    id_: ColumnElement[str], dated: ColumnElement[datetime], narrowed: _Narrowed
) -> Iterator[ColumnElement[bool]]:
    if narrowed.since is not None:
        yield dated >= narrowed.since
    if narrowed.until is not None:
        yield dated < narrowed.until
    if narrowed.feed:
        yield exists().where(sighting.c.item == id_, sighting.c.feed == narrowed.feed)
    if narrowed.bulletin:
        there = edition_item.join(item).join(edition, edition.c.id == edition_item.c.edition)
        yield id_.in_(select(standing).select_from(there).where(edition.c.bulletin == narrowed.bulletin))


def _hits(terms: Sequence[Term], narrowed: _Narrowed, *, is_sqlite: bool) -> TextualSelect:
    """Choose the best rows of words by stems, and by how open words begin; of the scores the lowest is the best."""
    sql, told = (_SQLITE, _fts5) if is_sqlite else (_POSTGRESQL, _tsquery)
    closed, open_ = [one for one in terms if not one.is_open], [one for one in terms if one.is_open]
    branches = [(sql["stems"], "")]
    values: dict[str, Any] = {"stems": told([Term(one.words, is_open=False) for one in terms])}
    if open_:
        branches.append((sql["starts"], sql["rest"] if closed else ""))
        values["starts"] = told(open_)
    if open_ and closed:
        values["rest"] = told(closed)
    bounds, pool = _bounds(narrowed, sql, values)
    # Of those that are ranked some may have become one; whether what is narrowed is among them is asked later.
    enough = 3 * MOST if pool == _POOL else 2 * pool
    best = [
        f"SELECT * FROM ({branch.format(within=rest + bound, pool=pool)}) AS best ORDER BY score LIMIT {enough}"  # noqa: S608
        for branch, rest in branches
        for bound in bounds
    ]
    joined = " UNION ALL ".join(f"SELECT * FROM ({one}) AS ranked" for one in best)  # noqa: S608
    kinds = [bindparam("late", type_=UtcDateTime)] if "late" in values else []
    return text(joined).bindparams(*kinds, **values).columns(id=Integer, score=Float)


def _bounds(narrowed: _Narrowed, sql: Mapping[str, str], values: dict[str, Any]) -> tuple[list[str], int]:
    """Give what bounds the rows that are ranked, in one way or two, and how many there may be.

    What a date narrows lies among the newest rows, or among those that were there soon after.
    """
    bounds = [""]
    if narrowed.feed:
        values["feed"] = narrowed.feed
        bounds = [sql["feed"].format(carried=_CARRIED)]
    if narrowed.until and narrowed.until < datetime.max.replace(tzinfo=UTC) - _LATE:
        values["late"] = narrowed.until + _LATE
        bounds += [bound + sql["until"].format(last=_LAST) for bound in bounds]
    is_dated = narrowed.since is not None or narrowed.until is not None
    return bounds, _EVERY if narrowed.bulletin else _NARROWED_POOL if is_dated or narrowed.feed else _POOL


def _fts5(terms: Sequence[Term]) -> str:
    """Write terms as FTS5 reads them: "covid 19" AND "nurs" *."""
    return " AND ".join(f'"{" ".join(one.words)}"' + (" *" if one.is_open else "") for one in terms)


def _tsquery(terms: Sequence[Term]) -> str:
    """Write terms as to_tsquery reads them: ('covid' <-> '19') & ('nurs':*)."""
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in one.words) + (":*" if one.is_open else "") + ")" for one in terms
    )

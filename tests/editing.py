"""A desk with two bulletins that share a heading, and items without any feed: what tests of editors' work need."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import newsroom

from bulletin import jobs
from bulletin.jobs import Desk
from bulletin.model import Act, Approval, Because, Classification, DateSource, Item, Outcome, Suggestion, Visit
from bulletin.review import Wish

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
UPDATE, DIGEST = "update-2026-11-22", "digest-2026-11-22"
SECOND = """\
  - id: digest
    title: Green Digest
    headings: [greener, estates]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    window: 7d
    most: 2
    lists:
      - {id: all, name: Everybody, from: Wexbridge Library <library@example.nhs.uk>, delivery: individual}
      - {id: boards, name: Boards, from: Wexbridge Library <library@example.nhs.uk>}
"""


@contextmanager
def open_desk(folder: Path, clock: newsroom.Clock) -> Iterator[Desk]:
    """The desk of a newsroom with the bulletins update (workforce, greener) and digest (greener, estates)."""
    newsroom.workspace(folder, "http://127.0.0.1:9/a")
    (folder / "bulletins.yaml").write_text(newsroom.BULLETINS + SECOND, encoding="utf-8")
    (folder / "topics" / "estates.yaml").write_text("heading: Estates\nphrases: [boiler house]\n", encoding="utf-8")
    with jobs.open_desk(newsroom.settings(folder), clock) as desk:
        yield desk


@contextmanager
def reopened(desk: Desk, old: str, new: str, file: str = "bulletins.yaml") -> Iterator[Desk]:
    """The desk after somebody changed words in a file of its workspace; no words at all: after the file is gone."""
    path = desk.config.output.parent / file
    if old:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        path.unlink()
    with jobs.open_desk(
        newsroom.settings(path.parent if file == "bulletins.yaml" else path.parents[1]), desk.now
    ) as it:
        yield it


def shelve(desk: Desk, title: str, days_old: float = 1, summary: str = "", **scores: float) -> str:
    """Put an item on the shelves with the machine's scores by topic; gives its id."""
    when = desk.now() - timedelta(days=days_old)
    item = Item(
        title, f"https://example.org/{title}", published=when, date_source=DateSource.PUBLISHED, summary=summary
    )
    (new,) = desk.store.items.shelve(Visit("feed-a", when, Outcome.OK), [item]).new
    look(desk, new, **scores)
    return new


def look(desk: Desk, item: str, **scores: float) -> None:
    """Have the machine look at an item once more."""
    best = sorted(scores.items(), key=lambda one: -one[1])
    found = tuple(Suggestion(item, topic, score, (Because("gowns", 1.0),)) for topic, score in best)
    desk.store.suggestions.add([Classification(item, found, "recipe", 0, desk.now())])


def compose(desk: Desk, *names: str) -> None:
    """Draft today's editions of these bulletins, or of both."""
    for name in names or ("update", "digest"):
        jobs.compose(desk, desk.bulletin(name))


def approve(desk: Desk, edition: str, editor: str = "eve", *accepted: str) -> Approval:
    """Approve an edition as it is, each list tested, and accept those of its warnings that these rules give."""
    bulletin = desk.bulletin(jobs.outline_of(desk, edition).bulletin)
    for one in bulletin.lists:
        desk.store.tested.add(bulletin.id, one.id, editor, desk.now())
    warned = {one.finding.name for one in jobs.plan(desk, edition, editor).unaccepted}
    jobs.accept_named(desk, edition, warned & set(accepted), editor)
    return jobs.approve(desk, edition, editor)


def do(
    desk: Desk, edition: str, item: str, act: Act, topic: str = "", editor: str = "ann", **words: str
) -> jobs.Done:
    """Do something with an item as an editor, whatever others did."""
    token = words.pop("token", "")
    return jobs.act(desk, edition, item, Wish(act, topic, **words), editor, token)


def standing(desk: Desk, edition: str, item: str) -> jobs.Card:
    """The card of an item in a draft, with its standing and its token."""
    return jobs.card(desk, jobs.edition_of(desk, edition), desk.store.items.get(item))


def printed(desk: Desk, edition: str) -> dict[str, list[str]]:
    """The titles that an edition prints, by topic."""
    found = jobs.edition_of(desk, edition)
    return {section.topic: [placed.item.title for placed in section.items] for section in found.sections}

"""Rendering an edition for its lists, with the time of the linter, and premailer beside css-inline."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median

import css_inline

from bulletin import config, jobs
from bulletin.jobs.known import Past, known
from bulletin.jobs.render import Made
from bulletin.lint import lint
from bulletin.model import Bulletin, Config, DateSource, Edition, Item, Placed, Section
from bulletin.render.inline import inline
from bulletin.render.templates import HTML, Templates

NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)
ROUNDS = 3
SHAPES = ((60, 5, 1.0), (500, 1, 2.0))  # items, lists, and the seconds that they may take
WORDS = "Ward teams in forty hospitals measured what they threw away for a year, and most of it was packaging"
HEADINGS = 6


def item(number: int) -> Item:
    """One item of a journal, with an abstract of sixty words."""
    title = f"Study {number}: what theatres do with gowns, and what it costs hospitals of every size"
    return Item(
        title,
        f"https://journals.example.org/articles/{number}",
        f"10.5555/gowns.{number}",
        NOW - timedelta(days=number % 30),
        DateSource.PUBLISHED,
        summary=f"<p>{WORDS}. {WORDS}. {WORDS}.</p>",
        kind="Research",
        id=f"i{number}",
        first_seen=NOW,
        feeds=("feed",),
        source="feed",
    )


def edition(bulletin: Bulletin, items: int) -> Edition:
    """An edition of so many items under six headings."""
    placed = [Placed(item(number)) for number in range(items)]
    sections = tuple(Section(f"t{n}", f"Heading {n}", tuple(placed[n::HEADINGS])) for n in range(HEADINGS))
    return Edition(f"{bulletin.id}-2026-12-07", bulletin.id, 1, date(2026, 12, 7), date(2026, 11, 1), sections)


def settings(lists: int) -> Config:
    """The starter newsroom with one bulletin for so many lists."""
    whole = replace(config.load(config.starter(), {}), database_url="sqlite://")
    first = whole.bulletins[0]
    audience = replace(first.lists[0], template="default")
    many = tuple(replace(audience, id=f"list-{n}", name=f"List {n}") for n in range(lists))
    return replace(whole, bulletins=(replace(first, lists=many, most=100),))


def seconds(work: Callable[[], object]) -> float:
    """The median time of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


def shape(items: int, lists: int, bar: float) -> None:
    """Render and lint one shape of an edition and print what it took."""
    with jobs.open_desk(settings(lists), lambda: NOW) as desk:
        [bulletin] = desk.config.bulletins
        drawn = edition(bulletin, items)

        def rendered() -> list[Made]:
            return [jobs.make(desk, drawn, one) for one in bulletin.lists]

        took = seconds(rendered)
        told = "within the bar" if took <= bar else "OVER THE BAR"
        print(f"{items} items for {lists} lists: {took:.2f} s, {told} of {bar:g} s")
        first = rendered()[0]
        knowing = known(desk, drawn, bulletin.lists[0], first, Past((), {}, {}))
        linted = seconds(lambda: lint(first.email.mime, knowing))
        print(f"  the linter, one list: {linted:.2f} s for {len(first.email.html.encode()):,} bytes of HTML")
        raw = Templates(desk.config.templates, bulletin.lists[0].template).fill(HTML, first.page)
        inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
        ours, theirs = seconds(lambda: inline(raw)), seconds(lambda: inliner.inline(raw))
        print(f"  premailer {ours:.3f} s, css-inline {theirs:.4f} s: ratio {ours / theirs:.1f}")


def main() -> None:
    """Measure every shape."""
    for items, lists, bar in SHAPES:
        shape(items, lists, bar)


if __name__ == "__main__":
    main()

"""Lays out an edition: which of the candidates are printed, each once, under which heading, in what order.

Pure: the same candidates and day give the same edition. What was printed before is not among the candidates; what
found no room is held over, and half of the places under its heading are kept for such items the next time: all of
them would leave no room for what is new, none would let what is held over wait for ever.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bulletin.model import Bulletin, Candidate, Edition, Feed, Order, Placed, Section, Topic
from bulletin.model.kinds import place_of, type_of


def edition_id(bulletin: Bulletin, day: date) -> str:
    """The id of the edition of a day: readable, and fit for a folder name."""
    return f"{bulletin.id}-{day.isoformat()}"


def window(bulletin: Bulletin, day: date) -> tuple[datetime, datetime]:
    """The span of own dates, UTC, of the items of this day's edition: from the first instant to before the second."""
    midnight = datetime.combine(day, time.min, ZoneInfo(bulletin.schedule.zone))
    # Days are taken off the clock on the wall: the window begins at midnight whatever the season.
    return (midnight - bulletin.window).astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)


def edition(
    bulletin: Bulletin,
    topics: Mapping[str, Topic],
    candidates: Iterable[Candidate],
    number: int,
    day: date,
    before: Edition | None = None,
    feeds: Mapping[str, Feed] | None = None,
) -> Edition:
    """Draft the edition of one day; what stood in the draft `before` keeps its order, its notes and picks.

    A candidate stands under its best heading of this bulletin: the first that an editor chose, else the one with the
    highest score. Each heading prints at most `bulletin.most`: first what an editor chose; half of what is left goes
    to what an earlier edition held over, the rest to the best of all. On the page they stand by what kind of thing
    they are, which the `feeds` by id may tell too, and of a kind the surest comes first; or all by that, as the
    bulletin has it. Candidates outside the window are left out unless they were held over.
    """
    since, until = window(bulletin, day)
    under: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        timely = candidate.held_over or since <= candidate.item.date < until
        if timely and (headings := _headings(bulletin, candidate)):
            under[headings[0]].append(candidate)
    shown = [topic for topic in bulletin.headings if under[topic] or bulletin.keep_empty]
    return Edition(
        id=edition_id(bulletin, day),
        bulletin=bulletin.id,
        number=number,
        day=day,
        since=since.astimezone(ZoneInfo(bulletin.schedule.zone)).date(),
        sections=tuple(
            _ordered(_section(bulletin, topics[topic], under[topic], shown, feeds or {}), before) for topic in shown
        ),
        blocks=before.blocks if before else (),
    )


def printed(edition: Edition, bulletin: Bulletin) -> Edition:
    """The edition as readers get it: without headings that are empty, unless the bulletin keeps those.

    Nor is anything sent to a heading that is not there.
    """
    shown = [section for section in edition.sections if section.items or bulletin.keep_empty]
    names = {section.topic for section in shown}
    return replace(edition, sections=tuple(replace(one, items=_told(one.items, names)) for one in shown))


def _told(items: Iterable[Placed], shown: Collection[str]) -> tuple[Placed, ...]:
    return tuple(replace(one, see_also=tuple(topic for topic in one.see_also if topic in shown)) for one in items)


def _ordered(section: Section, before: Edition | None) -> Section:
    """The section in the order of the draft before, what is new behind it, with the notes and picks of that."""
    stood = {placed.item.id: placed for old in before.sections for placed in old.items} if before else {}
    here = [old.items for old in before.sections if old.topic == section.topic] if before else []
    order = {placed.item.id: position for items in here for position, placed in enumerate(items)}
    kept = [
        replace(placed, note=old.note, pick=old.pick, wording=old.wording) if old else placed
        for placed in section.items
        for old in [stood.get(placed.item.id)]
    ]
    return replace(section, items=tuple(sorted(kept, key=lambda placed: order.get(placed.item.id, len(order)))))


def _headings(bulletin: Bulletin, candidate: Candidate) -> list[str]:
    """The bulletin's headings that the candidate belongs under, best first."""
    chosen = [topic for topic in candidate.decided if topic in bulletin.headings]
    if candidate.decided:
        return chosen
    scores = {topic: score for topic, score in candidate.scores.items() if topic in bulletin.headings}
    return sorted(scores, key=lambda topic: (-scores[topic], bulletin.headings.index(topic)))


def _section(
    bulletin: Bulletin,
    topic: Topic,
    candidates: Sequence[Candidate],
    shown: Sequence[str],
    feeds: Mapping[str, Feed],
) -> Section:
    ranked = sorted(candidates, key=lambda candidate: _rank(topic, candidate))
    printed = _printed(ranked, bulletin.most)
    laid = [candidate for candidate in ranked if candidate in printed]
    if bulletin.order is Order.TYPE:
        laid.sort(key=lambda candidate: place_of(type_of(candidate.item, feeds.get(candidate.item.source))))
    return Section(
        topic=topic.id,
        heading=topic.heading,
        items=tuple(Placed(candidate.item, _see_also(bulletin, candidate, shown)) for candidate in laid),
        held_over=tuple(candidate.item for candidate in ranked if candidate not in printed),
    )


def _printed(ranked: Sequence[Candidate], most: int) -> list[Candidate]:
    """Those that there is room for; an editor's choice before everything that was held over."""
    kept = [candidate for candidate in ranked if candidate.kept]
    chosen = (
        kept
        + [candidate for candidate in ranked if candidate.decided and not candidate.kept][: max(0, most - len(kept))]
    )
    places = max(0, most - len(chosen))
    waited = [candidate for candidate in ranked if candidate.held_over and not candidate.decided]
    chosen += waited[: (places + 1) // 2]
    others = [candidate for candidate in ranked if candidate not in chosen]
    return chosen + others[: max(0, most - len(chosen))]


def _see_also(bulletin: Bulletin, candidate: Candidate, shown: Sequence[str]) -> tuple[str, ...]:
    return tuple(topic for topic in _headings(bulletin, candidate)[1:] if topic in shown)


def _rank(topic: Topic, candidate: Candidate) -> tuple[bool, float, float, str]:
    own_date = candidate.item.date.timestamp()
    return (not candidate.decided, -candidate.scores.get(topic.id, 0.0), -own_date, candidate.item.id)

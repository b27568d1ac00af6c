"""Lays out an edition: which of the candidates are printed, each once, under which heading, in what order.

Pure: the same candidates and day give the same edition. What was printed before is not among the candidates; what
found no room is held over, and leads its heading next time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bulletin.model import Bulletin, Candidate, Edition, Placed, Section, Topic


def edition_id(bulletin: Bulletin, day: date) -> str:
    """The id of the edition of a day: readable, and fit for a folder name."""
    return f"{bulletin.id}-{day.isoformat()}"


def window(bulletin: Bulletin, day: date) -> tuple[datetime, datetime]:
    """First and last instant, UTC, that the own date of an item of this day's edition may have."""
    end = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(bulletin.schedule.zone)).astimezone(UTC)
    return end - timedelta(days=1) - bulletin.window, end


def edition(
    bulletin: Bulletin, topics: Mapping[str, Topic], candidates: Iterable[Candidate], number: int, day: date
) -> Edition:
    """Draft the edition of one day.

    A candidate stands under its best heading of this bulletin: the first that an editor chose, else the one with the
    highest score. Each heading prints at most `bulletin.most`: first what an earlier edition held over, then what an
    editor chose, then by score; on the page the newest comes first. Candidates outside the window are left out unless
    they were held over.
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
        sections=tuple(_section(bulletin, topics[topic], under[topic], shown) for topic in shown),
    )


def _headings(bulletin: Bulletin, candidate: Candidate) -> list[str]:
    """The bulletin's headings that the candidate belongs under, best first."""
    chosen = [topic for topic in candidate.decided if topic in bulletin.headings]
    if candidate.decided:
        return chosen
    scores = {topic: score for topic, score in candidate.scores.items() if topic in bulletin.headings}
    return sorted(scores, key=lambda topic: (-scores[topic], bulletin.headings.index(topic)))


def _section(bulletin: Bulletin, topic: Topic, candidates: Sequence[Candidate], shown: Sequence[str]) -> Section:
    ranked = sorted(candidates, key=lambda candidate: _rank(topic, candidate))
    printed, rest = ranked[: bulletin.most], ranked[bulletin.most :]
    newest_first = sorted(printed, key=lambda candidate: (-candidate.item.date.timestamp(), candidate.item.id))
    return Section(
        topic=topic.id,
        heading=topic.heading,
        items=tuple(Placed(c.item, _see_also(bulletin, c, shown)) for c in newest_first),
        held_over=tuple(candidate.item for candidate in rest),
    )


def _see_also(bulletin: Bulletin, candidate: Candidate, shown: Sequence[str]) -> tuple[str, ...]:
    return tuple(topic for topic in _headings(bulletin, candidate)[1:] if topic in shown)


def _rank(topic: Topic, candidate: Candidate) -> tuple[bool, bool, float, float, str]:
    score = candidate.scores.get(topic.id, 0.0)
    own_date = candidate.item.date.timestamp()
    return (not candidate.held_over, not candidate.decided, -score, -own_date, candidate.item.id)

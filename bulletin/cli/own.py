"""A judgement on a workspace's own decisions, in words and as JSON."""

from dataclasses import asdict
from datetime import date

from bulletin import jobs
from bulletin.cli.judged import percent, rounded
from bulletin.cli.output import print_columns, say
from bulletin.model import MonthKept, OwnJudgement, TopicKept

_TOPIC_HEADS = ("Topic", "Suggested", "Decided", "Both", "Precision", "Recall")


def tell(judged: OwnJudgement) -> None:
    """Print what became of suggestions, and what to expect of the next ones."""
    for line in in_words(judged):
        say(line)
    if judged.months:
        rows = [
            (one.month, one.items, one.kept, one.moved, one.discarded, one.added) for one in reversed(judged.months)
        ]
        print_columns("Month by month", ("Month", "Decided", "Kept", "Moved", "Discarded", "Added"), rows)
        print_columns("Heading by heading", _TOPIC_HEADS, map(_topic_row, judged.topics))
    if judged.retold:
        heads = ("Month", "Decisions before", "With a heading", "First one right", "Precision", "Recall")
        print_columns("Learned from what came before", heads, _retold_rows(judged))
        last = judged.retold[-1]
        print_columns(f"Heading by heading, {last.month}", _TOPIC_HEADS, map(_topic_row, last.topics))


def _topic_row(one: TopicKept) -> tuple[object, ...]:
    return (one.topic, one.suggested, one.decided, one.both, percent(one.precision), percent(one.recall))


def _retold_rows(judged: OwnJudgement) -> list[tuple[object, ...]]:
    return [
        (
            one.month,
            one.trained_on,
            percent(one.covered / one.items),
            percent(one.first_right / one.covered if one.covered else None),
            percent(one.total.precision),
            percent(one.total.recall),
        )
        for one in reversed(judged.retold)
    ]


def in_words(judged: OwnJudgement) -> list[str]:
    """What became of suggestions, in a few lines."""
    if not judged.decisions:
        return ["Nobody has decided on an item yet; once somebody has, this says what became of the suggestions."]
    told = [_month_in_words(judged.months[-1])] if judged.months else []
    if judged.unseen:
        told.append(f"{judged.unseen} of {judged.decisions} items were decided before the classifier had looked.")
    if not judged.retold:
        told.append(
            f"{judged.decisions} decisions are too few to judge a month by those before it: "
            f"it takes {jobs.FEWEST} in a month, and {jobs.FEWEST} before."
        )
    return told


def _month_in_words(one: MonthKept) -> str:
    changed = {"moved": one.moved, "discarded": one.discarded, "gave an unsuggested heading to": one.added}
    did = [f"{word} {count}" for word, count in changed.items() if count]
    month = f"{date.fromisoformat(f'{one.month}-01'):%B %Y}"
    told = " and ".join([", ".join([f"you kept {one.kept}", *did[:-1]]), did[-1]]) if did else "you kept them all"
    return f"Of the {one.items} items of {month} {told}."


def plain(judged: OwnJudgement) -> dict[str, object]:
    """One object; shares are fractions from 0 to 1, or null where there is nothing to share."""
    return rounded(
        {
            "decisions": judged.decisions,
            "unseen": judged.unseen,
            "months": [asdict(one) for one in judged.months],
            "topics": list(map(_topic_as_json, judged.topics)),
            "retold": [
                {
                    "month": one.month,
                    "trained_on": one.trained_on,
                    "items": one.items,
                    "coverage": one.covered / one.items,
                    "first_right": one.first_right / one.covered if one.covered else None,
                    "precision": one.total.precision,
                    "recall": one.total.recall,
                    "topics": list(map(_topic_as_json, one.topics)),
                }
                for one in judged.retold
            ],
        }
    )


def _topic_as_json(one: TopicKept) -> dict[str, object]:
    return asdict(one) | {"precision": one.precision, "recall": one.recall}

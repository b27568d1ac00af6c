"""Quality: how the classifier does here, judged by what editors decided."""

from collections import Counter
from dataclasses import dataclass

from bulletin.classify import judge as room
from bulletin.jobs.desk import Desk
from bulletin.jobs.evaluate import evaluate_own
from bulletin.jobs.files import ruled
from bulletin.model import Confusion, OwnJudgement

_MOST = 50  # pairs


@dataclass(frozen=True)
class Quality:
    """What became of suggestions; a pair is what editors put first (truth) and what was suggested first (given)."""

    judged: OwnJudgement
    pairs: tuple[
        Confusion, ...
    ]  # the most frequent first; an empty topic: nothing was suggested, or it was discarded
    right: dict[str, int]  # items of each topic that was suggested first and put first


def quality(desk: Desk, *, retell: bool) -> Quality:
    """What became of suggestions, and with `retell` each of the last months learned anew, which takes seconds."""
    pairs = ruled(desk)
    firsts = Counter(
        ("".join(decision.topics[:1]), "".join(one.topic for one in look.suggestions[:1])) for look, decision in pairs
    )
    wrong = [Confusion(truth, given, items) for (truth, given), items in firsts.most_common() if truth != given]
    right = {truth: items for (truth, given), items in firsts.items() if truth == given and truth}
    return Quality(evaluate_own(desk) if retell else _so_far(desk), tuple(wrong[:_MOST]), right)


def _so_far(desk: Desk) -> OwnJudgement:
    found, decisions = ruled(desk), len(desk.store.decisions.latest())
    return OwnJudgement(decisions, decisions - len(found), room.by_month(found), room.by_topic(found))

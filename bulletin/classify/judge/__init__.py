"""Judges the classifier: on labelled texts that it has not seen, and on what editors did with its suggestions.

draw         a few examples a label, the same ones for the same seed
ask          learn from some texts, ask about others, and keep the time
measures     the figures that one number each can tell
tables       label by label, and what was taken for what
certainty    what it is worth to abstain, and whether probabilities are what they say
trial        all of these together
agreement    what editors did with what stood there when they decided
retold       each month judged with what was decided before it
"""

from collections.abc import Sequence

from bulletin.classify.judge.agreement import by_month, by_topic
from bulletin.classify.judge.retold import FEWEST, retell
from bulletin.model import Example, Judgement

__all__ = ["FEWEST", "by_month", "by_topic", "judge", "judge_shots", "retell"]


def judge(
    train: Sequence[Example], test: Sequence[Example], pool: Sequence[Example] = (), *, learning: bool = False
) -> Judgement:
    """Learn from labelled texts, and what `pool` adds to them, and judge on others.

    With `learning`, learn from a half, a quarter and an eighth too. Raise ValueError without any label to learn.
    """
    from bulletin.classify.judge import trial  # here, because scikit-learn costs seconds to import

    return trial.judge(train, test, pool, learning)


def judge_shots(
    train: Sequence[Example], test: Sequence[Example], pool: Sequence[Example], shots: int, seeds: int
) -> Judgement:
    """Learn from so many examples a label, once for each seed, and judge each time: the means, and how they vary."""
    from bulletin.classify.judge import trial

    return trial.judge_shots(train, test, pool, shots, seeds)

"""Whole trials: learn, ask, and measure everything."""

from collections.abc import Sequence

from bulletin.classify.judge.ask import Answers, ask, labels_of, together
from bulletin.classify.judge.certainty import coverage, mean_abstaining, reliability
from bulletin.classify.judge.draw import draw, part
from bulletin.classify.judge.measures import figures, mean_and_deviation
from bulletin.classify.judge.tables import by_label, confusions
from bulletin.model import Example, Figures, Judgement, Lesson, Shots

_SHARES = (1 / 8, 1 / 4, 1 / 2)

_Examples = Sequence[Example]


def judge(train: _Examples, test: _Examples, pool: _Examples, learning: bool) -> Judgement:
    """One trial; with `learning`, also with smaller parts of the training texts."""
    labels = _labels(train, test)
    answers = ask(train, test, pool, labels)
    measured = figures(answers)
    lessons = _lessons(train, test, pool, measured, labels) if learning else ()
    return _judgement([answers], measured, (len(train), len(test), len(pool)), lessons)


def judge_shots(train: _Examples, test: _Examples, pool: _Examples, shots: int, seeds: int) -> Judgement:
    """A trial for each seed, with a few examples a label."""
    labels = _labels(train, test)
    draws = [draw(train, shots, seed) for seed in range(seeds)]
    answers = [ask(drawn, test, pool, labels) for drawn in draws]
    means, deviations = mean_and_deviation([figures(one) for one in answers])
    sizes = (round(sum(map(len, draws)) / seeds), len(test), len(pool))
    return _judgement(answers, means, sizes, shots=Shots(shots, seeds, deviations))


def _labels(train: _Examples, test: _Examples) -> tuple[str, ...]:
    if not labels_of(train):
        raise ValueError("no label to learn")
    return labels_of(train, test)


def _judgement(
    every: Sequence[Answers],
    measured: Figures,
    sizes: tuple[int, int, int],
    lessons: tuple[Lesson, ...] = (),
    shots: Shots | None = None,
) -> Judgement:
    answers, draws = together(every), len(every)
    return Judgement(
        answers.single,
        *sizes,
        measured,
        by_label(answers, draws),
        confusions(answers, draws),
        coverage(answers),
        mean_abstaining(every),
        reliability(answers),
        lessons,
        shots,
    )


def _lessons(
    train: _Examples, test: _Examples, pool: _Examples, whole: Figures, labels: tuple[str, ...]
) -> tuple[Lesson, ...]:
    found = {len(train): Lesson(len(train), whole.micro_f1, whole.macro_f1)}
    for share in _SHARES:
        some = part(train, share)
        if len(some) not in found and labels_of(some):
            measured = figures(ask(some, test, pool, labels))
            found[len(some)] = Lesson(len(some), measured.micro_f1, measured.macro_f1)
    return tuple(found[examples] for examples in sorted(found))

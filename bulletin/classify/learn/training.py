"""How a linear model is trained: settings by cross-validation on the labelled texts alone, then perhaps a pool.

Texts without labels are guessed (see `pool`), and learned from with their guesses. The model is the sum of one that
learned from them too and of one that did not: what the first gains in the middle, the second keeps in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.learn.calibration import calibrated
from bulletin.classify.learn.counts import Lexicon
from bulletin.classify.learn.labels import in_folds
from bulletin.classify.learn.linear import Lesson, Linear, Texts, vectors
from bulletin.classify.learn.pool import halves, teach
from bulletin.classify.learn.weighting import rarities

Numbers = NDArray[np.float64]
Truth = NDArray[np.float32]
Places = NDArray[np.intp]

_PENALTIES = (2.0, 1.0, 0.5, 0.25)
_TITLES = (0.5, 1.0)
_CHOOSING = 200  # texts: fewer are too few to choose settings by
_ABOUT = 1.005  # losses so near to the least are as good
_CHOSEN_ON = 4_000  # texts: the settings that suit these suit more of them too
_FOLDS = 5
_FEWER_FOLDS = 3  # where there are more texts than that
_HELD_OUT = 20_000  # texts: cross-validation looks at no more
_TAUGHT_ENOUGH = 1_000  # labelled texts: with more, a pool adds too little for the time it takes


@dataclass(frozen=True)
class School:
    """Texts as they are learned from, with the features and their IDF, which come from the same texts."""

    lexicon: Lexicon
    rarity: dict[str, NDArray[np.float32]]  # IDF by view
    texts: Texts

    @classmethod
    def of(cls, texts: Sequence[str]) -> "School":
        """Read texts."""
        lexicon, counts = Lexicon.of(texts)
        rarity = rarities(counts)
        return cls(lexicon, rarity, Texts.of(counts, rarity))


@dataclass(frozen=True)
class Settings:
    """What cross-validation chooses."""

    penalty: float = 0.5  # of ridge regression
    title: float = 0.5  # what the title counts beside each other view


@dataclass(frozen=True)
class Trained:
    """A linear model, and what models like it said of texts that they had not seen."""

    linear: Linear
    settings: Settings
    held_out: Places  # the numbers of those texts
    scores: Numbers  # held out × labels


def train(labelled: Texts, truth: Truth, many: bool, seed: int) -> Trained:
    """Train on labelled texts alone; `truth` is texts × labels."""
    settings, held_out, scores = _chosen(labelled, truth, many, seed)
    lesson = Lesson(labelled, truth, many, vectors(labelled, truth, settings.title))
    return Trained(lesson.learn(settings.penalty), settings, held_out, scores)


def teaches(truth: Truth, many: bool) -> bool:
    """Whether a pool is worth a try: where labels exclude each other, and the labelled texts are few.

    Where a text may have several labels, guesses won on one real set and lost on another.
    """
    return not many and truth.shape[1] > 1 and len(truth) <= _TAUGHT_ENOUGH


def train_with(pool: Texts, labelled: Texts, truth: Truth, settings: Settings, seed: int) -> Trained:
    """Train on labelled texts and a pool; labels exclude each other."""
    fold = in_folds(truth, min(len(truth), _FOLDS), seed)
    scores = np.zeros(truth.shape)
    for one in range(fold.max() + 1):
        rest, held = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        if len(rest):
            scores[held] = _pooled(labelled[rest], truth[rest], pool, settings).scores(labelled[held].weighed)
    return Trained(_pooled(labelled, truth, pool, settings), settings, np.arange(len(truth)), scores)


def loss(trained: Trained, truth: Truth, many: bool) -> float:
    """What held-out scores leave unsaid after calibration."""
    return _loss(trained.scores, truth[trained.held_out], many)


def _pooled(labelled: Texts, truth: Truth, pool: Texts, settings: Settings) -> Linear:
    """Train on labelled texts and on what they let guess of the pool; labels exclude each other."""
    way = vectors(labelled, truth, settings.title)
    taught = teach(way.of(labelled.weighed), truth, way.of(pool.weighed))
    looked_at = np.flatnonzero(taught.sureness)
    seen = pool[looked_at]
    both, guessed = labelled + seen, np.concatenate([truth, taught.targets[looked_at].astype(np.float32)])
    way = vectors(both, guessed, settings.title)
    sureness = np.concatenate([np.ones(len(truth)), taught.sureness[looked_at]]).astype(np.float32)
    plain = Lesson(labelled, truth, many=False, vectors=way).learn(settings.penalty)
    pooled = Lesson(both, guessed, many=False, vectors=way, sureness=sureness).learn(settings.penalty)
    return plain.plus(pooled, *halves(plain.scores(seen.weighed), pooled.scores(seen.weighed)))


def _chosen(labelled: Texts, truth: Truth, many: bool, seed: int) -> tuple[Settings, Places, Numbers]:
    """Settings with about the least loss on texts that were held out; the texts, and their scores."""
    some = _some(truth, _CHOSEN_ON, seed)
    settings, scores = _tried(labelled[some], truth[some], many, seed)
    if len(some) == len(truth):
        return settings, some, scores
    most = _some(truth, _HELD_OUT, seed)
    fold = in_folds(truth[most], _FEWER_FOLDS, seed)
    return settings, most, _held_out(labelled[most], truth[most], fold, [settings], many)[settings]


def _tried(labelled: Texts, truth: Truth, many: bool, seed: int) -> tuple[Settings, Numbers]:
    """First what the title counts, then the penalty."""
    fold = in_folds(truth, min(len(truth), _FOLDS), seed)
    if len(truth) < _CHOOSING:
        return Settings(), _held_out(labelled, truth, fold, [Settings()], many)[Settings()]
    titles = _held_out(labelled, truth, fold, [Settings(title=title) for title in _TITLES], many)
    title = _best(titles, truth, many)[0].title
    penalties = [Settings(penalty, title) for penalty in _PENALTIES]
    return _best(_held_out(labelled, truth, fold, penalties, many), truth, many)


def _best(tried: dict[Settings, Numbers], truth: Truth, many: bool) -> tuple[Settings, Numbers]:
    """The first of those that do about as well as the best."""
    losses = {settings: _loss(scores, truth, many) for settings, scores in tried.items()}
    least = min(losses.values())
    best = next(settings for settings, loss in losses.items() if loss <= _ABOUT * least)
    return best, tried[best]


def _loss(scores: Numbers, truth: Truth, many: bool) -> float:
    """The negative log-likelihood of scores after calibration."""
    wanted = truth.astype(np.float64)
    return calibrated(scores, wanted, many).loss(scores, wanted)


def _held_out(
    labelled: Texts, truth: Truth, fold: Places, settings: Sequence[Settings], many: bool
) -> dict[Settings, Numbers]:
    """Scores of texts from models that have not seen them, for each of the settings."""
    scores = {one: np.zeros(truth.shape) for one in settings}
    for number in range(fold.max() + 1):
        rest, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if not len(rest):
            continue
        mine, unseen = labelled[rest], labelled[held].weighed
        lessons = {
            title: Lesson(mine, truth[rest], many, vectors(mine, truth[rest], title))
            for title in {one.title for one in settings}
        }
        for one in settings:
            scores[one][held] = lessons[one.title].learn(one.penalty).scores(unseen)
    return scores


def _some(truth: Truth, most: int, seed: int) -> Places:
    """As many texts as that, every label in its share; all of them where there are no more."""
    if len(truth) <= most:
        return np.arange(len(truth))
    place = in_folds(truth, len(truth), seed)  # one text a fold: the texts of one label in a row
    return np.flatnonzero((place + 1) * most // len(truth) > place * most // len(truth))

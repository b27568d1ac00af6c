"""What texts without labels teach, and that they cannot do much harm."""

import numpy as np
import pytest
from learn_kit import COMMON, WORDS, singles, texts

from bulletin.classify import HeadingClassifier
from bulletin.classify.learn.counts import VIEWS, Lexicon
from bulletin.classify.learn.pool import Taught, halves, teach
from bulletin.classify.learn.weighting import Vectors, rarities, tf_idf


def shots(each: int, seed: int = 0) -> tuple[list[str], list[str]]:
    labels = sorted(WORDS) * each
    return texts(labels, seed, own=2), labels


def right(model: HeadingClassifier, examples: list[str], labels: list[str]) -> float:
    return float(np.mean([one == other for one, other in zip(model.predict(examples), labels, strict=True)]))


POOL, POOL_LABELS = texts(sorted(WORDS) * 100, seed=50, own=2), sorted(WORDS) * 100
UNSEEN, TRUTH = texts(sorted(WORDS) * 100, seed=60, own=2), sorted(WORDS) * 100


def test_a_pool_makes_few_examples_enough():
    plain = np.mean([right(HeadingClassifier().fit(*shots(4, seed)), UNSEEN, TRUTH) for seed in range(4)])
    pooled = np.mean([right(HeadingClassifier().fit(*shots(4, seed), POOL), UNSEEN, TRUTH) for seed in range(4)])
    assert pooled > plain + 0.03


def test_shuffled_labels_give_chance_with_a_pool_too():
    examples, labels = shots(20)
    found = [
        right(
            HeadingClassifier().fit(examples, np.random.default_rng(n).permutation(labels).tolist(), POOL),
            UNSEEN,
            TRUTH,
        )
        for n in range(4)
    ]
    assert 0.15 < np.mean(found) < 0.52


def test_a_pool_of_another_world_does_no_harm():
    random = np.random.default_rng(0)
    others = [" ".join(random.choice(["quark", "gluon", "spin", "decay", "of", "the"], 8)) for _ in range(300)]
    examples, labels = shots(8)
    plain = right(HeadingClassifier().fit(examples, labels), UNSEEN, TRUTH)
    assert right(HeadingClassifier().fit(examples, labels, others), UNSEEN, TRUTH) >= plain - 0.02


def test_a_rare_label_is_not_swallowed_by_an_uneven_pool():
    uneven = texts(["bread"] * 285 + ["bees"] * 15, seed=3)
    examples = texts(["bread", "bees"] * 8, seed=4)
    model = HeadingClassifier().fit(examples, ["bread", "bees"] * 8, uneven)
    assert right(model, texts(["bees"] * 100, seed=5), ["bees"] * 100) > 0.9
    assert right(model, texts(["bread"] * 100, seed=6), ["bread"] * 100) > 0.9


@pytest.mark.parametrize("pool", [[], ["one"], [""], ["", "..."], ["the same"] * 50], ids=repr)
def test_a_pool_that_says_nothing_is_borne(pool):
    examples, labels = shots(4)
    assert np.isfinite(HeadingClassifier().fit(examples, labels, pool).predict_proba(UNSEEN)).all()


def test_the_same_pool_teaches_the_same():
    one, other = (HeadingClassifier().fit(*shots(4), POOL).predict_proba(UNSEEN) for _ in range(2))
    assert np.array_equal(one, other)


def test_one_label_learns_nothing_from_a_pool():
    assert set(HeadingClassifier().fit(["a", "b"], ["x", "x"], POOL).predict(UNSEEN)) == {"x"}


def taught(pool: list[str]) -> Taught:
    examples, labels = shots(4)
    _, counts = Lexicon.of([*examples, *pool])
    matrix = Vectors({view: np.ones(counts[view].shape[1], np.float32) for view in VIEWS}, 0.5).of(
        tf_idf(counts, rarities(counts))
    )
    truth = np.array([[label == one for one in sorted(WORDS)] for label in labels], dtype=float)
    return teach(matrix[: len(examples)], truth, matrix[len(examples) :])


def test_guesses_are_chances():
    guessed = taught(POOL)
    assert guessed.targets.sum(axis=1) == pytest.approx(1)
    assert (guessed.targets >= 0).all()
    assert (
        guessed.targets.argmax(axis=1) == np.array([sorted(WORDS).index(one) for one in POOL_LABELS])
    ).mean() > 0.9


def test_of_a_large_pool_a_part_is_looked_at():
    few = [" ".join(COMMON[:4])]
    guessed = taught(few * 5_000)
    assert (guessed.sureness > 0).sum() == 4_000


def test_two_models_are_added_in_like_measure():
    random = np.random.default_rng(0)
    plain, pooled = random.normal(size=(50, 3)), 5 * random.normal(size=(50, 3))
    mine, its = halves(plain, pooled)
    assert mine * plain.std() / (its * pooled.std()) == pytest.approx(0.7)


def test_a_model_that_says_nothing_is_left_out():
    assert halves(np.zeros((4, 2)), np.ones((4, 2))) == (0.0, 1.0)


def test_several_labels_are_learned_with_a_pool_as_well():
    examples, labels = singles(60)
    model = HeadingClassifier().fit(
        [*examples, " ".join(COMMON)], [*map(frozenset, zip(labels, strict=True)), frozenset()], POOL
    )
    assert right(model, UNSEEN, [frozenset([one]) for one in TRUTH]) > 0.9

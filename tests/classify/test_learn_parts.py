"""The parts of the estimator: words, counts, vectors, regression, calibration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.special import expit

from bulletin.classify.learn.calibration import calibrated, thresholds
from bulletin.classify.learn.counts import VIEWS, Lexicon, runs
from bulletin.classify.learn.labels import Labels, in_folds
from bulletin.classify.learn.ridge import ridge
from bulletin.classify.learn.tokens import LONGEST, OPENING, Vocabulary
from bulletin.classify.learn.weighting import Vectors, rarities, telling, tf_idf
from bulletin.model import Aim


def read(text: str) -> list[str]:
    vocabulary = Vocabulary()
    ids = vocabulary.read([text]).ids
    names = list(vocabulary)
    return [names[number] for number in ids]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Net zero, by 2040!", ["net", "zero", "by", "2040"]),
        ("They don't; it’s naïve", ["they", "don't", "it's", "naïve"]),
        ("full-width ＡＢＣ", ["full", "width", "abc"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("医療 staff", ["医", "療", "staff"]),
        ("x" * (LONGEST + 2), ["x" * LONGEST, "xx"]),
        ("", []),
    ],
    ids=["plain", "apostrophes", "full width", "vowel signs", "unspaced script", "endless word", "nothing"],
)
def test_a_text_is_read_as_words(text, words):
    assert read(text) == words


def test_the_first_line_is_the_title_when_more_follow():
    tokens = Vocabulary().read(["A title\nand a text", "x"])
    assert tokens.in_title.tolist() == [True, True, False, False, False, True]
    assert tokens.text.tolist() == [0] * 5 + [1]


def test_where_there_is_no_title_the_opening_stands_in_for_it():
    tokens = Vocabulary().read(["word " * (OPENING + 5)])
    assert tokens.in_title.tolist() == [True] * OPENING + [False] * 5


@pytest.mark.parametrize(
    ("word", "found"),
    [("estate", [" esta", "estat", "state", "tate "]), ("at", [" at "]), ("bed", [" bed "])],
)
def test_a_word_has_runs_of_letters(word, found):
    assert list(runs(word)) == found


def test_the_same_texts_are_counted_alike_again():
    texts = ["Net zero and net zero\nthe ward", "the ward and the roof", "", "roof"]
    lexicon, counts = Lexicon.of(texts)
    again = lexicon.count(texts)
    for view in VIEWS:
        assert (counts[view] != again[view]).nnz == 0


def test_pairs_stop_at_the_end_of_a_title_and_of_a_text():
    lexicon, _ = Lexicon.of(["one two\nthree four", "five six"])
    assert set(lexicon.names[VIEWS.index("pairs")]) == {"one two", "three four", "five six"}


def test_what_stands_in_one_of_many_texts_only_is_left_out():
    lexicon, _ = Lexicon.of([f"common word {n}x" for n in range(600)])
    assert lexicon.names[VIEWS.index("words")] == ("common", "word")


def test_an_unknown_word_counts_by_the_letters_that_it_shares():
    lexicon, _ = Lexicon.of(["sustainable", "something else"])
    counts = lexicon.count(["sustainability"])
    assert counts["words"].nnz == 0
    assert counts["runs"].nnz > 5


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
def test_every_text_becomes_a_vector_of_length_one_or_none(texts):
    _, counts = Lexicon.of(texts)
    weighed = tf_idf(counts, rarities(counts))
    matrix = Vectors(telling(counts, np.eye(len(texts), dtype=np.float32), 0.5), 0.5).of(weighed)
    lengths = np.sqrt(np.asarray(matrix.power(2).sum(axis=1)).ravel())
    has_words = np.diff(matrix.indptr) > 0
    assert lengths[has_words] == pytest.approx(1, abs=1e-4)


def test_what_tells_labels_apart_weighs_more_than_what_stands_everywhere():
    lexicon, counts = Lexicon.of(["keel with", "keel with", "hive with", "hive with"])
    truth = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    weight = dict(zip(lexicon.names[0], telling(counts, truth, 0.5)["words"].tolist(), strict=True))
    assert weight["keel"] == weight["hive"] > weight["with"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.25, 1.0, 4.0]))
def test_the_regression_is_that_of_the_textbook(seed, penalty):
    random = np.random.default_rng(seed)
    x = random.normal(size=(12, 7)) / 4
    y = random.choice([-1.0, 1.0], size=(12, 3))
    exact = np.linalg.solve(x @ x.T + penalty * np.eye(12), y)
    found = ridge(sparse.csr_array(x.astype(np.float32)), y.astype(np.float32), penalty)
    assert found == pytest.approx(exact, abs=0.02)


def test_a_first_guess_changes_the_way_and_not_the_end():
    random = np.random.default_rng(0)
    x = sparse.csr_array(random.normal(size=(20, 9)).astype(np.float32) / 4)
    y = random.choice([-1.0, 1.0], size=(20, 2)).astype(np.float32)
    assert ridge(x, y, 0.5, start=ridge(x, y, 1.0)) == pytest.approx(ridge(x, y, 0.5), abs=0.02)


def test_labels_come_back_as_they_were_given():
    names, truth = Labels.of(["b", "a", "b"])
    assert names.back(truth > 0).tolist() == ["b", "a", "b"]
    names, truth = Labels.of([{"b", "a"}, set(), ["c"]])
    assert names.back(truth > 0).tolist() == [{"a", "b"}, set(), {"c"}]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=4, max_size=60), st.integers(2, 4), st.integers(0, 99))
def test_folds_share_out_every_label(sets, folds, seed):
    _, truth = Labels.of(sets)
    fold = in_folds(truth, folds, seed)
    sizes = np.bincount(fold, minlength=folds)
    assert sizes.max() - sizes.min() <= 1
    rare = [one for one in sets if one == {"a"}]
    if len(rare) == len([one for one in sets if "a" in one]) and rare:
        mine = np.bincount(fold[[one == {"a"} for one in sets]], minlength=folds)
        assert mine.max() - mine.min() <= 1


def scored(number: int = 4000, slope: float = 3.0, offset: float = -1.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    scores = random.uniform(-1.5, 1.5, size=(number, 2))
    return scores, (random.random((number, 2)) < expit(slope * scores + offset)).astype(float)


def test_calibration_finds_the_curve_that_made_the_truth():
    scores, truth = scored()
    found = calibrated(scores, truth, many=True)
    assert found.slopes == pytest.approx([3, 3], abs=0.3)
    assert found.offsets == pytest.approx([-1, -1], abs=0.2)


def test_a_label_that_nothing_tells_gets_its_share_as_probability():
    random = np.random.default_rng(1)
    scores, truth = np.zeros((500, 1)), (random.random((500, 1)) < 0.2).astype(float)
    assert calibrated(scores, truth, many=True).probabilities(scores)[0, 0] == pytest.approx(truth.mean(), abs=0.01)


def test_a_threshold_rises_with_the_fear_of_what_is_wrong():
    scores, truth = scored()
    cuts = [thresholds(scores, truth, aim) for aim in (Aim.FEWER_MISSED, Aim.BALANCED, Aim.FEWER_WRONG)]
    assert (cuts[0] <= cuts[1]).all()
    assert (cuts[1] <= cuts[2]).all()
    assert (cuts[0] < cuts[2]).all()


def test_a_threshold_is_near_the_best_there_is():
    scores, truth = scored()

    def f1(cut: float) -> float:
        given_ = scores[:, 0] >= cut
        return 2 * (given_ & (truth[:, 0] > 0)).sum() / (given_.sum() + truth[:, 0].sum())

    best = max(f1(cut) for cut in np.linspace(-1.5, 1.5, 301))
    assert f1(thresholds(scores, truth, Aim.BALANCED)[0]) == pytest.approx(best, abs=0.01)

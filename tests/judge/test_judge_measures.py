"""Figures of the judge, worked out by hand and held against scikit-learn's own."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import f1_score, label_ranking_average_precision_score

from bulletin.classify.judge.ask import Answers
from bulletin.classify.judge.certainty import abstaining, coverage, mean_abstaining, reliability
from bulletin.classify.judge.measures import figures, mean_and_deviation
from bulletin.classify.judge.tables import by_label, confusions
from bulletin.model import Confusion, Coverage, Reliable


def answers(truth, said, given_=None, *, single=False, thresholds=None, names=None):
    """Answers from plain lists; given is what is at least 0.5, or the likeliest label where there is one each."""
    truth, said = np.array(truth, dtype=bool), np.array(said, dtype=float)
    names = names or tuple("abcdefgh"[: truth.shape[1]])
    if thresholds is not None or not single:
        thresholds = np.full(len(names), 0.5) if thresholds is None else np.array(thresholds)
    if given_ is None:
        given_ = np.eye(len(names), dtype=bool)[said.argmax(axis=1)] if single else said >= thresholds
    on = np.array([9] * len(names))
    return Answers(names, on, single, truth, said, np.array(given_, dtype=bool), thresholds, 2.0, 50.0)


# Four texts of three labels: right, right, a for b, b for c.
SINGLE = answers(
    [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]],
    [[0.9, 0.1, 0.0], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1], [0.1, 0.5, 0.4]],
    single=True,
)
# a and b wanted and given; a wanted, b given; nothing wanted, a given; b wanted, nothing given.
SEVERAL = answers([[1, 1], [1, 0], [0, 0], [0, 1]], [[0.9, 0.8], [0.2, 0.6], [0.7, 0.1], [0.1, 0.3]])


def test_accuracy_is_the_share_of_texts_with_the_right_label():
    assert figures(SINGLE).accuracy == 0.5
    assert figures(SINGLE).micro_f1 == 0.5


def test_macro_f1_is_the_mean_over_labels():
    # a: 2*1/(1+2); b: 2*1/(2+2); c: never given
    assert figures(SINGLE).macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)


def test_where_a_text_may_have_several_labels_there_is_no_accuracy():
    found = figures(SEVERAL)
    assert found.accuracy is None
    assert found.subset_accuracy == 0.25
    assert found.micro_f1 == pytest.approx(2 * 2 / (4 + 4))
    assert found.macro_f1 == pytest.approx((2 * 1 / (2 + 2) + 2 * 1 / (2 + 2)) / 2)


def test_a_text_without_labels_that_is_given_one_costs():
    free, charged = answers([[0], [1]], [[0.1], [0.9]]), answers([[0], [1]], [[0.9], [0.9]])
    assert (figures(free).micro_f1, figures(charged).micro_f1) == (1.0, pytest.approx(2 / 3))


def test_lrap_counts_the_true_labels_among_those_ranked_as_high():
    # ranks of the true labels: 1; 1; 2; 2
    assert figures(SINGLE).lrap == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_a_label_that_was_never_learned_counts_against_us():
    known = answers([[1, 0], [1, 0]], [[0.9, 0.1], [0.9, 0.1]], single=True)
    unknown = answers(
        [[1, 0, 0], [0, 0, 1]], [[0.9, 0.1, 0], [0.9, 0.1, 0]], single=True, thresholds=[0.5, 0.5, np.inf]
    )
    assert figures(known).accuracy == 1.0
    found = figures(unknown)
    assert (found.accuracy, found.lrap) == (0.5, pytest.approx((1 + 1 / 3) / 2))
    assert found.macro_f1 == pytest.approx((2 / 3 + 0 + 0) / 3)
    assert by_label(unknown)[1].threshold is None


def test_brier_is_the_mean_squared_distance_from_the_truth():
    assert figures(answers([[1], [0]], [[0.8], [0.4]])).brier == pytest.approx((0.04 + 0.16) / 2)


def test_each_label_has_its_own_line_the_most_frequent_first():
    table = by_label(SINGLE)
    assert [(one.label, one.support, one.given, one.right) for one in table] == [
        ("b", 2, 2, 1),
        ("a", 1, 2, 1),
        ("c", 1, 0, 0),
    ]
    assert [(one.precision, one.recall, one.f1) for one in table] == [
        (0.5, 0.5, 0.5),
        (0.5, 1.0, pytest.approx(2 / 3)),
        (0.0, 0.0, 0.0),
    ]


def test_confusions_say_what_was_taken_for_what():
    assert confusions(SINGLE) == (Confusion("b", "a", 1), Confusion("c", "b", 1))


def test_confusions_of_several_labels_pair_what_was_missed_with_what_was_wrong():
    assert confusions(SEVERAL) == (Confusion("", "a", 1), Confusion("a", "b", 1), Confusion("b", "", 1))


def test_over_several_draws_tables_tell_of_one():
    assert by_label(SINGLE, 2)[0].support == 1
    assert confusions(SINGLE, 2)[0].texts == 0.5


def test_the_surest_texts_come_first():
    # surest first: 0.9 right, 0.7 right, 0.6 wrong, 0.5 wrong
    assert coverage(SINGLE) == (
        Coverage(0.25, 1.0),
        Coverage(0.5, 1.0),
        Coverage(0.75, pytest.approx(2 / 3)),
        Coverage(1.0, 0.5),
    )


def test_a_text_below_every_threshold_gets_no_label():
    strict = answers(SINGLE.truth, SINGLE.said, single=True, thresholds=[0.7, 0.6, 0.2])
    # the fourth text gets c, which is likely enough, and not b, which is likelier but not likely enough
    assert abstaining(strict) == Coverage(0.75, 1.0)


def test_without_thresholds_a_text_gets_a_label_that_is_surer_than_50_per_cent():
    # 0.9 right, 0.7 right, 0.6 wrong; the fourth is at 0.5
    assert abstaining(SINGLE) == Coverage(0.75, pytest.approx(2 / 3))
    assert [one.threshold for one in by_label(SINGLE)] == [None, None, None]


def test_each_draw_abstains_by_its_own_thresholds():
    truth, said = [[1, 0], [0, 1]], [[0.6, 0.1], [0.6, 0.1]]
    low, high, silent = (answers(truth, said, thresholds=[one, 0.9]) for one in (0.5, 0.7, 0.9))
    assert abstaining(low) == Coverage(1.0, 0.5)
    # with the mean threshold of 0.6 both texts would get a label in either draw
    assert mean_abstaining([low, high]) == Coverage(0.5, 0.5)
    assert mean_abstaining([high, silent]) == Coverage(0.0, None)


def test_where_nothing_is_given_there_is_no_precision():
    assert abstaining(answers([[1]], [[0.2]])) == Coverage(0.0, None)


def test_reliability_compares_what_was_said_with_what_happened():
    found = reliability(answers([[1], [0], [1], [1]], [[0.12], [0.18], [0.97], [1.0]]))
    assert found == (Reliable(pytest.approx(0.15), 0.5, 2), Reliable(pytest.approx(0.985), 1.0, 2))
    error = figures(answers([[1], [0], [1], [1]], [[0.12], [0.18], [0.97], [1.0]])).calibration_error
    assert error == pytest.approx((2 * 0.35 + 2 * 0.015) / 4)


def test_where_labels_exclude_each_other_only_the_likeliest_is_held_to_its_word():
    assert sum(one.cases for one in reliability(SINGLE)) == 4


def test_the_mean_of_several_draws_comes_with_its_deviation():
    one, other = figures(SINGLE), figures(answers(SINGLE.truth, SINGLE.truth, single=True))
    means, deviations = mean_and_deviation([one, other])
    assert (means.accuracy, deviations["accuracy"]) == (0.75, pytest.approx(0.5 / 2**0.5))
    assert mean_and_deviation([one])[1]["accuracy"] is None


@st.composite
def any_answers(draw):
    shape = draw(st.tuples(st.integers(1, 12), st.integers(1, 5)))
    truth = draw(arrays.arrays(bool, shape))
    said = draw(arrays.arrays(float, shape, elements=st.floats(0, 1)))
    thresholds = draw(arrays.arrays(float, shape[1], elements=st.floats(0, 1) | st.just(np.inf)))
    single = draw(st.booleans())
    if single:
        truth = np.eye(shape[1], dtype=bool)[truth.argmax(axis=1)]
    return answers(truth, said, single=single, thresholds=thresholds)


@given(any_answers())
def test_every_figure_lies_between_0_and_1(some):
    found = figures(some)
    fractions = [found.subset_accuracy, found.micro_f1, found.macro_f1, found.lrap, found.brier]
    fractions += [found.calibration_error, found.accuracy or 0.0]
    fractions += [one.coverage for one in coverage(some)] + [one.precision for one in coverage(some)]
    fractions += [abstaining(some).coverage, abstaining(some).precision or 0.0]
    fractions += [value for one in by_label(some) for value in (one.precision, one.recall, one.f1)]
    fractions += [value for one in reliability(some) for value in (one.said, one.happened)]
    assert all(-1e-12 <= value <= 1 + 1e-12 for value in fractions)


@given(any_answers())
def test_f1_and_lrap_are_those_of_scikit_learn(some):
    found, columns = figures(some), range(some.truth.shape[1])
    assume(len(columns) > 1)  # of one column, scikit-learn would take 0 for a label too
    for average, ours in (("micro", found.micro_f1), ("macro", found.macro_f1)):
        theirs = f1_score(some.truth, some.given, average=average, labels=list(columns), zero_division=0)
        assert ours == pytest.approx(theirs)
    assert found.lrap == pytest.approx(label_ranking_average_precision_score(some.truth, some.said))


@given(any_answers())
def test_every_miss_and_every_wrong_label_is_among_the_confusions(some):
    missed = {pair.truth for pair in confusions(some)} - {""}
    wrong = {pair.given for pair in confusions(some)} - {""}
    assert missed == {one.label for one in by_label(some) if one.right < one.support}
    assert wrong == {one.label for one in by_label(some) if one.right < one.given}

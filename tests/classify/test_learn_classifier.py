"""The estimator from outside: what it gives for what it was given, and that it bears anything."""

from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from learn_kit import COMMON, WORDS, several, singles, texts
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.utils import estimator_checks as checks

from bulletin.classify import HeadingClassifier

APPLY = (
    checks.check_estimator_cloneable,
    checks.check_estimator_tags_renamed,
    checks.check_valid_tag_types,
    checks.check_estimator_repr,
    checks.check_no_attributes_set_in_init,
    checks.check_get_params_invariance,
    checks.check_set_params,
    checks.check_parameters_default_constructible,
    checks.check_mixin_order,
)


@pytest.mark.parametrize("check", APPLY, ids=lambda check: check.__name__)
def test_the_checks_of_scikit_learn_that_need_no_table_of_numbers_pass(check):
    check("HeadingClassifier", HeadingClassifier())


def test_it_works_inside_the_tools_of_scikit_learn():
    examples, labels = singles(60)
    assert cross_val_score(HeadingClassifier(), examples, labels, cv=3).mean() > 0.9
    found = GridSearchCV(HeadingClassifier(), {"aim": ["balanced", "fewer wrong"]}, cv=2).fit(examples, labels)
    assert found.best_score_ > 0.9


def test_before_fitting_it_says_so():
    with pytest.raises(NotFittedError):
        HeadingClassifier().predict(["a text"])


@pytest.fixture(scope="module")
def single():
    return HeadingClassifier().fit(*singles(90))


@pytest.fixture(scope="module")
def multi():
    return HeadingClassifier().fit(*several(160))


def test_strings_in_strings_out(single):
    unseen, labels = singles(60, seed=1)
    found = single.predict(unseen)
    assert not single.multilabel_
    assert (found == labels).mean() > 0.95


def test_sets_in_sets_out(multi):
    unseen, sets = several(60, seed=5000)
    found = multi.predict(unseen)
    assert multi.multilabel_
    assert np.mean([one == other for one, other in zip(found, sets, strict=True)]) > 0.8


def test_sets_of_one_come_back_as_sets_of_one():
    examples, labels = singles(60)
    model = HeadingClassifier().fit(examples, [{label} for label in labels])
    assert not model.multilabel_
    assert set(map(len, model.predict(examples))) == {1}


def test_what_has_no_word_of_any_label_is_given_none(multi):
    assert multi.predict([" ".join(COMMON[:9])])[0] == frozenset()


def test_probabilities_sum_to_one_where_labels_exclude_each_other(single):
    assert single.predict_proba(singles(20, seed=3)[0]).sum(axis=1) == pytest.approx(1)


def test_probabilities_are_what_they_say():
    """Half of the texts of either label are all common words: nobody can know better than one in two."""
    random = np.random.default_rng(4)
    blank = [" ".join(random.choice(COMMON, 12)) for _ in range(200)]
    labels = list(random.choice(["bread", "boats"], 400))
    examples = blank + texts(labels[200:], seed=9)
    model = HeadingClassifier().fit(examples, labels)
    unknown = model.predict_proba([" ".join(random.choice(COMMON, 12)) for _ in range(50)]).max(axis=1)
    known = model.predict_proba(texts(["bread"] * 50, seed=11)).max(axis=1)
    assert unknown.mean() < 0.7
    assert known.mean() > 0.9


def test_the_same_texts_and_labels_give_the_same_model():
    one, other = (HeadingClassifier().fit(*several(50)).predict_proba(several(9, seed=99)[0]) for _ in range(2))
    assert np.array_equal(one, other)


def test_a_copy_of_the_settings_learns_the_same():
    model = HeadingClassifier(aim="fewer wrong", random_state=3)
    assert clone(model).get_params() == {"aim": "fewer wrong", "random_state": 3}


def test_a_text_is_judged_alike_alone_and_among_others(single):
    unseen, _ = singles(30, seed=6)
    alone = np.vstack([single.decision_function([text]) for text in unseen])
    assert single.decision_function(unseen) == pytest.approx(alone, abs=1e-6)


def test_shuffled_labels_give_chance():
    examples, labels = singles(300)
    shuffled = np.random.default_rng(1).permutation(labels).tolist()
    unseen, truth = singles(300, seed=2)
    found = HeadingClassifier().fit(examples, shuffled).predict(unseen)
    assert 0.2 < (found == truth).mean() < 0.47


def test_aims_trade_what_is_wrong_for_what_is_missed():
    # Every second label is wrong, so that nothing can be sure.
    examples, sets = several(300)
    noisy = [labels if n % 3 else frozenset({"bees"}) - labels for n, labels in enumerate(sets)]
    given_ = {
        aim: sum(map(len, HeadingClassifier(aim=aim).fit(examples, noisy).predict(several(100, seed=7000)[0])))
        for aim in ("fewer wrong", "balanced", "fewer missed")
    }
    assert given_["fewer wrong"] <= given_["balanced"] <= given_["fewer missed"]
    assert given_["fewer wrong"] < given_["fewer missed"]


def test_the_words_for_and_against_sum_to_the_score(multi):
    unseen, _ = several(20, seed=800)
    for column, label in enumerate(multi.classes_):
        scores = multi.decision_function(unseen)[:, column]
        sums = [sum(weight for _, weight in multi.explain(text, label)) for text in unseen]
        assert np.array(sums) + multi.intercept_[column] == pytest.approx(scores, abs=1e-5)


def test_the_strongest_words_are_those_of_the_label(single):
    words = [word for word, _ in single.explain("the new hive swarm report about the year", "bees")]
    assert {"hive", "swarm"} <= set(words[:3])


def test_a_word_of_another_label_speaks_against(single):
    assert dict(single.explain("the harbour report", "bees"))["harbour"] < 0


def test_a_label_that_was_not_learned_cannot_be_explained(single):
    with pytest.raises(ValueError, match="no label 'cheese'"):
        single.explain("a text", "cheese")


def test_a_title_says_more_than_the_rest():
    random = np.random.default_rng(0)
    labels = list(random.choice(sorted(WORDS), 150))
    titles, others = texts(labels, seed=1), texts(list(random.choice(sorted(WORDS), 150)), seed=2)
    model = HeadingClassifier().fit([f"{a}\n{b}" for a, b in zip(titles, others, strict=True)], labels)
    assert model.predict(["hive swarm\nkeel rudder"])[0] == "bees"


MANY = ["bread and flour"] * 3 + ["boats and keels"] * 3


@pytest.mark.parametrize(
    ("examples", "labels"),
    [
        (["one"], ["a"]),
        (["one"], [{"a"}]),
        (["one"], [set()]),
        (["", "", ""], ["a", "b", "a"]),
        (["same words"] * 8, ["a", "b"] * 4),
        (["same words"] * 8, [{"a"}, set()] * 4),
        (["..."] * 3, ["a", "b", "c"]),
        (MANY, [{"a", "b"}] * 6),
        (MANY, ["a"] * 6),
        (["x" * 1_000_000, "y " * 300_000, "z"], ["a", "b", "b"]),
        (["\x00\ud800", "\u202e\u200b", "🙂 🙃"], ["a", "b", "b"]),
        (["हिन्दी पाठ", "日本語の文章", "ภาษาไทย", "עברית", "العربية"], ["a", "b", "b", "a", "b"]),
    ],
    ids=[
        "one text", "one set", "one empty set", "empty texts", "identical texts that contradict",
        "identical sets that contradict", "no words", "all labels for all", "one label", "a megabyte",
        "no characters to speak of", "many scripts",
    ],
)  # fmt: skip
def test_whatever_it_learns_from_it_gives_numbers(examples, labels):
    model = HeadingClassifier().fit(examples, labels)
    for probabilities in (model.predict_proba([*examples, "", "quite another text"]), model.cross_validated_):
        assert np.isfinite(probabilities).all()
        assert ((probabilities >= 0) & (probabilities <= 1)).all()
    assert len(model.predict(["", "a text"])) == 2
    assert np.isfinite(model.thresholds_).all()


ANY_TEXT = st.text(st.characters(codec=None), max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(ANY_TEXT, st.sets(st.sampled_from("abc"))), min_size=1, max_size=12), st.lists(ANY_TEXT))
def test_no_text_and_no_set_of_labels_breaks_it(examples, unseen):
    model = HeadingClassifier().fit([text for text, _ in examples], [labels for _, labels in examples])
    probabilities = model.predict_proba(unseen)
    assert probabilities.shape == (len(unseen), len(model.classes_))
    assert np.isfinite(probabilities).all()
    assert len(model.predict(unseen)) == len(unseen)


@pytest.mark.parametrize("script", ["日本語 の 文章", "ภาษาไทย", "हिन्दी भाषा", "язык текста"])
def test_any_script_is_learned(script):
    here, there = script, script[::-1]
    model = HeadingClassifier().fit([here, there] * 6, ["here", "there"] * 6)
    assert model.predict([here, there]).tolist() == ["here", "there"]


@pytest.mark.parametrize(
    ("fit", "told"),
    [
        (partial(HeadingClassifier().fit, ["a", "b"], ["x"]), "2 texts, but labels for 1"),
        (partial(HeadingClassifier().fit, [], []), "no texts"),
        (partial(HeadingClassifier().fit, "abc", ["x"] * 3), "not a list of texts"),
        (partial(HeadingClassifier().fit, ["a", None], ["x", "y"]), "text 1 is NoneType, not str"),
        (partial(HeadingClassifier(aim="best").fit, ["a"], ["x"]), "aim is 'best': it may be fewer wrong"),
    ],
    ids=["too few labels", "nothing", "one string", "no string", "no such aim"],
)
def test_what_cannot_be_learned_from_is_told_in_words(fit, told):
    with pytest.raises(ValueError, match=told):
        fit()

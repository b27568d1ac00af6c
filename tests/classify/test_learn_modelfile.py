"""A fitted classifier on disk: what is read is what was written, and anything else is refused in words."""

import json

import numpy as np
import pytest
from learn_kit import several, singles

from bulletin.classify import HeadingClassifier
from bulletin.classify.learn import modelfile
from bulletin.errors import ModelError


@pytest.fixture(params=[singles, several], ids=["one label", "several labels"])
def model(request):
    return HeadingClassifier(random_state=7).fit(*request.param(60))


@pytest.fixture
def path(tmp_path, model):
    model.save(tmp_path / "headings.npz")
    return tmp_path / "headings.npz"


def test_what_is_read_judges_as_what_was_written(model, path):
    read = HeadingClassifier.load(path)
    unseen, _ = several(20, seed=50)
    assert np.array_equal(read.predict_proba(unseen), model.predict_proba(unseen))
    assert read.predict(unseen).tolist() == model.predict(unseen).tolist()
    assert read.get_params() == model.get_params()
    assert read.explain(unseen[0], "bees") == model.explain(unseen[0], "bees")
    assert np.array_equal(read.cross_validated_, model.cross_validated_)


def test_it_is_written_alike_every_time(model, path):
    before = path.with_suffix(".json").read_bytes()
    model.save(path)
    assert path.with_suffix(".json").read_bytes() == before
    assert sorted(found.name for found in path.parent.iterdir()) == ["headings.json", "headings.npz"]


def test_one_changed_byte_is_refused(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="not what it was when it was written"):
        HeadingClassifier.load(path)


@pytest.mark.parametrize(
    "change",
    [{"labels": ["boats", "bees", "bread"]}, {"many": None}, {"bend": 0.01}, {"settings": {}}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_meaning_is_refused(path, change):
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    path.with_suffix(".json").write_text(json.dumps(about | change), encoding="utf-8")
    with pytest.raises(ModelError, match="not what it was when it was written"):
        HeadingClassifier.load(path)


def test_an_older_one_is_refused(path):
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    path.with_suffix(".json").write_text(json.dumps(about | {"version": 0}), encoding="utf-8")
    with pytest.raises(ModelError, match="another version"):
        HeadingClassifier.load(path)


def test_a_missing_one_is_told(tmp_path):
    with pytest.raises(ModelError, match="no such file"):
        HeadingClassifier.load(tmp_path / "none.npz")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"null"], ids=repr)
def test_a_json_that_is_something_else_is_refused(path, content):
    path.with_suffix(".json").write_bytes(content)
    with pytest.raises(ModelError):
        HeadingClassifier.load(path)


def written_anew(path, change):
    """The model with other arrays, and a hash that fits them: as somebody would write it who knows how."""
    arrays, about = modelfile.read(path)
    change(arrays, about)
    modelfile.write(path, arrays, {name: about[name] for name in about if name not in ("version", "sha256")})


CHANGES = {
    "words that point nowhere": lambda arrays, _: arrays.update(word_columns=arrays["word_columns"] + 10_000),
    "pairs that point nowhere": lambda arrays, _: arrays.update(pairs=arrays["pairs"] - (1 << 40)),
    "weights of another size": lambda arrays, _: arrays.update(weights=arrays["weights"][:-1]),
    "no number": lambda arrays, _: arrays["bias"].fill(np.nan),
    "text for numbers": lambda arrays, _: arrays.update(cuts=np.array(["a", "b", "c"])),
    "one array too few": lambda arrays, _: arrays.pop("slopes"),
    "one label too many": lambda _, about: about["labels"].append("another"),
    "no labels": lambda _, about: about.update(labels=None),
    "settings that do not exist": lambda _, about: about.update(settings={"colour": "red"}),
    "a bend that is no number": lambda _, about: about.update(bend="q"),
    "a bend that is NaN": lambda _, about: about.update(bend=float("nan")),
    "a bend beyond reason": lambda _, about: about.update(bend=1e6),
    "a title below nothing": lambda _, about: about.update(title=-1),
    "a penalty that is no number": lambda _, about: about.update(penalty="zz"),
    "no settings": lambda _, about: about.pop("settings"),
    "words that are no text": lambda arrays, _: arrays.update(words=np.array([255, 254], dtype=np.uint8)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_parts_that_do_not_fit_together_are_refused(path, change):
    written_anew(path, change)
    with pytest.raises(ModelError):
        HeadingClassifier.load(path)


def test_no_object_is_ever_unpickled(path):
    _, about = modelfile.read(path)
    np.savez(path, words=np.array([{"a": 1}], dtype=object))
    about["sha256"] = modelfile._hash(path.read_bytes(), about)
    path.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        HeadingClassifier.load(path)


def test_json_to_make_a_reader_stumble_is_refused(path):
    path.with_suffix(".json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ModelError):
        HeadingClassifier.load(path)

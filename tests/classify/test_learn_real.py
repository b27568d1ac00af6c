"""The estimator on real labelled sets, each with its official split: no change may make it worse unseen."""

import gzip
import json
from pathlib import Path

import pytest
from sklearn.metrics import f1_score
from sklearn.preprocessing import MultiLabelBinarizer

from bulletin.classify import HeadingClassifier

SETS = Path(__file__).parents[3] / "shared" / "data" / "labelled"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SETS.is_dir(), reason=f"the labelled sets are not here: {SETS}"),
]


def read(name: str, *parts: str) -> tuple[list[str], list[frozenset[str]]]:
    rows = []
    for part in parts:
        path = SETS / name / f"{part}.jsonl.gz"
        if path.exists():
            rows += map(json.loads, gzip.decompress(path.read_bytes()).splitlines())
    texts = ["\n".join(filter(None, (" ".join(row[field].split()) for field in ("title", "text")))) for row in rows]
    return texts, [frozenset(row["labels"]) for row in rows]


@pytest.mark.parametrize(("name", "floor"), [("ohsumed23", 0.725), ("r8", 0.972)])
def test_single_labels_are_found(name, floor):
    unseen, truth = read(name, "test")
    found = HeadingClassifier().fit(*read(name, "train")).predict(unseen)
    assert sum(one == other for one, other in zip(found, truth, strict=True)) / len(truth) >= floor


@pytest.mark.parametrize(("name", "micro", "macro"), [("hoc", 0.80, 0.80), ("nhs_fft_v6", 0.72, 0.47)])
def test_several_labels_are_found(name, micro, macro):
    unseen, truth = read(name, "test")
    found = HeadingClassifier().fit(*read(name, "train", "val")).predict(unseen)
    binarizer = MultiLabelBinarizer().fit([*truth, *found])
    tables = binarizer.transform(truth), binarizer.transform(found)
    assert f1_score(*tables, average="micro") >= micro
    assert f1_score(*tables, average="macro", zero_division=0) >= macro

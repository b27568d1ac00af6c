"""The estimator beside plain TF-IDF with two linear models of scikit-learn, on labelled sets, in one run.

    .venv/bin/python benchmarks/classify.py FOLDER [--seeds 5]  the sets in FOLDER, each a folder of .jsonl.gz files
    .venv/bin/python benchmarks/classify.py --speed             50,000 invented texts

A set has train.jsonl.gz, test.jsonl.gz and perhaps val.jsonl.gz, which is trained on too. Where each text has one
label, few shots are judged too: 8 and 16 texts a label, with all training texts as the pool.
"""

import argparse
import gzip
import json
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

from bulletin.classify import HeadingClassifier

SHOTS = (8, 16)
WORDS, TOPICS, TEXTS, LENGTH = 60_000, 20, 50_000, 130

Labels = list[frozenset[str]]


@dataclass(frozen=True)
class Part:
    """Texts, and the labels of each."""

    texts: list[str]
    labels: Labels

    def __getitem__(self, rows: list[int]) -> "Part":
        return Part([self.texts[row] for row in rows], [self.labels[row] for row in rows])


def read(folder: Path, *names: str) -> Part:
    """Some files of a set, one after the other."""
    rows = []
    for name in names:
        path = folder / f"{name}.jsonl.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                rows += map(json.loads, lines)
    parts = ((" ".join(row.get(field, "").split()) for field in ("title", "text")) for row in rows)
    return Part(["\n".join(filter(None, part)) for part in parts], [frozenset(row["labels"]) for row in rows])


def plain(head: LogisticRegression | LinearSVC) -> Callable[[Part, list[str]], Callable[[list[str]], Labels]]:
    """A baseline: words as scikit-learn's TfidfVectorizer gives them, sublinear, and one head a label."""

    def learn(train: Part, _: list[str]) -> Callable[[list[str]], Labels]:
        if all(len(one) == 1 for one in train.labels):
            model = make_pipeline(TfidfVectorizer(sublinear_tf=True), head)
            model.fit(train.texts, [next(iter(one)) for one in train.labels])
            return lambda texts: [frozenset([one]) for one in model.predict(texts)]
        binarizer = MultiLabelBinarizer()
        truth = binarizer.fit_transform(train.labels)
        model = make_pipeline(TfidfVectorizer(sublinear_tf=True), OneVsRestClassifier(head))
        model.fit(train.texts, truth)
        return lambda texts: list(map(frozenset, binarizer.inverse_transform(model.predict(texts))))

    return learn


def ours(train: Part, pool: list[str]) -> Callable[[list[str]], Labels]:
    """The estimator, as it comes."""
    model = HeadingClassifier().fit(train.texts, train.labels, pool or None)
    return lambda texts: list(model.predict(texts))


CONTENDERS = {
    "TF-IDF + LogisticRegression": plain(LogisticRegression(max_iter=1000)),
    "TF-IDF + LinearSVC": plain(LinearSVC()),
    "HeadingClassifier": ours,
}


def measures(found: Labels, truth: Labels) -> dict[str, float]:
    """Accuracy where each text has one label, else micro and macro F1; in per cent."""
    if all(len(one) == 1 for one in truth):
        return {"accuracy": 100 * float(np.mean([one == other for one, other in zip(found, truth, strict=True)]))}
    binarizer = MultiLabelBinarizer().fit([*truth, *found])
    tables = binarizer.transform(truth), binarizer.transform(found)
    return {f"{kind} F1": 100 * f1_score(*tables, average=kind, zero_division=0) for kind in ("micro", "macro")}


def draw(train: Part, shots: int, seed: int) -> list[int]:
    """As many texts a label as that, or all of a label that has fewer."""
    random = np.random.default_rng(seed)
    chosen = []
    for label in sorted(frozenset().union(*train.labels)):
        mine = [row for row, labels in enumerate(train.labels) if label in labels]
        chosen += random.permutation(mine)[:shots].tolist()
    return chosen


def told(name: str, runs: list[dict[str, float]], seconds: float) -> None:
    """Print a line: each measure's mean over runs, with its deviation where there are several."""
    figures = []
    for measure in runs[0]:
        values = [run[measure] for run in runs]
        deviation = f" ± {np.std(values, ddof=1):.1f}" if len(values) > 1 else ""
        figures.append(f"{measure} {np.mean(values):5.1f}{deviation}")
    print(f"  {name:28} {'   '.join(figures)}   {seconds / len(runs):6.1f} s a run", flush=True)


def judge(folder: Path, seeds: int) -> None:
    """All contenders on one set."""
    train, test = read(folder, "train", "val"), read(folder, "test")
    print(f"{folder.name}: {len(train.texts):,} to learn from, {len(test.texts):,} to judge by")
    for name, learn in CONTENDERS.items():
        began = time.perf_counter()
        told(name, [measures(learn(train, [])(test.texts), test.labels)], time.perf_counter() - began)
    if all(len(one) == 1 for one in train.labels):
        for shots in SHOTS:
            print(f"{folder.name}, {shots} shots, mean of {seeds} draws")
            for name, runs, seconds in _few(train, test, shots, seeds):
                told(name, runs, seconds)


def _few(train: Part, test: Part, shots: int, seeds: int) -> Iterator[tuple[str, list[dict[str, float]], float]]:
    for name, pool in (*((name, []) for name in CONTENDERS), ("HeadingClassifier", train.texts)):
        began = time.perf_counter()
        runs = [
            measures(CONTENDERS[name](train[draw(train, shots, seed)], pool)(test.texts), test.labels)
            for seed in range(seeds)
        ]
        yield f"{name}{', pool' * bool(pool)}", runs, time.perf_counter() - began


def invented() -> Part:
    """Texts whose words follow Zipf's law, with a few words of their label in each."""
    random = np.random.default_rng(0)
    letters = list("abcdefghijklmnoprstuvw")
    words = np.array(["".join(random.choice(letters, random.integers(3, 11))) for _ in range(WORDS)])
    ranks = 1 / np.arange(1, WORDS + 1)
    reach = np.cumsum(ranks / ranks.sum())
    own = [random.permutation(WORDS)[:300] for _ in range(TOPICS)]
    texts, labels = [], []
    for topic in random.integers(0, TOPICS, TEXTS):
        places = [np.searchsorted(reach, random.random(LENGTH - 15)), random.choice(own[topic], 15)]
        texts.append(" ".join(words[np.minimum(random.permutation(np.concatenate(places)), WORDS - 1)]))
        labels.append(frozenset([f"topic {topic}"]))
    return Part(texts, labels)


def race() -> None:
    """Print how long fitting and predicting take, beside the baselines."""
    part = invented()
    print(f"{TEXTS:,} texts of {LENGTH} words, {TOPICS} labels")
    for name, learn in CONTENDERS.items():
        began = time.perf_counter()
        predict = learn(part, [])
        fitted = time.perf_counter()
        predict(part.texts)
        rate = TEXTS / (time.perf_counter() - fitted)
        print(f"  {name:28} fit {fitted - began:6.1f} s   predict {rate:8,.0f} texts a second", flush=True)


def main() -> None:
    """Measure the sets of a folder, or speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--speed", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    if given.speed:
        race()
    elif given.folder:
        for folder in sorted(path for path in given.folder.iterdir() if (path / "train.jsonl.gz").exists()):
            judge(folder, given.seeds)
    else:
        parser.error("name a folder of labelled sets, or --speed")


if __name__ == "__main__":
    main()

"""What a classifier is after fitting, apart from scikit-learn's conventions: everything that its files hold."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bulletin.classify.learn import modelfile
from bulletin.classify.learn.calibration import Calibration
from bulletin.classify.learn.counts import PAIR, VIEWS, Lexicon
from bulletin.classify.learn.labels import Labels
from bulletin.classify.learn.linear import Linear, Texts
from bulletin.classify.learn.weighting import Vectors
from bulletin.classify.learn.why import Because, because
from bulletin.errors import ModelError

Numbers = NDArray[np.float64]

_AT_ONCE = 4_000  # texts: bounds the memory, and stays near the processor


@dataclass(frozen=True)
class Fitted:
    """Labels, features, weights and calibration."""

    labels: Labels
    lexicon: Lexicon
    rarity: dict[str, NDArray[np.float32]]  # IDF by view
    linear: Linear
    calibration: Calibration
    cuts: Numbers  # the log-odds from which a label is given, where several may be

    def scores(self, texts: Sequence[str]) -> Numbers:
        """Texts × labels: about +1 for a label's texts and -1 for others."""
        parts = [
            self.linear.scores(self._ready(texts[start : start + _AT_ONCE]).weighed)
            for start in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.labels.names)))

    def because(self, text: str, label: int) -> Because:
        """The words of a text for and against a label; they and the label's bias sum to its score."""
        return because(text, self._ready([text]).weighed, self.lexicon, self.linear, label)

    def _ready(self, texts: Sequence[str]) -> Texts:
        return Texts.of(self.lexicon.count(texts), self.rarity)

    def write(self, path: Path, more: dict[str, object], **arrays: NDArray[Any]) -> None:
        """Write it to two files, with further facts and arrays."""
        held: modelfile.Arrays = {
            "words": modelfile.packed(self.lexicon.words),
            "runs": modelfile.packed(self.lexicon.runs),
            "pairs": self.lexicon.pairs,
            "word_columns": self.lexicon.word_columns,
            "titles": self.lexicon.titles,
            "weights": self.linear.weights,
            "bias": self.linear.bias,
            "slopes": self.calibration.slopes,
            "offsets": self.calibration.offsets,
            "cuts": self.cuts,
            **{f"rarity_{view}": self.rarity[view] for view in VIEWS},
            **{f"telling_{view}": self.linear.vectors.weights[view] for view in VIEWS},
            **arrays,
        }
        facts = {
            "labels": self.labels.names,
            "many": self.labels.many,
            "as_sets": self.labels.as_sets,
            "bend": self.calibration.bend,
            "title": self.linear.vectors.title,
        }
        modelfile.write(path, held, facts | more)

    @classmethod
    def read(cls, path: Path) -> "tuple[Fitted, modelfile.Arrays, dict[str, Any]]":
        """What was written, and the further arrays and facts; ModelError when it does not fit together."""
        arrays, about = modelfile.read(path)
        try:
            labels = Labels(tuple(about["labels"]), bool(about["many"]), bool(about["as_sets"]))
            lexicon = Lexicon(
                modelfile.unpacked(arrays["words"]),
                arrays["word_columns"],
                arrays["pairs"],
                modelfile.unpacked(arrays["runs"]),
                arrays["titles"],
            )
            vectors = Vectors({view: arrays[f"telling_{view}"] for view in VIEWS}, float(about["title"]))
            rarity = {view: arrays[f"rarity_{view}"] for view in VIEWS}
            linear = Linear(vectors, arrays["weights"], arrays["bias"])
            calibration = Calibration(arrays["slopes"], arrays["offsets"], float(about["bend"]), labels.many)
            fitted = cls(labels, lexicon, rarity, linear, calibration, arrays["cuts"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path}: something is missing in it") from error
        if not fitted._fits():
            raise ModelError(f"{path}: its parts do not fit together")
        return fitted, arrays, about

    def _fits(self) -> bool:
        """Whether every part has the size and the kind that the others need, and every number points somewhere."""
        lexicon, labels = self.lexicon, len(self.labels.names)
        features = (len(lexicon.word_columns), len(lexicon.pairs), len(lexicon.runs), len(lexicon.titles))
        sizes = dict(zip(VIEWS, features, strict=True))
        wanted: list[tuple[NDArray[Any], tuple[int, ...]]] = [(self.linear.weights, (sum(sizes.values()), labels))]
        wanted += [(self.rarity[view], (sizes[view],)) for view in VIEWS]
        wanted += [(self.linear.vectors.weights[view], (sizes[view],)) for view in VIEWS]
        by_label = (self.linear.bias, self.calibration.slopes, self.calibration.offsets, self.cuts)
        wanted += [(one, (labels,)) for one in by_label]
        bend, title = self.calibration.bend, self.linear.vectors.title
        pointers = (lexicon.word_columns, lexicon.titles, lexicon.pairs // PAIR, lexicon.pairs % PAIR)
        return (
            0 <= bend <= 1
            and 0 < title < math.inf
            and all(one.shape == shape and _are_numbers(one) for one, shape in wanted)
            and all(_point_into(one, len(lexicon.words)) for one in pointers)
        )


def _are_numbers(values: NDArray[Any]) -> bool:
    return np.issubdtype(values.dtype, np.floating) and bool(np.isfinite(values).all())


def _point_into(places: NDArray[Any], size: int) -> bool:
    is_whole = np.issubdtype(places.dtype, np.integer) and places.ndim == 1
    return is_whole and (not len(places) or bool(places.min() >= 0 and places.max() < size))

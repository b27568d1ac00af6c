"""A judgement on labelled texts, in words and as JSON."""

from collections.abc import Mapping
from dataclasses import asdict

from bulletin.cli.output import print_columns, print_table
from bulletin.model import Judgement

_MOST_LABELS = 30  # told to a person; JSON has all
_MOST_PAIRS = 10
_MOST_PAIRS_JSON = 100
_DIGITS = 6  # of a fraction in JSON
_STEPS = (0.25, 0.5, 0.75, 1.0)  # of coverage that are told


def plain(judged: Judgement) -> dict[str, object]:
    """One object; every figure is a fraction from 0 to 1, but for times."""
    rest = asdict(judged)
    figures, shots = rest.pop("figures"), rest.pop("shots")
    deviations = {f"{name}_sd": value for name, value in shots["deviations"].items()} if shots else {}
    drawn = {"shots": shots["examples"], "seeds": shots["seeds"]} if shots else {}
    rest["confusions"] = rest["confusions"][:_MOST_PAIRS_JSON]
    return rounded(figures | deviations | drawn | rest)


def rounded(values: Mapping[str, object]) -> dict[str, object]:
    """The same with fewer digits, at any depth."""
    return {name: _rounded(value) for name, value in values.items()}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return rounded(value)
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def percent(fraction: float | None) -> str:
    """A fraction as per cent; a dash where there is none."""
    return "–" if fraction is None else f"{100 * fraction:.1f} %"


def tell(judged: Judgement) -> None:
    """Print what a person wants to know of a judgement."""
    print_table("", _figures(judged))
    shown = judged.labels[:_MOST_LABELS]
    rows = [
        (one.label, one.trained_on, one.support, *map(percent, (one.precision, one.recall, one.f1, one.threshold)))
        for one in shown
    ]
    heads = ("Label", "Learned from", "Texts", "Precision", "Recall", "F1", "From")
    more = f", the {len(shown)} most frequent of {len(judged.labels)}" if len(shown) < len(judged.labels) else ""
    print_columns(f"Label by label{more}", heads, rows)
    pairs = [
        (one.truth or "nothing", one.given or "nothing", f"{one.texts:g}") for one in judged.confusions[:_MOST_PAIRS]
    ]
    if pairs:
        print_columns("What is taken for what", ("Right would be", "Given was", "Texts"), pairs, words=2)
    print_columns("When only the surest get a label", ("Texts that get one", "Right"), _coverage(judged), words=0)


def _figures(judged: Judgement) -> dict[str, str]:
    figures, shots = judged.figures, judged.shots

    def told(name: str) -> str:
        spread = shots.deviations[name] if shots else None
        return percent(getattr(figures, name)) + (f" ± {percent(spread)}" if spread is not None else "")

    learned = f"{judged.train:,} texts" + (f", and {judged.pool:,} without labels" if judged.pool else "")
    if shots:
        learned += f"; {shots.examples} a label, drawn {shots.seeds} times"
    stop = judged.abstaining
    first = ("Accuracy", "accuracy") if judged.single else ("All labels right", "subset_accuracy")
    return {
        "Learned from": learned,
        "Asked about": f"{judged.test:,} texts",
        first[0]: told(first[1]),
        "Micro F1": told("micro_f1"),
        "Macro F1": told("macro_f1"),
        "LRAP": told("lrap"),
        "With thresholds"
        if judged.has_thresholds
        else "Surer than 50 %": f"{percent(stop.coverage)} get a label, {percent(stop.precision)} of those rightly",
        "Calibration error": f"{told('calibration_error')}; Brier score {figures.brier:.4f}",
        "Time": f"{figures.fit_seconds:.2f} s to learn, {figures.predict_per_second:,.0f} texts a second",
    }


def _coverage(judged: Judgement) -> list[tuple[str, str]]:
    nearest = [min(judged.coverage, key=lambda one: abs(one.coverage - step)) for step in _STEPS]
    return [(percent(one.coverage), percent(one.precision)) for one in dict.fromkeys(nearest)]

"""Evaluate: judge the classifier on labelled files, or on what editors decided in this workspace."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin import report
from bulletin.classify import judge as room
from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.past import decided, hints
from bulletin.model import Example, Judgement, OwnJudgement
from bulletin.parse.labelled import MOST_BYTES, Labelled, labelled

SEEDS = 5  # draws of few examples, unless somebody asks for more
_MOST_MISTAKES = 20  # told; a file of another kind has one in each line
_MOST_NAMES = 5  # labels that a warning lists
_MOST_LABELS = 2_000  # tables of label by label still find room
_TAUGHT_ENOUGH = 1_000  # with more labelled texts, the estimator leaves the pool alone
_MB = 1024 * 1024

_Tell = Callable[[str], None]
_Examples = Sequence[Example]


@dataclass(frozen=True)
class LabelledFiles:
    """Which files to learn from and to be judged on; `shots` examples a label if that is to be few."""

    train: tuple[Path, ...]
    test: Path
    pool: Path | None = None
    shots: int | None = None
    seeds: int = SEEDS


@dataclass(frozen=True)
class _Files:
    train: _Examples
    test: _Examples
    pool: _Examples


def evaluate(named: LabelledFiles, to: Path | None = None, tell: _Tell = lambda _: None) -> Judgement:
    """Learn from files and judge on another; write a report to a file if asked for.

    `tell` hears of what is odd in the files. Raise InputError with every mistake in them at once.
    """
    if to:
        _check_report(named, to)
    files = _read_all(named, tell)
    _check(named, files)
    for warning in _oddities(named, files):
        tell(warning)
    if named.shots:
        judged = room.judge_shots(files.train, files.test, files.pool, named.shots, named.seeds)
    else:
        judged = room.judge(files.train, files.test, files.pool, learning=to is not None)
    if to:
        report.write(report.trial(judged, [path.name for path in named.train], named.test.name), to)
    return judged


def evaluate_own(desk: Desk, to: Path | None = None) -> OwnJudgement:
    """Judge what became of suggestions, and each of the last months by what was decided before it.

    `to` is where a report shall be written: OutputError or InputError at once if that cannot be.
    """
    if to:
        report.check_place(to)
    known, stood = decided(desk), desk.store.suggestions.when_decided()
    ruled = [(stood[item.id], decision) for item, decision in known if item.id in stood]
    return OwnJudgement(
        len(known),
        len(known) - len(ruled),
        room.by_month(ruled),
        room.by_topic(ruled),
        room.retell(known, desk.config.topics, hints(desk)),
    )


def write_own(judged: OwnJudgement, words: Sequence[str], to: Path) -> None:
    """Write a report on the workspace's own decisions; `words` say the same in short."""
    report.write(report.own(judged, words), to)


def _check_report(named: LabelledFiles, to: Path) -> None:
    """Raise an error when the report cannot be written, or would stand in the place of what is read."""
    if to.resolve() in {path.resolve() for path in (*named.train, named.test, *_pool(named))}:
        raise InputError(f"{to}: the report would overwrite this file, which is read; give it another name")
    report.check_place(to)


def _read_all(named: LabelledFiles, tell: _Tell) -> _Files:
    """Read every file; all that is wrong in any of them is told at once."""
    found, wrong = list[Labelled](), list[str]()
    paths = [(path, True) for path in (*named.train, named.test)] + [(path, False) for path in _pool(named)]
    for path, with_labels in paths:
        try:
            one = labelled(_bytes(path), path, with_labels=with_labels)
        except InputError as error:
            wrong.append(str(error))
            continue
        found.append(one)
        wrong += map(str, one.mistakes)
    if wrong:
        more = len(wrong) - _MOST_MISTAKES
        raise InputError("\n".join(wrong[:_MOST_MISTAKES] + [f"and {more} more mistakes"] * (more > 0)))
    for one in found:
        for warning in one.warnings:
            tell(warning)
    train = [example for one in found[: len(named.train)] for example in one.examples]
    pool = found[-1].examples if named.pool else ()
    return _Files(train, found[len(named.train)].examples, pool)


def _pool(named: LabelledFiles) -> list[Path]:
    return [named.pool] if named.pool else []


def _bytes(path: Path) -> bytes:
    """What is in a file or comes out of a pipe; InputError when that cannot be read or is too much."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except OSError as error:
        raise InputError(f"{path}: it cannot be read ({error.strerror})") from error
    if len(content) > MOST_BYTES:
        raise InputError(f"{path}: more than {MOST_BYTES // _MB} MB; use fewer texts")
    return content


def _check(named: LabelledFiles, files: _Files) -> None:
    """Raise InputError when nothing can be learned or judged."""
    learned, asked = _labels(files.train), _labels(files.test)
    if len(learned | asked) > _MOST_LABELS:
        raise InputError(
            f"{_named(map(str, (*named.train, named.test)))}: {len(learned | asked):,} different labels: "
            f"is `labels` perhaps an id? At most {_MOST_LABELS:,} can be judged"
        )
    if not learned:
        raise InputError(f"{_named(map(str, named.train))}: no line has a label, so that there is nothing to learn")
    if not asked:
        raise InputError(f"{named.test}: no line has a label, so that there is nothing to judge by")
    if not learned & asked:
        raise InputError(
            f"{named.test}: none of its labels ({_named(sorted(asked))}) is one of those to learn from "
            f"({_named(sorted(learned))}); the last file must be the test of the others"
        )


def _oddities(named: LabelledFiles, files: _Files) -> Iterator[str]:
    """What does no harm to the work, but to the figures."""
    counts = Counter(label for example in files.train for label in example.labels)
    if named.pool and (why := _no_pool(named, files, counts)):
        yield f"{named.pool}: this pool is not used, for {why}"
    once = sorted(label for label, count in counts.items() if count == 1)
    if once:
        yield f"with one example to learn from, a label is hardly ever given: {_named(once)}"
    if len(counts) == 1 and all(example.labels for example in files.train):
        yield f"every text to learn from has the label {next(iter(counts))}: there is nothing to tell it from"
    unknown = sorted(_labels(files.test) - counts.keys())
    if unknown:
        yield f"{named.test}: there is no example of {_named(unknown)}; what has it counts as missed"
    learned = {example.words for example in files.train}
    again = sum(example.words in learned for example in files.test)
    if again:
        yield f"{named.test}: {again} of its {len(files.test)} texts are among those to learn from, word for word"


def _no_pool(named: LabelledFiles, files: _Files, counts: Counter[str]) -> str | None:
    """Why texts without labels are not learned from, if they are not."""
    if any(len(example.labels) != 1 for example in files.train):
        return "not every text to learn from has exactly one label"
    learned = sum(min(count, named.shots or count) for count in counts.values())
    if learned > _TAUGHT_ENOUGH:
        return f"there are more than {_TAUGHT_ENOUGH:,} labelled texts to learn from"
    return "there is only one label" if len(counts) == 1 else None


def _labels(examples: _Examples) -> set[str]:
    return {label for example in examples for label in example.labels}


def _named(names: Sequence[str] | Iterator[str]) -> str:
    """The first few names, and how many more."""
    all_ = list(names)
    more = len(all_) - _MOST_NAMES
    return ", ".join(all_[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")

"""What the classifier is judged on, and what came of it; every figure is a fraction from 0 to 1 unless it says so."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A text that somebody has labelled; no labels: it belongs nowhere."""

    id: str
    title: str
    text: str
    labels: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the classifier reads: the title on a line of its own, then the text."""
        title = " ".join(self.title.split())
        if not title:  # else the first line of the text would be taken for one
            return " ".join(self.text.split())
        return f"{title}\n{self.text.strip()}".strip()


@dataclass(frozen=True)
class Figures:
    """The figures that one number each can tell.

    `accuracy` is for texts with exactly one label each. F1 counts as scikit-learn does with zero_division=0, over all
    labels of training and test; `brier` is the mean squared distance of a probability from the truth, 0 the best.
    """

    accuracy: float | None
    subset_accuracy: float  # texts whose labels are all right, and none is missing
    micro_f1: float
    macro_f1: float
    lrap: float
    brier: float
    calibration_error: float  # how far probabilities lie from what happened, on average
    fit_seconds: float  # seconds
    predict_per_second: float  # texts


@dataclass(frozen=True)
class LabelFigures:
    """How one label fared."""

    label: str
    trained_on: int  # texts with it that were learned from
    support: int  # texts of the test that have it
    given: float  # texts of the test that it was given to
    right: float  # of those, the ones that have it
    precision: float
    recall: float
    f1: float
    threshold: float | None  # the probability from which it is given; None: never learned, or the likeliest is given


@dataclass(frozen=True)
class Confusion:
    """A label that was missed and one that was wrongly given to the same text.

    Either may be empty: nothing wrong was given, or nothing was missed.
    """

    truth: str
    given: str
    texts: float


@dataclass(frozen=True)
class Coverage:
    """What is right of the likeliest labels when only the surest texts get one."""

    coverage: float  # texts that get a label
    precision: float | None  # of those, the ones whose likeliest label is right; None when there are none


@dataclass(frozen=True)
class Reliable:
    """What was said and what happened, where probabilities are about equal."""

    said: float  # mean probability
    happened: float  # how often it was so
    cases: int


@dataclass(frozen=True)
class Lesson:
    """How good it is with fewer examples to learn from."""

    examples: int
    micro_f1: float
    macro_f1: float


@dataclass(frozen=True)
class Shots:
    """Few examples a label, drawn anew for each seed; one draw says nothing of deviations, which are None then."""

    examples: int  # a label
    seeds: int
    deviations: dict[str, float | None]


@dataclass(frozen=True)
class Judgement:
    """All that was measured when the classifier learned from some texts and was asked about others.

    Where it learned several times from a few examples each, all numbers are means over these draws.
    """

    single: bool  # each text has exactly one label
    train: int
    test: int
    pool: int  # texts without labels that it could look at
    figures: Figures
    labels: tuple[LabelFigures, ...]  # the most frequent of the test first
    confusions: tuple[Confusion, ...]  # the most frequent first
    coverage: tuple[Coverage, ...]  # from the surest few to all
    abstaining: Coverage  # when a text gets no label below its threshold, or without thresholds at 50 % or less
    reliability: tuple[Reliable, ...]
    learning: tuple[Lesson, ...] = ()
    shots: Shots | None = None

    @property
    def has_thresholds(self) -> bool:
        """Whether labels have thresholds; they have none where each text to learn from has exactly one label."""
        return any(one.threshold is not None for one in self.labels)


@dataclass(frozen=True)
class MonthKept:
    """What editors did with what had been suggested, in one month (YYYY-MM)."""

    month: str
    items: int  # decided after a look
    kept: int  # the first suggestion was right; or nothing was suggested, and it was discarded
    moved: int  # to headings of which the first suggestion was none
    discarded: int  # though something was suggested
    added: int  # to a heading, though nothing was suggested
    exact: int  # of those kept, the ones with exactly the topics that were suggested


@dataclass(frozen=True)
class TopicKept:
    """What editors did with the suggestions of one topic."""

    topic: str
    suggested: int
    decided: int
    both: int

    @property
    def precision(self) -> float | None:
        """How many of its suggestions were right; None without any."""
        return self.both / self.suggested if self.suggested else None

    @property
    def recall(self) -> float | None:
        """How much of what belonged there was suggested; None when nothing did."""
        return self.both / self.decided if self.decided else None


@dataclass(frozen=True)
class MonthRetold:
    """A month's decisions, judged with what was decided before it and today's topics."""

    month: str
    trained_on: int
    items: int
    covered: int  # items with a suggestion
    first_right: int  # of those, the ones whose first suggestion was right
    topics: tuple[TopicKept, ...]

    @property
    def total(self) -> TopicKept:
        """All topics together."""
        return total(self.topics)


def total(topics: tuple[TopicKept, ...]) -> TopicKept:
    """Several topics together."""
    sums = (sum(getattr(one, name) for one in topics) for name in ("suggested", "decided", "both"))
    return TopicKept("", *sums)


@dataclass(frozen=True)
class OwnJudgement:
    """The workspace's own decisions, by month, the newest last."""

    decisions: int
    unseen: int  # decided before the classifier had looked, which says nothing of it
    months: tuple[MonthKept, ...] = ()
    topics: tuple[TopicKept, ...] = ()
    retold: tuple[MonthRetold, ...] = ()

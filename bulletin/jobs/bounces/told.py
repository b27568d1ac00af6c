"""What one reading of what came back found and did."""

from collections import Counter
from dataclasses import dataclass, field

from bulletin.model import BounceKind


@dataclass
class Came:
    """It grows while emails are read."""

    counted: Counter[BounceKind] = field(default_factory=Counter)
    known: int = 0  # read before
    foreign: int = 0  # about nothing that we handed over
    later: int = 0  # about what is just being sent: the next reading takes it
    left: list[str] = field(default_factory=list)  # ids of subscribers who asked to leave, or complained
    stopped: list[str] = field(default_factory=list)  # ids of subscribers from whom too much came back
    settled: int = 0  # deliveries that were in doubt
    notes: list[str] = field(default_factory=list)  # about emails that could not be read

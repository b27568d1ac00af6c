"""The newsroom's numbers in the text format of Prometheus. The door to prometheus_client.

Names follow its conventions: units as endings, and gauges alone, since rows that are counted here are let go in time.
"""

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from time import monotonic

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bulletin.jobs.measures import Numbers

CONTENT_TYPE = CONTENT_TYPE_LATEST
_KEPT = 10.0  # seconds: who asks more often gets the same again


class Counted:
    """Counts anew when somebody asks, but not more often than every ten seconds; safe in many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self._text = b""

    def text(self, count: Callable[[], Numbers]) -> bytes:
        """Give the numbers as text."""
        with self._lock:
            if monotonic() >= self._until:
                self._text = written(count())
                self._until = monotonic() + _KEPT
            return self._text


def written(numbers: Numbers) -> bytes:
    """Write numbers down."""
    registry = CollectorRegistry()
    registry.register(_Collector(numbers))
    return generate_latest(registry)


class _Collector(Collector):
    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from _of_feeds(self._numbers)
        yield from _of_sending(self._numbers)
        yield from _of_running(self._numbers)
        yield from _of_backups(self._numbers)


def _of_feeds(now: Numbers) -> Iterator[GaugeMetricFamily]:
    yield _each("feeds", "Feeds by how they do.", "state", now.feeds)
    yield _one("feed_lag_seconds", "By how much the visit is late that has been due longest.", now.lag)
    yield _each("visits_last_day", "Visits to feeds in the last 24 hours.", "outcome", now.visits)
    yield _one("items", "Items on the shelves.", now.items)


def _of_sending(now: Numbers) -> Iterator[GaugeMetricFamily]:
    yield _each("emails", "Emails that are to be sent, that failed, or that are in doubt.", "state", now.emails)
    words = "For how long the email has waited that could have gone first."
    yield _one("email_oldest_wait_seconds", words, now.oldest_email)


def _of_running(now: Numbers) -> Iterator[GaugeMetricFamily]:
    yield _each("beat_age_seconds", "Age of the last sign of life of a process.", "kind", now.beats)
    ages = {name: age for name, (_, age) in now.tasks.items()}
    yield _each("task_age_seconds", "Time since the last turn of a task ended.", "task", ages)
    ended = GaugeMetricFamily(
        "bulletin_task_outcome", "How the last turn of a task ended: 1.", labels=["task", "outcome"]
    )
    for name, (outcome, _) in now.tasks.items():
        ended.add_metric([name, outcome], 1)
    yield ended
    wrong = {"grave": now.grave, "slight": now.slight}
    yield _each("concerns", "What is wrong, as `bulletin status` lists it.", "gravity", wrong)


def _of_backups(now: Numbers) -> Iterator[GaugeMetricFamily]:
    if now.backup_age is not None:
        yield _one("backup_age_seconds", "Age of the newest backup.", now.backup_age)
        yield _one("backup_size_bytes", "Size of the newest backup.", now.backup_size)


def _one(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"bulletin_{name}", words, value=value)


def _each(name: str, words: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"bulletin_{name}", words, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family

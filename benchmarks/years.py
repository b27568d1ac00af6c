"""Years of a fake clock: every edition is drafted once, whatever clocks, outages and several schedulers do.

`benchmarks/years.py 2026-01-01 10 Europe/London 7` lives ten years from that day with four schedulers at once and
outages at random (of hours, of 3 days and of 40), and holds what happened against what should have. Any difference
makes it fail.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from years import years  # lies beside the tests


def main(start: datetime, length: int, zone: str, seed: int) -> bool:
    """Live, compare, and print; True when all is as it should be."""
    began, end = time.monotonic(), start.replace(year=start.year + length)
    away = list(outages(start, end, random.Random(seed)))
    wrong = 0
    with years(start, end, zone, away=tuple(away), seed=seed) as lived:
        lived.live()
        for one in lived.rhythms:
            came, expected = lived.came(one), lived.expected(one)
            wrong += came != expected
            told = f"{len(came.drafted):5} drafted, {len(came.late):3} of them late, {len(came.missed):4} missed"
            print(f"{one.id:17} {told}  {'as it should be' if came == expected else f'NOT {expected}'}")
        sent = len(lived.desk.store.approvals.holding())
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{length} years in {zone}, {len(away)} outages, {lived.processes} schedulers: {took}; {sent} approved")
    return not wrong and not sent


def outages(start: datetime, end: datetime, chance: random.Random) -> Iterator[tuple[datetime, timedelta]]:
    """Times in which nothing runs, one after the other."""
    at = start + timedelta(days=chance.randint(20, 60))
    while at < end - timedelta(days=60):
        length = chance.choice((timedelta(hours=chance.randint(1, 30)), timedelta(days=3), timedelta(days=40)))
        yield at + timedelta(seconds=chance.randint(0, 86_400)), length
        at += length + timedelta(days=chance.randint(30, 120))


if __name__ == "__main__":
    typed = [*sys.argv[1:], *("2026-01-01", "10", "Europe/London", "7")[len(sys.argv) - 1 :]]
    day, many, where, number = typed
    sys.exit(not main(datetime.fromisoformat(day).replace(tzinfo=UTC), int(many), where, int(number)))

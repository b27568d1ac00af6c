"""Processes that do everything by themselves are killed at random: is each edition drafted, each email brought, once?

`benchmarks/kill_schedule.py 20 200 3` lives 20 weeks with 3 processes at once and kills one of them 200 times, at
whatever it is doing: visiting, classifying, drafting, approving for nobody, sending, backing up. The scripted mail
server's ledger is the truth; anything that is not as it should be makes it fail.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / name) for name in ("", "deliver")]

from killed import killed  # noqa: E402 - lies beside the tests


def main(weeks: int, kills: int, processes: int) -> bool:
    """Live, kill, and print what came of it; True when all is as it should be."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        with killed(Path(name), datetime(2026, 11, 30, tzinfo=UTC), processes=processes) as lived:
            lived.weeks(weeks, kills)
            faults, brought = lived.faults(), len(lived.stub.taken())
        took = f"{time.monotonic() - began:.0f} s"
        print(f"{weeks} weeks, {processes} processes at once, {lived.kills} kills, {took}: {brought} emails brought")
        print("\n".join(faults) or "each edition once, each email at most once, the database sound")
    return not faults


if __name__ == "__main__":
    typed = [*map(int, sys.argv[1:]), *(20, 200, 3)[len(sys.argv) - 1 :]]
    sys.exit(not main(*typed))

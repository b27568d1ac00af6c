"""Senders are killed again and again in the middle of a run: how many emails are lost, doubled, or in doubt.

`benchmarks/kill.py 5000 200 1` approves an edition for 5,000 readers, kills senders (1, 2 or 4 at once) 200 times at
random moments, and lets the last one end. The ledger of the scripted mail server is the truth.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / name) for name in ("", "deliver", "store")]

import sending  # noqa: E402 - lies beside the tests
from test_deliver_kill import counted, kill_some, start  # noqa: E402


def main(recipients: int, kills: int, workers: int) -> None:
    """Kill, end, and print what came of it."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, sending.open_stub(Path(name)) as stub:
        folder = Path(name)
        with sending.open_desk(folder, stub.url, *(f"ok{number}" for number in range(recipients))):
            pass
        done = kill_some(folder, stub, recipients, kills, workers)
        last = start(folder, stub.url)
        last.communicate()
        states, arrived = counted(folder / "bulletin.db"), set(stub.who())
        lost = recipients - len(arrived) - states["in doubt"]
        print(f"{recipients} readers, {workers} sender(s) at once, {done} kills, {time.monotonic() - began:.0f} s")
        print(f"  states by SQL: {dict(states)}, together {states.total()}")
        print(f"  arrived {len(arrived)}, most often {stub.most()} time(s); lost without a word {max(lost, 0)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4])) if len(sys.argv) > 3 else main(5000, 200, 1)

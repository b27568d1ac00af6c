"""A process like `bulletin schedule`, by a clock that stands in a file: `python ticking.py FOLDER CLOCK`."""

import os
import sys
import time
from datetime import datetime
from pathlib import Path

from bulletin import config
from bulletin.jobs import Newsroom, open_desk
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Shift, new_beat
from bulletin.schedule import Clock


def main(folder: Path, clock: Path) -> None:
    """Tick until it is killed."""

    def now() -> datetime:
        return datetime.fromisoformat(clock.read_text(encoding="ascii"))

    with open_desk(config.load(folder, os.environ), now) as desk:
        ours = Clock(Newsroom(desk, lambda: config.load(folder, os.environ)).desk, Shift(new_beat("schedule", now())))
        while True:
            ours.beat()
            for task in TASKS:
                ours.tick(task)
            time.sleep(0.01)  # this is no test, but what one drives by its clock


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

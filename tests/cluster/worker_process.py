"""A worker as `bulletin worker` is one, but quick to notice who is gone, and for some tasks alone."""

import os
import sys
from pathlib import Path

from bulletin import cluster, config, jobs, log
from bulletin.cluster import worker


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    worker.TASKS = tuple(task for task in worker.TASKS if task.name in names)
    with jobs.open_desk(config.load(folder, os.environ)) as desk:
        log.start()
        newsroom = jobs.Newsroom(desk, lambda: config.load(folder, os.environ))
        cluster.work(newsroom, 2, cluster.Rhythm(beat=1.0, heartbeat=1, silent=4, look=2))


if __name__ == "__main__":
    main()

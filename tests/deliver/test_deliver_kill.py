"""Senders are killed at random moments: nobody is lost, nobody gets anything twice, and doubts are few and told."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest
import sending

SEED = 20261129


def start(folder, url, **more):
    """A sender of its own process."""
    command = [sys.executable, "-m", "bulletin", "-C", str(folder), "deliver", "--json"]
    told = sending.environment(folder, url) | {"BULLETIN_MAIL_A_MINUTE": "0", "BULLETIN_MAIL_A_DAY": "0"} | more
    others = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}
    return subprocess.Popen(command, env=others | told, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def counted(file):
    """The states by SQL alone."""
    with closing(sqlite3.connect(file)) as database:
        return Counter(dict(database.execute("SELECT state, count(*) FROM delivery_state GROUP BY state").fetchall()))


def kill_some(folder, stub, recipients, kills, workers, seed=SEED):
    """Start senders and kill them at random, until there were so many kills or all is over; gives the kills."""
    chance, done = random.Random(seed), 0
    file = folder / "bulletin.db"
    while done < kills:
        before = len(stub.taken())
        running = [start(folder, stub.url) for _ in range(workers)]
        while len(stub.taken()) == before and any(one.poll() is None for one in running):
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.15))
        for one in running:
            one.kill()
            one.communicate()
            done += 1
        states = counted(file)
        assert sum(states.values()) == recipients
        assert "lost" not in states
        if states["sent"] + states["in doubt"] == recipients:
            break
    return done


@pytest.mark.slow
@sending.needs_stub
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of Unix")
@pytest.mark.parametrize("workers", [1, 2])
def test_whoever_is_killed_loses_nobody_and_doubles_nothing(tmp_path, workers):
    names = [f"ok{number}" for number in range(400)]
    with sending.open_stub(tmp_path) as stub:
        with sending.open_desk(tmp_path, stub.url, *names):
            pass
        kills = kill_some(tmp_path, stub, len(names), 12, workers)
        last = start(tmp_path, stub.url)
        _, said = last.communicate(timeout=120)
        assert last.returncode == 0, said
    states = counted(tmp_path / "bulletin.db")
    assert kills > 0
    assert set(states) <= {"sent", "in doubt"}
    assert states["in doubt"] <= kills
    assert stub.most() == 1
    assert states["sent"] <= len(set(stub.who())) <= len(names)
    missing = len(names) - len(set(stub.who()))
    assert missing <= states["in doubt"]
    with closing(sqlite3.connect(tmp_path / "bulletin.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []

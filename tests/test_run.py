"""`bulletin run` and `bulletin schedule` as processes: what is due is done, and they end when they are asked to."""

import json
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing

import newsroom
import pytest
from serving import read, serving, started

from bulletin.store import open_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("serve"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]
_LONGEST = 60  # seconds until something is done that is due at once


@pytest.fixture
def folder(tmp_path, publisher):
    feed = publisher.publishes("/feed", newsroom.entry("Theatres reach net zero", text="A carbon footprint halved."))
    return newsroom.workspace(tmp_path, feed)


def environment(folder):
    return {"BULLETIN_ALLOW_ADDRESSES": newsroom.environment(folder)["BULLETIN_ALLOW_ADDRESSES"]}


def done(folder, *names):
    """The turns of these tasks, when all of them have ended."""
    ends, pause = time.monotonic() + _LONGEST, threading.Event()
    with closing(open_store(f"sqlite:///{folder / 'bulletin.db'}")) as store:
        while time.monotonic() < ends:
            found = store.turns.newest(names)
            if len(found) == len(names) and all(one.is_over for one in found.values()):
                return found
            pause.wait(0.1)
    raise AssertionError(f"not done: {set(names) - set(found)}")


def events(log):
    return [json.loads(line) for line in read(log).splitlines()]


def test_run_serves_the_pages_and_does_what_is_due(folder):
    with serving(folder, ("run", "--port", "0"), **environment(folder)) as ours:
        found = done(folder, "fetch", "classify", "deliver")
        assert found["fetch"].words == "1 feeds, 0 of them failed; 1 new items"
        code, log = ours.stop()
    assert code == 0
    tasks = [one for one in map(json.loads, log.splitlines()) if one["event"] == "task"]
    assert {one["task"] for one in tasks} >= {"fetch"}
    assert all(one["level"] == "info" for one in tasks)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_schedule_does_what_is_due_and_ends_cleanly(folder, sign):
    with started(folder, command=("schedule",), **environment(folder)) as (process, log):
        assert "on the timetable (Ctrl-C ends it)" in process.stdout.readline()
        done(folder, "fetch")
        process.send_signal(sign)
        assert process.wait(30) == 0
        assert {one["level"] for one in events(log)} == {"info"}


def test_what_a_schedule_had_in_hand_is_free_when_it_has_ended(folder):
    with started(folder, command=("schedule",), **environment(folder)) as (process, _):
        process.stdout.readline()
        done(folder, "fetch")
        process.terminate()
        process.wait(30)
    with closing(open_store(f"sqlite:///{folder / 'bulletin.db'}")) as store:
        (beat,) = store.beats.all()
        assert beat.id.endswith(" ended")


def test_a_mistake_in_the_files_is_told_before_anything_runs(folder):
    (folder / "bulletins.yaml").write_text("bulletins: []\n", encoding="utf-8")
    command = [sys.executable, "-m", "bulletin", "-C", str(folder), "schedule"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "bulletins.yaml" in ended.stderr
    assert "Traceback" not in ended.stderr

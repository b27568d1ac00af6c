"""Visiting feeds: ours, beside the feed readers that people use, in one run, on loopback, with injected latency.

    .venv/bin/python benchmarks/fetch.py [--feeds 1000] [--entries 30] [--latency 0.15] [--peers reader,newsboat,...]

Every feed has a 127.x.y.z address of its own, so that manners to one host do not count. `reader` and `rss2email` are
installed into a scratch environment, `newsboat` and `sfeed` are used where the machine has them. Each tool visits
the feeds twice: cold (everything read, cleaned and shelved) and unchanged (every answer is 304, where it asks so).
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
AT_ONCE = 32  # connections, threads or jobs: our own default, and what each peer is given
SLOW = {"rss2email": 100}  # feeds that a peer is given at most: it asks one after another


@contextmanager
def server(feeds: int, entries: int, latency: float) -> Iterator[list[str]]:
    """A publisher in a process of its own; gives the addresses of its feeds, each on a host of its own."""
    command = [sys.executable, str(HERE / "server.py"), str(feeds), str(entries), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = process.stdout.readline().strip()
        hosts = (f"127.{1 + n // 62500}.{n // 250 % 250}.{n % 250 + 1}" for n in range(feeds))
        try:
            yield [f"http://{host}:{port}/feed/{n}.xml" for n, host in enumerate(hosts)]
        finally:
            process.kill()


def ours(folder: Path, urls: list[str]) -> list[str]:
    """Our own fetch job, in the same process as its readers' parent."""
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    return [sys.executable, str(HERE / "fetch_ours.py"), str(folder)]


def reader(folder: Path, urls: list[str]) -> list[str]:
    """lemon24/reader: make_reader, then update_feeds with workers."""
    python = _installed("reader", "sgmllib3k")  # its own copy of feedparser wants that name
    setup = "import sys\nfrom reader import make_reader\nr = make_reader(sys.argv[1])\n"
    add = setup + "for url in open(sys.argv[2]).read().split():\n    r.add_feed(url)\n"
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    subprocess.run([python, "-c", add, str(folder / "db"), str(folder / "urls")], check=True)
    return [python, "-c", setup + f"r.update_feeds(workers={AT_ONCE}, scheduled=False)", str(folder / "db")]


def rss2email(folder: Path, urls: list[str]) -> list[str]:
    """rss2email: `r2e run --no-send`."""
    command = [
        str(Path(_installed("rss2email")).parent / "r2e"),
        "-c",
        str(folder / "cfg"),
        "-d",
        str(folder / "data"),
    ]
    subprocess.run([*command, "new", "reader@example.org"], check=True)
    for number, url in enumerate(urls):
        subprocess.run([*command, "add", f"feed{number}", url], check=True)
    return [*command, "run", "--no-send"]


def newsboat(folder: Path, urls: list[str]) -> list[str]:
    """newsboat: `-x reload`."""
    (folder / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    (folder / "config").write_text(f"reload-threads {AT_ONCE}\n", encoding="utf-8")
    files = ["-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
    return ["newsboat", *files, "-x", "reload"]


def sfeed(folder: Path, urls: list[str]) -> list[str]:
    """sfeed: `sfeed_update`; it asks without ETag unless a user writes that himself."""
    feeds = "\n".join(f"\tfeed f{number} '{url}'" for number, url in enumerate(urls))
    head = f"sfeedpath={folder}/feeds\nmaxjobs={AT_ONCE}\n"
    (folder / "sfeedrc").write_text(f"{head}feeds() {{\n{feeds}\n}}\n", encoding="utf-8")
    return ["sfeed_update", str(folder / "sfeedrc")]


TOOLS: dict[str, Callable[[Path, list[str]], list[str]]] = {
    "ours": ours,
    "reader": reader,
    "newsboat": newsboat,
    "sfeed": sfeed,
    "rss2email": rss2email,
}
PROGRAM = {"newsboat": "newsboat", "sfeed": "sfeed_update"}


def _installed(*packages: str) -> str:
    """The Python of a scratch environment that has these packages."""
    scratch = Path(tempfile.gettempdir()) / "bulletin-benchmark-peers"
    python = scratch / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(scratch)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True, stderr=subprocess.DEVNULL)
    return str(python)


def measured(command: list[str]) -> tuple[float, float]:
    """Wall seconds of a command, and the most megabytes that one of its processes took (of those that have ended)."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:200]}: exit code {process.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def run(name: str, urls: list[str]) -> dict[str, float]:
    """Visit feeds cold, then unchanged."""
    urls = urls[: SLOW.get(name, len(urls))]
    with tempfile.TemporaryDirectory() as scratch:
        command = TOOLS[name](Path(scratch), urls)
        cold, memory = measured(command)
        again, _ = measured(command)
    return {"feeds": len(urls), "cold": cold, "again": again, "memory": memory}


def main() -> None:
    """Run every tool in turn and print seconds, milliseconds a feed, and ratios to ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--latency", type=float, default=0.15)
    parser.add_argument("--connections", type=int, default=AT_ONCE, help="for the floor that is printed")
    parser.add_argument("--peers", default=",".join(TOOLS))
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    wanted = [name for name in asked.peers.split(",") if shutil.which(PROGRAM.get(name, "true"))]
    with server(asked.feeds, asked.entries, asked.latency) as urls:
        found = {name: run(name, urls) for name in wanted}
    floor = asked.latency * asked.feeds / asked.connections
    print(f"{asked.feeds} feeds of {asked.entries} entries, {asked.latency * 1000:.0f} ms late; floor {floor:.2f} s")
    print(f"{'':10}{'feeds':>6}{'cold s':>9}{'ms/feed':>9}{'unchanged s':>13}{'MB':>6}{'cold ratio':>12}")
    base = found.get("ours")
    for name, figures in found.items():
        count = figures["feeds"]
        ratio = f"{base['cold'] / base['feeds'] * count / figures['cold']:12.2f}" if base else ""
        print(
            f"{name:10}{count:6}{figures['cold']:9.2f}{figures['cold'] / count * 1000:9.1f}"
            f"{figures['again']:13.2f}{figures['memory']:6.0f}{ratio}"
        )
    if base:
        print(f"ours, unchanged: {base['again'] / floor:.2f} times the floor")


if __name__ == "__main__":
    main()

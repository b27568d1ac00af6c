"""Reading in processes that can be killed: what a document may cost, and what is left of one that costs more."""

import io
import os
import select
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import get_type_hints

import pytest
from feedwriter import FEEDS, read, rss, visit

from bulletin.errors import ParseError
from bulletin.model import Fetched, Trouble
from bulletin.parse import Limits, Parsed, Readers, wire, worker

ROOT = Path(__file__).parents[2]
GOOD = rss("<item><title>Good</title><link>/good</link></item>")
LABELS = "".join(f"<category>{number}</category>" for number in range(1_990))
COSTLY = rss(f"<item><title>x</title>{LABELS}</item>" * 36)  # each label is compared with each: seconds
BIG = rss("".join(f"<item><title>{n}</title><description>{'word ' * 4_000}</description></item>" for n in range(120)))

if sys.platform != "win32":
    import resource

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and bounds this")


@pytest.fixture(scope="module")
def readers():
    with Readers() as ours:
        yield ours


def trouble_with(readers: Readers, document: str | bytes) -> str:
    """What is said of a document that cannot be read."""
    with pytest.raises(ParseError) as caught:
        readers.submit(visit(document)).result()
    assert caught.value.trouble is Trouble.UNREADABLE
    message = str(caught.value)
    assert message.isprintable()
    return message


def assert_reads_on(readers: Readers) -> None:
    (item,) = readers.submit(visit(GOOD)).result().items
    assert item.title == "Good"


@pytest.mark.parametrize("name", ["journal-rdf.xml", "podcast.xml", "ill-formed.xml", "truncated.xml"])
def test_a_document_gives_what_it_gives_in_our_own_process(readers, name):
    body = (FEEDS / name).read_bytes()
    assert readers.submit(visit(body)).result() == read(body)


def test_what_is_no_feed_is_refused_in_the_same_words(readers):
    with pytest.raises(ParseError) as here:
        read("<html><p>no feed")
    with pytest.raises(ParseError) as there:
        readers.submit(visit("<html><p>no feed")).result()
    assert (str(there.value), there.value.trouble) == (str(here.value), here.value.trouble)


def test_documents_one_after_the_other_need_one_process():
    with Readers(2) as readers:
        for _ in range(5):
            assert_reads_on(readers)
        assert len(readers._all) == 1


def test_no_process_starts_before_there_is_a_document():
    with Readers() as readers:
        assert readers._all == set()


def test_a_second_process_starts_only_while_the_first_is_busy():
    with Readers(2) as readers:
        both = [readers.submit(visit(BIG)) for _ in range(2)]
        assert [len(parsed.result().items) for parsed in both] == [120, 120]
        assert len(readers._all) == 2


def test_what_was_submitted_is_read_before_the_pool_ends():
    with Readers(1) as readers:
        futures = [readers.submit(visit(GOOD)) for _ in range(3)]
    assert all(future.result().items for future in futures)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds only the time by the clock")
def test_a_document_that_takes_too_much_computing_is_left_out_and_stops_no_other():
    with Readers(2, Limits(cpu=1)) as readers:
        costly = readers.submit(visit(COSTLY))
        for _ in range(5):
            assert_reads_on(readers)
        with pytest.raises(ParseError, match="more than 1 seconds of computing: it was left out; tell its publisher"):
            costly.result()
        assert_reads_on(readers)


def test_a_document_that_takes_too_long_is_left_out():
    with Readers(1, Limits(wall=0.01)) as readers:
        assert "took more than 0.01 seconds: it was left out" in trouble_with(readers, GOOD)


@only_linux
def test_a_document_that_needs_too_much_memory_is_left_out():
    with Readers(1, Limits(memory=16 * 2**20)) as readers:
        assert "needed more than 16 MB of memory: it was left out" in trouble_with(readers, "\U0001f600" + BIG * 2)
        assert_reads_on(readers)


def test_a_document_that_gives_too_much_is_left_out():
    with Readers(1, Limits(answer=2**20)) as readers:
        assert "gives more than 1 MB when it is read: it was left out" in trouble_with(readers, BIG)
        assert_reads_on(readers)


def test_a_document_that_breaks_its_process_is_left_out_and_the_place_is_told():
    with Readers(1) as readers:
        with pytest.raises(ParseError, match=r"broke the reader \(KeyError at worker\.py:\d+\).*please report it"):
            readers.call("no such task", Parsed, visit(GOOD)).result()
        assert_reads_on(readers)


def test_a_process_that_ends_without_a_word_is_replaced():
    with Readers(1) as readers:
        assert_reads_on(readers)
        (one,) = readers._all
        one.kill()
        one._process.wait()
        assert_reads_on(readers)
        assert readers._all != {one}


def test_a_process_that_is_ended_from_outside_takes_only_its_document_with_it():
    with Readers(1) as readers:
        assert_reads_on(readers)
        (one,) = readers._all
        one.ask = lambda *arguments: (one.kill(), type(one).ask(one, *arguments))[1]
        assert "broke the reader (exit status" in trouble_with(readers, GOOD)
        assert_reads_on(readers)


def test_a_process_that_has_read_much_is_replaced():
    with Readers(1) as readers:
        assert readers.submit(visit(BIG + " " * 5_000_000)).result().items
        assert readers._all == set()


@pytest.mark.slow
def test_an_exception_ends_the_pool_and_all_its_processes_at_once():
    with suppress(KeyboardInterrupt), Readers(1) as readers:
        assert_reads_on(readers)
        (one,) = readers._all
        busy, waiting = readers.submit(visit(COSTLY)), readers.submit(visit(GOOD))
        raise KeyboardInterrupt
    assert not one.is_alive
    assert waiting.cancelled()
    assert busy.cancelled() or "broke the reader" in str(busy.exception())


def test_nothing_is_read_once_the_pool_is_ending():
    with Readers(1) as readers:
        readers._kill()
        with pytest.raises(ParseError, match="the program is ending"):
            readers.submit(visit(GOOD)).result()


@only_linux
def test_no_process_outlives_ours_however_it_ends():
    code = """
        import sys
        from feedwriter import rss, visit
        from bulletin.parse import Readers
        with Readers(1) as readers:
            readers.submit(visit(rss(""))).result()
            (one,) = readers._all
            print(one._process.pid, flush=True)
            sys.stdin.read()
    """
    ours = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT / "tests" / "parse",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with ours:
        watched = os.pidfd_open(int(ours.stdout.readline()))
        ours.kill()
        ours.wait()
        assert select.select([watched], [], [], 20)[0], "it still runs"
    os.close(watched)


@only_linux
def test_a_process_knows_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("BULLETIN_SECRET_KEY", "hush")
    with Readers(1) as readers:
        assert_reads_on(readers)
        (one,) = readers._all
        known = Path(f"/proc/{one._process.pid}/environ").read_bytes().split(b"\0")
    assert {line.partition(b"=")[0] for line in known} <= {b"PYTHONPATH", b"PYTHONUTF8", b""}


@only_linux
def test_ctrl_c_is_for_us_alone():
    with Readers(1) as readers:
        assert_reads_on(readers)
        (one,) = readers._all
        os.kill(one._process.pid, signal.SIGINT)
        assert_reads_on(readers)
        assert readers._all == {one}


# --- what a document may not do, whatever it makes its reader try ---


def test_reading_touches_nothing_of_the_world():
    code = """
        import sys
        from bulletin.parse import worker
        sys.addaudithook(worker.refuse)
        import wave  # a module comes in all the same
        import os, pathlib, socket, subprocess
        tries = {
            "read": lambda: open("/etc/passwd"),
            "read by number": lambda: open(0),
            "write": lambda: open(wave.__file__, "a"),
            "climb": lambda: open(os.path.dirname(wave.__file__) + "/../../../../../../../etc/passwd"),
            "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
            "look up": lambda: socket.getaddrinfo("localhost", 80),
            "start": lambda: subprocess.run(["true"]),
            "system": lambda: os.system("true"),
            "remove": lambda: os.remove("nothing"),
        }
        done = []
        for name, attempt in tries.items():
            try:
                attempt()
            except PermissionError as error:
                assert "must not need" in str(error)
                continue
            done.append(name)
        sys.exit(" ".join(done) or 0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        pytest.param("open", ("/etc/passwd", "r", 0), id="a file"),
        pytest.param("open", (worker.__file__, "w", os.O_WRONLY), id="writing"),
        pytest.param("open", (3, "r", 0), id="an open file"),
        pytest.param("socket.connect", (), id="a connection"),
        pytest.param("os.remove", (), id="removing"),
    ],
)
def test_what_touches_the_world_is_refused(event, arguments):
    with pytest.raises(PermissionError, match="must not need"):
        worker.refuse(event, arguments)


@pytest.mark.parametrize(
    ("event", "arguments"),
    [("open", (worker.__file__, "r", 0)), ("import", ()), ("os.listdir", (".",))],
)
def test_what_brings_in_modules_is_not(event, arguments):
    worker.refuse(event, arguments)


# --- the other side, in our own process ---


def served(document: str, task: str = "document", most: int = 2**20, **arguments: str) -> dict[str, object]:
    """The one answer that a worker gives."""
    record, bodies = wire.without_bytes(visit(document))
    questions, answers, rounds = io.BytesIO(), io.BytesIO(), []
    wire.send(questions, wire.text({"task": task, "fetched": record, "arguments": arguments}), bodies)
    questions.seek(0)
    worker.serve(questions, answers, most, before_each=lambda: rounds.append(None))
    assert len(rounds) == 2
    answers.seek(0)
    return wire.loads(wire.receive(answers, 2**30))


def test_a_worker_answers_until_its_input_ends():
    assert served(GOOD)["answer"]["items"][0]["title"] == "Good"


def test_a_worker_says_what_kind_of_trouble_it_had():
    assert served("")["trouble"] in set(Trouble)


def test_a_worker_gives_no_more_than_it_may():
    assert "more than 0 MB" in served(GOOD, most=100)["error"]


def test_a_worker_says_when_a_document_is_nested_too_deep(monkeypatch):
    def throw(fetched):
        raise RecursionError

    monkeypatch.setattr("bulletin.parse.document", throw)
    assert "nested too deep" in served(GOOD)["error"]


@pytest.mark.parametrize("task", worker.TASKS)
def test_every_task_takes_a_visit_and_more_words_and_gives_what_can_come_back(task):
    function = getattr(import_module(worker.TASKS[task]), task)
    visited, *more = get_type_hints(function).items()
    assert visited == ("fetched", Fetched)
    assert {kind for name, kind in more if name != "return"} <= {str}
    assert callable(wire.reader(dict(more)["return"]))


@only_linux
@pytest.mark.parametrize(("hard", "expected"), [(-1, 30 * 2**20), (10 * 2**20, 10 * 2**20)], ids=["free", "bound"])
def test_a_bound_is_on_top_of_what_was_used_and_never_above_the_systems_own(monkeypatch, hard, expected):
    bounds = {}
    monkeypatch.setattr(worker.resource, "setrlimit", lambda what, pair: bounds.update({what: pair}))
    monkeypatch.setattr(worker.resource, "getrlimit", lambda what: (0, hard))
    monkeypatch.setattr(Path, "read_text", lambda path, encoding: "5120 1 1")
    monkeypatch.setattr(worker.resource, "getpagesize", lambda: 2_048)
    worker.bound_memory(20 * 2**20)
    assert bounds == {resource.RLIMIT_AS: (expected, hard), resource.RLIMIT_CORE: (0, hard)}


@only_linux
def test_the_time_of_a_document_is_counted_from_its_own_beginning(monkeypatch):
    bounds = {}
    monkeypatch.setattr(worker.resource, "setrlimit", lambda what, pair: bounds.update({what: pair[0]}))
    monkeypatch.setattr(worker.resource, "getrusage", lambda who: SimpleNamespace(ru_utime=3.2, ru_stime=1.5))
    worker.bound_time(10)
    assert bounds == {resource.RLIMIT_CPU: 15}


def test_a_worker_without_memory_ends_at_once_and_says_so(monkeypatch):
    def serve(questions, answers, most, before_each):
        assert most == 7
        raise MemoryError

    done = []
    monkeypatch.setattr(sys, "argv", ["worker", "10", "1000", "7"])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=None))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=None))
    monkeypatch.setattr(sys, "addaudithook", done.append)
    monkeypatch.setattr(worker, "bound_memory", done.append)
    monkeypatch.setattr(worker, "serve", serve)
    monkeypatch.setattr(signal, "signal", lambda *arguments: None)
    monkeypatch.setattr(os, "_exit", done.append)
    worker.main()
    assert done == [1_000, worker.refuse, wire.OUT_OF_MEMORY]

"""Our own documents, damaged at random: no reader breaks."""

import subprocess
import sys
from pathlib import Path

import pytest
from feedwriter import FEEDS

COMMAND = Path(__file__).parents[2] / "benchmarks" / "mutations.py"


@pytest.mark.slow
def test_no_damaged_document_breaks_its_reader():
    """Reference bar B5, in small: the command itself makes a thousand of each."""
    done = subprocess.run(
        [sys.executable, COMMAND, FEEDS, "--each", "20"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert ", killed 0, broken 0\n" in done.stdout

"""Processes are killed whatever they are doing, and the weeks go on: each edition once, each email at most once."""

import os
from datetime import UTC, datetime

import pytest
import sending
from killed import killed


@pytest.mark.slow
@sending.needs_stub
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of Unix")
def test_weeks_go_by_although_processes_are_killed(tmp_path):
    with killed(tmp_path, datetime(2026, 11, 30, tzinfo=UTC)) as lived:
        lived.weeks(2, kills=12)
        assert lived.kills == 12
        assert lived.faults() == []

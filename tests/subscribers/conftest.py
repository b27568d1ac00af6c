"""A desk on a small workspace whose bulletin has two lists."""

from datetime import UTC, datetime

import newsroom
import pytest

from bulletin.jobs import open_desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NURSES = """\
      - id: nurses
        name: Nurses
        from: Wexbridge Library <library@example.nhs.uk>
        delivery: individual
"""


@pytest.fixture
def folder(tmp_path):
    newsroom.workspace(tmp_path, "https://example.org/feed")
    with (tmp_path / "bulletins.yaml").open("a", encoding="utf-8") as file:
        file.write(NURSES)
    return tmp_path


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def desk(folder, clock):
    with open_desk(newsroom.settings(folder), clock) as desk:
        yield desk

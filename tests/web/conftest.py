"""A desk on a small workspace, and the application before it."""

from datetime import UTC, datetime

import newsroom
import pytest
from argon2 import PasswordHasher

from bulletin.jobs import open_desk
from bulletin.people import passwords
from bulletin.web import Newsroom, create_app

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Hash passwords with little care, because a test makes many."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def clock():
    return newsroom.Clock(NOW)


@pytest.fixture
def settings(tmp_path):
    return newsroom.settings(newsroom.workspace(tmp_path, "https://example.org/feed"))


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as desk:
        yield desk


@pytest.fixture
def app(desk):
    return create_app(Newsroom(desk, lambda: newsroom.settings(desk.config.folder)))

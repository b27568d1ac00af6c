"""Passwords hashed with little care, because a test makes many."""

import subprocess
import sys

import pytest
from argon2 import PasswordHasher

from bulletin.people import passwords


@pytest.fixture
def quick_hashes(monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def run_python():
    """Run a line of Python in a process of its own; gives its exit code."""
    return lambda code: subprocess.run([sys.executable, "-c", code], check=False).returncode

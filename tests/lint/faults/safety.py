"""Seeded faults for the rules of bulletin/lint/safety.py."""

FAULTS = ()

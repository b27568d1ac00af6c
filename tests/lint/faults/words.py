"""Seeded faults for the rules of bulletin/lint/words.py."""

FAULTS = ()

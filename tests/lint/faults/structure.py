"""Seeded faults for the rules of bulletin/lint/structure.py."""

FAULTS = ()

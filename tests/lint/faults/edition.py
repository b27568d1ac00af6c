"""Seeded faults for the rules of bulletin/lint/edition.py."""

FAULTS = ()

"""Seeded faults for the rules of bulletin/lint/links.py."""

FAULTS = ()

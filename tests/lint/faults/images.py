"""Seeded faults for the rules of bulletin/lint/images.py."""

FAULTS = ()

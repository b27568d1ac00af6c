"""Seeded faults for the rules of bulletin/lint/sight.py."""

FAULTS = ()

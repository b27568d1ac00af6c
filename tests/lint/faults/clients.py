"""Seeded faults for the rules of bulletin/lint/clients.py."""

FAULTS = ()

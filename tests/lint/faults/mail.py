"""Seeded faults for the rules of bulletin/lint/mail.py."""

FAULTS = ()

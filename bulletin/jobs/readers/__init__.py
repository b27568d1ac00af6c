"""The readers' own pages: leaving by a link, choosing, and signing up. The links are all the proof there is.

links      whose link it is, and what it is about
leaving    leaving by it, and undoing that
signup     the lists that are open to everybody, and the email that asks whether it was them
counting   how often a network address may try
"""

from bulletin.jobs.readers.counting import SIGN_UPS, count
from bulletin.jobs.readers.leaving import come_back, ended_at, leave, undo
from bulletin.jobs.readers.links import Named, Reader, choices_token, chooser, is_fresh, leaver, named
from bulletin.jobs.readers.signup import ask, asked, check, confirm, consent, is_by_person, is_ours, open_lists, stamp

__all__ = [
    "SIGN_UPS",
    "Named",
    "Reader",
    "ask",
    "asked",
    "check",
    "choices_token",
    "chooser",
    "come_back",
    "confirm",
    "consent",
    "count",
    "ended_at",
    "is_by_person",
    "is_fresh",
    "is_ours",
    "leave",
    "leaver",
    "named",
    "open_lists",
    "stamp",
    "undo",
]

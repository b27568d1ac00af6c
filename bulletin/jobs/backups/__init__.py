"""Backups: made while everything runs, kept for hours and days, and put back."""

from bulletin.jobs.backups.folder import Backup, backups, megabytes, place
from bulletin.jobs.backups.keep import kept
from bulletin.jobs.backups.making import Backed, backup
from bulletin.jobs.backups.restoring import Found, lacking, opened, put_files, require_free, restore, rows_here
from bulletin.jobs.backups.soundness import check, require_sound

__all__ = [
    "Backed",
    "Backup",
    "Found",
    "backup",
    "backups",
    "check",
    "kept",
    "lacking",
    "megabytes",
    "opened",
    "place",
    "put_files",
    "require_free",
    "require_sound",
    "restore",
    "rows_here",
]

"""Turns an edition in words into what other programs open: Word, PDF, references, spreadsheets, feeds, calendars."""

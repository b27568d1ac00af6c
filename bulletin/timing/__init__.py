"""Timing: on which days a schedule falls, and at which instants the steps of an edition are due."""

from bulletin.timing.steps import next_period, period_of, periods
from bulletin.timing.words import in_words
from bulletin.timing.workdays import is_workday

__all__ = ["in_words", "is_workday", "next_period", "period_of", "periods"]

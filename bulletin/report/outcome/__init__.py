"""What came of an edition or of a year: a page with pictures, and tables for a library's annual return.

page     the page, or its parts for another one
reach    whom it reached: pictures and tables of lists and months
read     what was read and found useful
sheets   the same numbers as rows for a spreadsheet
words    the same in a few sentences
"""

from bulletin.report.outcome.page import outcome, outcome_parts
from bulletin.report.outcome.sheets import SHEETS
from bulletin.report.outcome.words import in_words

__all__ = ["SHEETS", "in_words", "outcome", "outcome_parts"]

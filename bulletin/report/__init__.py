"""Reports: what the classifier was judged on, as one page that stands alone, with pictures for light and dark.

elements   HTML and SVG as trees, so that nothing is ever spliced into markup
words      numbers and labels as people read them
drawing    charts of lines, bars and squares
blocks     what pages are put together from
trial      the page of a judgement on labelled texts
own        the page of a newsroom's own decisions, or its parts for another page
outcome    what came of an edition or of a year
pairs      what was suggested first against what was put first
files      the page in its place, whole or not at all
"""

from bulletin.report.files import check_place, write
from bulletin.report.outcome import SHEETS, in_words, outcome, outcome_parts
from bulletin.report.own import own, own_parts
from bulletin.report.pairs import pairs
from bulletin.report.trial import trial

__all__ = [
    "SHEETS",
    "check_place",
    "in_words",
    "outcome",
    "outcome_parts",
    "own",
    "own_parts",
    "pairs",
    "trial",
    "write",
]

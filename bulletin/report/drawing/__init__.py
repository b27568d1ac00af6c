"""Charts as inline SVG: each with a title and words for who cannot see it, coloured by the page's own properties.

A picture is 400 units wide, so that its words can still be read on a telephone.
"""

from bulletin.report.drawing.bars import Bar, bars
from bulletin.report.drawing.frame import Axis, Told
from bulletin.report.drawing.lines import Line, Spot, lines
from bulletin.report.drawing.squares import Square, squares

__all__ = ["Axis", "Bar", "Line", "Spot", "Square", "Told", "bars", "lines", "squares"]

"""What an editor's act makes of an item, of a draft, and of the words on the screen. Pure.

acts      Standing, Act -> Standing: what an item is after an act
layout    Edition, Standing -> Edition: where the draft then prints it
tokens    Standing -> a short word, by which two editors notice each other
shown     text and the words that told -> pieces, for highlighting
"""

from bulletin.review.acts import Around, Wish, act
from bulletin.review.layout import lay, printed, ruled, standings
from bulletin.review.shown import Piece, pieces
from bulletin.review.tokens import token

__all__ = ["Around", "Piece", "Wish", "act", "lay", "pieces", "printed", "ruled", "standings", "token"]

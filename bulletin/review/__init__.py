"""What an editor's act makes of an item, of a draft, and of the words on the screen. Pure.

acts      Standing, Act -> Standing: what an item is after an act
layout    Edition, Standing -> Edition: where the draft then prints it
tokens    Standing -> a short word, by which two editors notice each other
written   what was typed about a block -> the block, or the mistakes in it
shown     text and the words that told -> pieces, for highlighting
"""

from bulletin.review.acts import Around, Wish, act
from bulletin.review.layout import lay, printed, ruled, standings
from bulletin.review.shown import Piece, pieces
from bulletin.review.tokens import token, token_of
from bulletin.review.written import FIELDS, Mistake, block_of, fields_of

__all__ = [
    "FIELDS",
    "Around",
    "Mistake",
    "Piece",
    "Wish",
    "act",
    "block_of",
    "fields_of",
    "lay",
    "pieces",
    "printed",
    "ruled",
    "standings",
    "token",
    "token_of",
]

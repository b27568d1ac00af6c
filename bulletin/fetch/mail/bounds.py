"""How much mail one visit may bring."""

from bulletin.fetch.limits import MIB

MOST_LETTERS = 200
LETTER_BYTES = 2 * MIB
VISIT_BYTES = 2 * MIB  # all letters together, unless the first alone has more: what one reading has time for

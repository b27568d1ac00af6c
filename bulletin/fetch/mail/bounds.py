"""How much mail one visit may bring."""

from bulletin.fetch.limits import MIB

MOST_LETTERS = 200
LETTER_BYTES = 2 * MIB
VISIT_BYTES = 40 * MIB  # all letters together; a table of contents by email has about 0.1 MiB

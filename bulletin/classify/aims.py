"""What the owner of a heading chose, as numbers."""

from bulletin.model import Aim

USUAL = {Aim.FEWER_WRONG: 0.6, Aim.BALANCED: 0.5, Aim.FEWER_MISSED: 0.4}  # thresholds, before decisions propose one
BETA = {Aim.FEWER_WRONG: 0.5, Aim.BALANCED: 1.0, Aim.FEWER_MISSED: 2.0}  # of F-beta (van Rijsbergen 1979, ch. 7)

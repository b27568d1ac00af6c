"""Tokens: a short word for how an item stands; a form that carries an old one was made before somebody else's act."""

import json
from dataclasses import asdict
from hashlib import sha256

from bulletin.model import Block, Standing

_LETTERS = 12


def token(now: Standing) -> str:
    """The word for a standing; where it stands among others is left out, because their moves shift it."""
    told = asdict(now)
    del told["position"]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:_LETTERS]


def token_of(block: Block) -> str:
    """The word for a block as it reads."""
    return sha256(repr(block).encode(errors="replace")).hexdigest()[:_LETTERS]

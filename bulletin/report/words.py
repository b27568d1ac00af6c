"""Numbers and labels as people read them."""

from unicodedata import combining, east_asian_width

from bulletin.report.elements import legible


def percent(fraction: float | None, digits: int = 1) -> str:
    """A fraction as per cent; a dash where there is none."""
    return "–" if fraction is None else f"{100 * fraction:.{digits}f}\u00a0%"


def share(part: int, whole: int) -> str:
    """A part of a whole as per cent, and as it was counted."""
    return f"{percent(part / whole, 0)} ({part:,}\u00a0of\u00a0{whole:,})" if whole else "–"


def number(value: float) -> str:
    """A number with its thousands; with one digit after the point where it is none of the whole ones."""
    return f"{value:,.0f}" if float(value).is_integer() or value >= 100 else f"{value:,.1f}"


def seconds(value: float) -> str:
    """A time: 0.034 s, 2.1 s."""
    return f"{value:.3f} s" if value < 0.1 else f"{value:.1f} s"


def counted(value: float, noun: str) -> str:
    """A number and its noun: 1 text, 2 texts."""
    return f"{number(value)} {noun}" if value == 1 else f"{number(value)} {noun}s"


def shortened(words: str, width: int) -> str:
    """Words that fit into so many places; a letter of Chinese, Japanese or Korean takes two, an accent none."""
    words = " ".join(legible(words).split())
    if _width(words) <= width:
        return words
    words = words[: _ACCENTS * width]
    while words and _width(words) >= width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _width(words: str) -> int:
    return sum(1 + (east_asian_width(letter) in "WF") for letter in words if not combining(letter))


_ACCENTS = 4  # on a letter; no script has more

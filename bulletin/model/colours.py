"""Colours as the eye tells them apart: the contrast of WCAG 2.2."""

from collections.abc import Iterable

RGB = tuple[float, float, float]  # red, green, blue, each from 0 to 1

TEXT = 4.5  # the least contrast of text, to 1: WCAG 1.4.3
LARGE = 3.0  # of text from 24 px, or 18.66 px bold, and of what is no text but has a meaning: 1.4.3 and 1.4.11

_STEPS = 64


def rgb(written: str) -> RGB:
    """Read #12385f or #fff; raises ValueError for anything else."""
    digits = written.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not written.startswith("#") or len(digits) != 6:
        raise ValueError(f"{written!r} is no colour: write it like #12385f")
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def contrast(one: RGB, other: RGB) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black on white): WCAG 2.2, contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    """How bright a colour is, from 0 to 1: WCAG 2.2, relative luminance."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(written: str, others: Iterable[str], least: float) -> str:
    """The colour nearest to one that has at least this contrast with all others; empty when no colour has.

    Itself when it has; else it is mixed with black or white, in steps of a 64th, whichever is reached first.
    """
    behind = [rgb(other) for other in others]
    for step in range(_STEPS + 1):
        for end in ("#000000", "#ffffff"):
            tried = mixed(written, end, step / _STEPS) if step else written
            if all(contrast(rgb(tried), other) >= least for other in behind):
                return tried
    return ""


def mixed(one: str, other: str, share: float) -> str:
    """A colour on the way from one to another, as #12385f; `share` of the other from 0 to 1."""
    parts = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round((start + (end - start) * share) * 255):02x}" for start, end in parts)

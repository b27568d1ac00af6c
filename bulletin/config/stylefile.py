"""How the house writes: the file style.yaml, which a workspace may do without."""

from pathlib import Path

from bulletin.config.schema import StyleFile, fit
from bulletin.config.source import read
from bulletin.errors import Mistake
from bulletin.model import Style

FILE = Path("style.yaml")


def style(folder: Path, mistakes: list[Mistake]) -> Style:
    """Read the house's style; what is wrong with it goes to `mistakes`, and no file is no style."""
    if not (folder / FILE).exists():
        return Style()
    document = read(folder, FILE)
    mistakes.extend(document.mistakes)
    shape = fit(StyleFile, document, mistakes)
    return shape.style() if shape else Style()

"""Rules for the document itself: doctype, languages, title, and what no email may hold."""

from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.rules import ERROR, Fault, Rule, rule


@rule(1, "well-formed", ERROR, "the HTML begins with <!doctype html> and needs no mending")
def _well_formed(letter: Letter) -> Iterator[Fault]:
    if letter.tree.doctype != "html" or not letter.html.lstrip().lower().startswith("<!doctype html>"):
        yield (
            "the HTML does not begin with <!doctype html>: mail programs then guess how to show it",
            letter.html[:60],
        )
    for one in letter.tree.mended:
        yield f"line {one.line} is not well-formed HTML ({one.what})", one.tag


RULES: tuple[Rule, ...] = (_well_formed,)

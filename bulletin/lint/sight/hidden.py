"""Rules for what is underlined and for what nobody sees (rules 14 and 52)."""

from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import declarations
from bulletin.lint.letter.looks import Looks
from bulletin.lint.letter.shorthand import longhand
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, Fault, Rule, rule
from bulletin.lint.sight.buttons import button
from bulletin.lint.sight.seen import SAME_COLOUR, around, concealed, is_read, preheader, texts


@rule(14, "underlines", ERROR, "links are underlined by their own style, and nothing else is")
def _underlines(letter: Letter) -> Iterator[Fault]:
    told: set[int] = set()
    for words, look in letter.views:
        for node in texts(letter, look):
            fault = "" if id(node) in told else _underline(words, look, node)
            if fault:
                told.add(id(node))
                link = around(look, node).link
                yield fault, link.text if link else node.own_text


def _underline(words: str, look: Looks, node: Node) -> str:
    """What is wrong with the line under a text, or with there being none; empty when nothing is."""
    link, line = around(look, node).link, look.underlined(node)
    if link is None:
        return "" if line is None else "this is underlined and no link: readers will try to follow it"
    if (line is not None and _says_so(line)) or button(look, link) is not None:
        return ""
    if line is None:
        return f"{words} this link is not underlined: colour alone does not tell it from text"
    return "the link's own style does not say text-decoration: underline"


def _says_so(node: Node) -> bool:
    """Whether the element underlines in its own style, where no mail program loses it."""
    said = dict(pair for one in declarations(node.get("style")) for pair in longhand(one))
    return node.tag == "u" or "underline" in said.get("text-decoration-line", "")


@rule(52, "hidden-text", ERROR, "no text is hidden but the preheader")
def _hidden(letter: Letter) -> Iterator[Fault]:
    inside = preheader(letter.light)
    everywhere = _everywhere([look for _, look in letter.views])
    for node in letter.tree.body.all():
        if id(node) in everywhere and id(node) not in inside and is_read(node.own_text) and node.tag not in _NO_TEXT:
            yield f"this text is hidden ({everywhere[id(node)]}): take it out, or show it", node.own_text


_NO_TEXT = frozenset({"script", "style", "template", "noscript", "title", "option"})


def _everywhere(looks: list[Looks]) -> dict[int, str]:
    """What is hidden in each look, and how: what only a small screen hides or shows is no trick.

    A colour that hides in the light is one all the same, for the light is what is approved.
    """
    hidden = [concealed(look) for look in looks]
    return {
        key: how for key, (_, how) in hidden[0].items() if how == SAME_COLOUR or all(key in one for one in hidden)
    }


RULES: tuple[Rule, ...] = (_underlines, _hidden)

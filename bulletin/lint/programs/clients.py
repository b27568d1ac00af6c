"""Rules for what mail programs understand of CSS and HTML, by the data in clients.json (rules 45 and 46)."""

import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import Declaration, declarations
from bulletin.lint.letter.opening import opening
from bulletin.lint.letter.tree import Node
from bulletin.lint.programs import stylesheets
from bulletin.lint.programs.stylesheets import plain
from bulletin.lint.programs.support import KNOWN, Unknown, missed, told
from bulletin.lint.rules import ERROR, Fault, Rule, rule


@rule(45, "css-support", ERROR, "every mail program shows the CSS of the email, or has a fallback for it")
def _support(letter: Letter) -> Iterator[Fault]:
    not_outlook = _not_for_outlook(letter)
    for node in letter.tree.body.iter():
        if not node.comment:
            inline = declarations(node.get("style"))
            for one in missed(inline, node):
                yield from told(one, opening(node, "class", "style"), spares_outlook=id(node) in not_outlook)
            yield from _elements(node)
            yield from _wide_in_outlook(node, inline)
    for each in plain(letter):
        for one in missed(each.declarations, None):
            yield from told(one, each.selector)


def _elements(node: Node) -> Iterator[Fault]:
    if node.tag in KNOWN["elements"]:
        yield from told(Unknown(f"<{node.tag}>", KNOWN["elements"][node.tag]), opening(node, "class", "style"))
    if any((one.name, one.value) == ("display", "none") for one in declarations(node.get("style"))):
        return  # whatever the attribute hidden would do, its style does everywhere
    for name in sorted(node.attributes.keys() & KNOWN["attributes"].keys()):
        yield from told(Unknown(f"the attribute {name}", KNOWN["attributes"][name]), opening(node, "class", "style"))


def _wide_in_outlook(node: Node, inline: tuple[Declaration, ...]) -> Iterator[Fault]:
    """Outlook knows max-width of tables only: a div that is to hold the email needs a table around it for Outlook."""
    if node.tag != "div" or not any(one.name == "max-width" and one.value.endswith("px") for one in inline):
        return
    is_held = any(one.name == "display" and one.value == "none" for one in inline) or any(
        one.tag == "table" for one in node.above()
    )
    if not is_held and not any("mso" in _words(one) and "<table" in _words(one) for one in _comments_near(node)):
        yield (
            "max-width of a div is not shown by Outlook for Windows: put a table with a width around it",
            opening(node, "class", "style"),
        )


def _comments_near(node: Node) -> Iterator[Node]:
    """The comments beside an element and beside what it stands in, or first in it."""
    for one in (node, *node.above()):
        yield from (child for child in one.children if isinstance(child, Node) and child.comment)


def _words(comment: Node) -> str:
    return comment.element.text or ""


def _not_for_outlook(letter: Letter) -> frozenset[int]:
    """The elements between <!--[if !mso]><!--> and <!--<![endif]-->, which Outlook for Windows does not see."""
    found: set[int] = set()
    is_spared = False
    for node in letter.tree.body.iter():
        if not node.comment:
            found |= {id(node)} if is_spared else set()
        elif re.match(r"\[if\s*\(?!\s*mso", _words(node).strip()):
            is_spared = True
        elif "[endif]" in _words(node):
            is_spared = False
    return frozenset(found)


RULES: tuple[Rule, ...] = (_support, *stylesheets.RULES)

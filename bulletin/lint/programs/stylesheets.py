"""The rule for style sheets: what is needed stands in the elements, for mail programs drop the rest (rule 46)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bulletin.lint.letter import Letter
from bulletin.lint.letter.attributes import presentation
from bulletin.lint.letter.css import Rule as StyleRule
from bulletin.lint.letter.css import declarations
from bulletin.lint.letter.shorthand import longhand
from bulletin.lint.letter.tree import Node
from bulletin.lint.programs.support import KNOWN, Unknown, told
from bulletin.lint.rules import ERROR, Fault, Rule, rule

MOST = 8192  # bytes of style elements: beyond that, Gmail begins to drop them
# Selectors that only one mail program's own markup fits: every other one passes over them.
_OWN_MARKUP = re.compile(
    r"#outlook|\.ExternalClass|\.ReadMsgBody|\.yshortcuts|\bu\s*[+~]|#MessageViewBody|#MessageWebViewDiv|\.moz-text-html|"
    r"x-apple-data-detectors|data-ogs[bc]|data-outlook-cycle|owa-|\.gmail|\.aolmail|\.unseen|\.AppleMailSignature|"
    r"\[office365\]|\[x-",
    re.IGNORECASE,
)
_REACTS = re.compile(r":(?:hover|focus|active|visited|focus-visible|focus-within)\b")


@rule(
    46, "inline-styles", ERROR, "styles stand in the elements; the head has up to 8 kB for small screens and the dark"
)
def _inline(letter: Letter) -> Iterator[Fault]:
    size = sum(len("".join(one for one in node.children if isinstance(one, str)).encode()) for node in letter.styles)
    if size > MOST:
        yield f"the style elements have {size} bytes: mail programs drop long ones, so keep within {MOST}", ""
    for node in letter.styles:
        if any(one is letter.tree.body for one in node.above()):
            yield "a style element stands in the body, where Gmail drops it: move it to the head", node.text
    for sheet in letter.sheets:
        for name in sorted(set(sheet.at_rules) & KNOWN["at-rules"].keys()):
            yield from told(Unknown(f"@{name}", KNOWN["at-rules"][name]), f"@{name}")
        for why in sheet.broken:
            yield f"the style sheet cannot be understood ({why}), and Gmail drops all of it", ""
    yield from _not_inline(letter)


def _not_inline(letter: Letter) -> Iterator[Fault]:
    concerned = _concerned(letter)
    for place, each in enumerate(letter.light.cascade.rules):
        if _is_plain(each) and not _is_inline_too(each, concerned.get(place, [])):
            yield (
                "this rule must stand in the elements' own styles, for some mail programs drop style sheets",
                each.selector,
            )


def _concerned(letter: Letter) -> Mapping[int, list[Node]]:
    """The elements that each rule concerns, by its place."""
    found: dict[int, list[Node]] = {}
    for node in letter.tree.all():
        for place in letter.light.cascade.of(node):
            found.setdefault(place, []).append(node)
    return found


def _is_inline_too(each: StyleRule, nodes: list[Node]) -> bool:
    names = {name for one in each.declarations for name, _ in longhand(one)}
    return bool(nodes) and all(names <= _set_by(node) for node in nodes)


def _set_by(node: Node) -> set[str]:
    inline = {name for one in declarations(node.get("style")) for name, _ in longhand(one)}
    return inline | presentation(node).keys()


def plain(letter: Letter) -> Iterable[StyleRule]:
    """The rules of style sheets that are for all mail programs."""
    return (each for sheet in letter.sheets for each in sheet.rules if _is_plain(each))


def _is_plain(each: StyleRule) -> bool:
    """Whether a rule is for all mail programs: not for some screens, for one program, or for a mouse."""
    if each.media not in _ANY_SCREEN or _OWN_MARKUP.search(each.selector) or _REACTS.search(each.selector):
        return False
    names = {one.name for one in each.declarations}
    return bool(names) and not all(
        (name.startswith(("mso-", "-")) and not name.startswith("--")) or name in _SCHEMES for name in names
    )


_ANY_SCREEN = frozenset({"", "all", "screen", "only screen"})
_SCHEMES = frozenset({"color-scheme", "supported-color-schemes"})

RULES: tuple[Rule, ...] = (_inline,)

"""Reads an email as a mail program does: elements, their inherited styles, and the dark palette on top."""

import re
from functools import cached_property

import cssselect
from lxml import etree
from lxml.cssselect import CSSSelector

_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n    \}", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]+)\}")


class Document:
    """An HTML email; `dark` asks for what a reader in dark mode sees."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.tree = etree.fromstring(html, etree.HTMLParser())

    def all(self, selector: str) -> list:
        return CSSSelector(selector)(self.tree)

    def style(self, element, name: str, *, dark: bool = False) -> str:
        """A property of the element itself, in the light or the dark palette."""
        own = declarations(element.get("style", "")).get(name, "")
        return (self._dark.get((element, name), own) if dark else own).removesuffix("!important").strip()

    def inherited(self, element, name: str, *, dark: bool = False) -> str:
        """A property of the element or its nearest ancestor that has one."""
        return next(
            filter(None, (self.style(one, name, dark=dark) for one in (element, *element.iterancestors()))), ""
        )

    @cached_property
    def _dark(self) -> dict:
        rules = []
        for block in _DARK.findall("".join(style.text for style in self.all("style"))):
            for selectors, body in _RULE.findall(block):
                for selector in cssselect.parse(selectors.strip()):
                    rules.append((selector.specificity(), len(rules), selector.canonical(), declarations(body)))
        return {
            (element, name): value
            for _, _, selector, body in sorted(rules, key=lambda rule: rule[:2])
            for element in self.all(selector)
            for name, value in body.items()
        }


def declarations(style: str) -> dict[str, str]:
    """Names and values of the declarations in a style attribute or a rule."""
    pairs = (declaration.partition(":") for declaration in style.split(";") if ":" in declaration)
    said = {name.strip(): value.strip() for name, _, value in pairs}
    font = re.fullmatch(r"(\S+?)/(\S+) (.+)", said.pop("font", ""))
    return said | (dict(zip(("font-size", "line-height", "font-family"), font.groups(), strict=True)) if font else {})


def text(element) -> str:
    """All words inside an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def own_text(element) -> str:
    """The words that stand directly in an element, not those of its children."""
    return " ".join(" ".join([element.text or "", *(child.tail or "" for child in element)]).split())


def contrast(colour: str, background: str) -> float:
    """The contrast of two colours, #rrggbb or #rgb,, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(colour), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    if len(colour) == len("#rgb"):
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

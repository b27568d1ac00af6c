"""What WAI-ARIA 1.2 allows: roles, and the attributes whose names begin with aria-, with their values."""

import re
from collections.abc import Callable


def _all_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TRUE_FALSE = frozenset({"true", "false"})
_MAYBE = _TRUE_FALSE | {"undefined"}
_MIXED = _MAYBE | {"mixed"}
_WORDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("atomic", "busy", "disabled", "modal", "multiline", "multiselectable", "readonly", "required"),
                    _TRUE_FALSE),
    **dict.fromkeys(("expanded", "grabbed", "hidden", "selected"), _MAYBE),
    **dict.fromkeys(("checked", "pressed"), _MIXED),
    "autocomplete": frozenset({"inline", "list", "both", "none"}),
    "current": _TRUE_FALSE | {"page", "step", "location", "date", "time"},
    "dropeffect": frozenset({"copy", "execute", "link", "move", "none", "popup"}),
    "haspopup": _TRUE_FALSE | {"menu", "listbox", "tree", "grid", "dialog"},
    "invalid": _TRUE_FALSE | {"grammar", "spelling"},
    "live": frozenset({"assertive", "off", "polite"}),
    "orientation": frozenset({"horizontal", "vertical", "undefined"}),
    "relevant": frozenset({"additions", "all", "removals", "text"}),
    "sort": frozenset({"ascending", "descending", "none", "other"}),
}  # fmt: skip
_NUMBERS = frozenset(
    ("colcount", "colindex", "colspan", "level", "posinset", "rowcount", "rowindex", "rowspan", "setsize", "valuemax",
     "valuemin", "valuenow")
)  # fmt: skip
_REFERENCES = frozenset(
    {"activedescendant", "controls", "describedby", "details", "errormessage", "flowto", "labelledby", "owns"}
)
_TEXTS = frozenset(
    ("braillelabel", "brailleroledescription", "colindextext", "description", "keyshortcuts", "label", "placeholder",
     "roledescription", "rowindextext", "valuetext")
)  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ROLES = _all_of(
    "alert alertdialog application article associationlist banner blockquote button caption cell checkbox code"
    " columnheader combobox comment complementary contentinfo definition deletion dialog directory document emphasis"
    " feed figure form generic grid gridcell group heading image img insertion link list listbox listitem log main"
    " mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option"
    " paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox"
    " separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel"
    " term textbox time timer toolbar tooltip tree treegrid treeitem"
)


def is_role(role: str) -> bool:
    """Whether there is such a role; those of books (doc-) and graphics (graphics-) are not looked at."""
    return role in _ROLES or role.startswith(("doc-", "graphics-"))


def fault_of(attribute: str, value: str, exists: Callable[[str], bool]) -> str:
    """What is wrong with an aria- attribute, in words; empty when nothing is. `exists` tells whether an id does."""
    name = attribute.removeprefix("aria-")
    if name in _WORDS:
        words = value.lower().split() if name == "relevant" else [value.strip().lower()]
        return "" if words and set(words) <= _WORDS[name] else f"{attribute} cannot be “{value}”"
    if name in _NUMBERS:
        return "" if _NUMBER.fullmatch(value.strip()) else f"{attribute} must be a number and is “{value}”"
    if name in _REFERENCES:
        lost = [one for one in value.split() if not exists(one)]
        return f"{attribute} names {', '.join(lost) or 'nothing'}, which is not there" if lost or not value else ""
    return "" if name in _TEXTS else f"there is no attribute {attribute}"

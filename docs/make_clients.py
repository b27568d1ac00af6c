"""Make bulletin/lint/programs/clients.json of the data of caniemail: what the linter needs of mail programs.

Run by hand with the path of that data as one JSON file: `python docs/make_clients.py caniemail.json`.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

MADE = Path(__file__).parents[1] / "bulletin" / "lint" / "programs" / "clients.json"
# The new Outlook for Windows shows email with the engine of Outlook.com, so both have one column.
PROGRAMS = {
    "outlook/windows": "Outlook for Windows",
    "outlook/outlook-com": "Outlook.com and the new Outlook",
    "gmail/desktop-webmail": "Gmail",
    "gmail/ios": "Gmail on iPhones",
    "gmail/android": "Gmail on Android",
    "apple-mail/macos": "Apple Mail",
    "apple-mail/ios": "Mail on iPhones",
}
# What a feature is in a style sheet, where its name on caniemail does not say so.
PROPERTIES = {
    "css-block-inline-size": ("block-size", "inline-size"),
    "css-column-layout-properties": ("columns", "column-fill", "column-rule", "column-span", "column-width"),
    "css-gap": ("gap", "column-gap", "row-gap"),
    "css-grid-template": ("grid-template", "grid-template-areas", "grid-template-columns", "grid-template-rows"),
    "css-left-right-top-bottom": ("left", "right", "top", "bottom"),
    "css-margin-block-start-end": ("margin-block-start", "margin-block-end"),
    "css-margin-inline-block": ("margin-inline", "margin-block"),
    "css-margin-inline-start-end": ("margin-inline-start", "margin-inline-end"),
    "css-padding-block-start-end": ("padding-block-start", "padding-block-end"),
    "css-padding-inline-block": ("padding-inline", "padding-block"),
    "css-padding-inline-start-end": ("padding-inline-start", "padding-inline-end"),
    "css-border-inline-block": ("border-inline", "border-block"),
    "css-border-inline-block-individual": (
        "border-inline-start", "border-inline-end", "border-block-start", "border-block-end",
    ),
    "css-border-inline-block-longhand": ("border-inline-width", "border-inline-color", "border-block-width"),
    "css-border-radius-logical": ("border-start-start-radius", "border-end-end-radius"),
    "css-scroll-snap": ("scroll-snap-type", "scroll-snap-align"),
    "css-flex-direction": ("flex-direction", "flex", "flex-flow", "flex-grow", "flex-shrink", "flex-basis", "order"),
    "css-justify-content": ("justify-content", "justify-items", "justify-self", "place-content", "place-items"),
    "css-align-items": ("align-items", "align-content", "align-self"),
    "css-flex-wrap": ("flex-wrap",),
    "css-display-grid": ("grid", "grid-area", "grid-column", "grid-row", "grid-auto-flow"),
    "css-color-scheme": ("color-scheme",),
    "css-font": ("font",),
    "css-height": ("height",),
    "css-width": ("width",),
    "css-max-height": ("max-height",),
    "css-min-height": ("min-height",),
    "css-min-width": ("min-width",),
    "css-text-orientation": ("text-orientation",),
    "css-border-radius": (
        "border-radius", "border-top-left-radius", "border-top-right-radius", "border-bottom-left-radius",
        "border-bottom-right-radius",
    ),
    "css-animation": ("animation", "animation-name", "animation-duration", "animation-iteration-count"),
    "css-transition": ("transition", "transition-property", "transition-duration"),
}  # fmt: skip
VALUES = {
    "css-display-flex": ("display:flex", "display:inline-flex"),
    "css-display-grid": ("display:grid", "display:inline-grid"),
    "css-intrinsic-size": ("*:fit-content", "*:min-content", "*:max-content"),
    "css-unit-initial": ("*:initial",),
    "css-sytem-ui": (),
}
FUNCTIONS = {
    "css-rgba": ("rgba",),
    "css-variables": ("var",),
    "css-unit-calc": ("calc",),
    "css-function-clamp": ("clamp",),
    "css-function-min": ("min",),
    "css-function-max": ("max",),
    "css-function-light-dark": ("light-dark",),
    "css-linear-gradient": ("linear-gradient", "repeating-linear-gradient"),
    "css-radial-gradient": ("radial-gradient", "repeating-radial-gradient"),
    "css-conic-gradient": ("conic-gradient", "repeating-conic-gradient"),
    "css-modern-color": ("lch", "oklch", "lab", "oklab"),
}
# Forms, media and the like are left out, for rule 40 forbids them altogether; so is what loses no words where it is
# not known, such as section or abbr.
ELEMENTS = {
    "html-dialog": ("dialog",),
    "html-meter": ("meter",),
    "html-picture": ("picture",),
    "html-progress": ("progress",),
    "html-ruby": ("ruby",),
}
ATTRIBUTES = {"html-hidden": ("hidden",), "html-popover": ("popover",)}
AT_RULES = {"css-at-font-face": ("font-face",), "css-at-import": ("import",)}
Table = Mapping[str, tuple[str, ...]]
NAME = re.compile(r"[a-z-]+")
NO_PROPERTY = ("css-at-", "css-pseudo-", "css-selector-", "css-function-", "css-unit-")


def main(source: str) -> None:
    """Read what caniemail knows and write what the linter needs."""
    known = json.loads(Path(source).read_text(encoding="utf-8"))
    features = known["features"]
    kinds: dict[str, Table] = {
        "values": VALUES,
        "functions": FUNCTIONS,
        "elements": ELEMENTS,
        "attributes": ATTRIBUTES,
        "at-rules": AT_RULES,
    }
    told = {slug for table in kinds.values() for slug in table}
    made: dict[str, Any] = {
        "source": {
            "repository": f"https://github.com/{known['_source']['repo']}",
            "commit": known["_source"]["commit"],
            "licence": known["_source"]["licence"],
            "copyright": "Copyright (c) Rémi Parmentier and the contributors of caniemail",
            "tested until": max(dates(features)),
            "made by": "docs/make_clients.py",
            "letters": "for each program in its order: y shown, a shown in part, n not shown, u unknown",
        },
        "programs": list(PROGRAMS.values()),
        "properties": dict(sorted(named(features, properties(features, told)))),
    }
    for kind, table in kinds.items():
        made[kind] = dict(sorted(named(features, table.items())))
    made["units"] = dict(sorted(named(features, units(features))))
    MADE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def dates(features: dict[str, Any]) -> Iterator[str]:
    """The days on which features were tested last."""
    return (feature["last_test_date"] for feature in features.values() if feature["last_test_date"])


def support(feature: dict[str, Any]) -> str:
    """A letter for each program."""
    return "".join(feature["latest"].get(program, "u").split()[0] for program in PROGRAMS)


def named(features: dict[str, Any], table: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    """The names that stand in an email, and who shows them; not what all programs show."""
    for slug, names in table:
        letters = support(features[slug])
        if set(letters) != {"y"}:
            yield from ((name, letters) for name in names)


def properties(features: dict[str, Any], told: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The properties: those of the table, and what else has the name of one."""
    for slug, feature in features.items():
        bare = feature["title"].split(" property")[0].strip()
        if slug in PROPERTIES:
            yield slug, PROPERTIES[slug]
        elif (
            slug.startswith("css-") and slug not in told and not slug.startswith(NO_PROPERTY) and NAME.fullmatch(bare)
        ):
            yield slug, (bare,)


def units(features: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The units of lengths."""
    for slug in features:
        name = slug.removeprefix("css-unit-")
        if slug.startswith("css-unit-") and name not in ("calc", "initial", "percent"):
            yield slug, (name,)


if __name__ == "__main__":
    main(sys.argv[1])

"""Brands: what the emails of one list look like, each in a file of its own in brands/ by which it is called."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from bulletin.config.addresses import web_address
from bulletin.config.brandrules import FOLDER, brand_rules, colour
from bulletin.config.schema import Email, Shape, Text, WebAddress, by, fit
from bulletin.config.source import read
from bulletin.config.values import line, quoted, whole
from bulletin.errors import Mistake
from bulletin.model import Brand, Contact, Logo, brands

_ALT_LETTERS = 125  # NHS service manual, images; reference bars, rule 9
_PICTURES = (".png", ".jpg", ".jpeg", ".gif")  # what every mail program shows
_OPENINGS = re.compile(r"(image|picture|photo|photograph|logo) of\b", re.IGNORECASE)


def _picture(value: str) -> str:
    address = web_address(value)
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.path.lower().endswith(_PICTURES):
        raise ValueError(
            f"{quoted(value)} is no picture for an email: it begins with https:// and ends in .png or .jpg"
        )
    return address


def _alt(value: str) -> str:
    words = line(value)
    if len(words) > _ALT_LETTERS:
        raise ValueError(f"has {len(words)} letters: say in at most {_ALT_LETTERS} what the picture says")
    if _OPENINGS.match(words) or words.lower().endswith(_PICTURES):
        raise ValueError(f"say what the picture says, such as the name on it, not {quoted(words)}")
    return words


Colour = Annotated[str, by(colour)]


class ColoursShape(Shape):
    """A palette: each colour may be left out."""

    noun = "a palette"
    page: Colour = ""
    paper: Colour = ""
    panel: Colour = ""
    banner: Colour = ""
    title: Colour = ""
    text: Colour = ""
    quiet: Colour = ""
    heading: Colour = ""
    link: Colour = ""
    accent: Colour = ""
    good: Colour = ""

    def given(self) -> dict[str, str]:
        """Return the colours that are not left out."""
        return {name: value for name, value in self.model_dump().items() if value}


class LogoShape(Shape):
    """The logo on the banner; sizes in pixels, as it is shown."""

    noun = "a logo"
    url: Annotated[str, by(_picture)]
    alt: Annotated[str, by(_alt)]
    width: Annotated[int, by(whole(1, 528))]  # what fits between the edges of an email
    height: Annotated[int, by(whole(1, 300))]


class ContactShape(Shape):
    """Who answers the readers."""

    noun = "a contact"
    name: Text = ""
    email: Email = ""
    phone: Text = ""
    web: WebAddress = ""


class BrandFile(Shape):
    """The whole of one file in brands/."""

    noun = "a brand"
    under = {"light": ColoursShape, "dark": ColoursShape, "logo": LogoShape, "contact": ContactShape}  # noqa: RUF012
    light: ColoursShape = ColoursShape()
    dark: ColoursShape = ColoursShape()
    logo: LogoShape | None = None
    header: Text = ""
    footer: Text = ""
    contact: ContactShape = ContactShape()

    def brand(self) -> Brand:
        """Return the brand, with what it leaves out."""
        by_day = self.light.given()
        return Brand(
            light=brands.light(by_day),
            dark=brands.dark(self.dark.given(), by_day),
            logo=Logo(**self.logo.model_dump()) if self.logo else Logo(),
            header=self.header,
            footer=self.footer,
            contact=Contact(**self.contact.model_dump()),
        )


def read_brands(folder: Path, mistakes: list[Mistake]) -> dict[str, Brand]:
    """Read the brands of a workspace by their ids; what is wrong goes to `mistakes`, and no folder is no brand."""
    found = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        document = read(folder, path.relative_to(folder))
        mistakes.extend([*document.mistakes, *brand_rules(document)])
        shape = fit(BrandFile, document, mistakes)
        if shape:
            found[path.stem] = shape.brand()
    return found

"""What is exported: an edition, or a list of items under a title, as words with a name and a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.model import Heading, Page, Printed

DRAFT = "Draft: nobody has approved this edition, and it may still change."


@dataclass(frozen=True)
class Paper:
    """A page on its way out."""

    page: Page
    name: str  # ASCII letters, digits and hyphens: the id of the edition, or what is made of a list's title
    day: date
    updated: datetime  # aware; when its words were settled
    is_draft: bool = False
    audience: str = ""  # the name of the list that it is for
    home: str = ""  # the address where readers find it, scheme and host; empty: nowhere

    @property
    def lead(self) -> str:
        """What stands below the title: the number, the day and how much there is to read."""
        number = f"Number {self.page.number}" if self.page.number else ""
        audience = f"for {self.audience}" if self.audience else ""
        return ", ".join(filter(None, (number, self.page.day, audience, self.page.size)))

    @property
    def is_grouped(self) -> bool:
        """Whether its items stand under headings; those of a list stand under its title alone."""
        return any(heading.name for heading in self.page.headings)

    @property
    def language(self) -> str:
        """The language of all that does not name its own, BCP 47."""
        return self.page.language or "en-GB"

    def items(self) -> Iterator[tuple[Heading, Printed]]:
        """Yield every item with its heading, in print order."""
        for heading in self.page.headings:
            for item in heading.items:
                yield heading, item

    def keyword(self, heading: Heading) -> str:
        """What the items under a heading are filed under elsewhere: the heading, or the title of a list."""
        return heading.name or self.page.title

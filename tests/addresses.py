"""Every address of the table of routes, with something that is there in each of its places."""

import re
from dataclasses import dataclass

from bulletin import jobs
from bulletin.jobs import Desk, blocks
from bulletin.model import BlockKind
from bulletin.people import tokens
from bulletin.web.route import Route
from bulletin.web.routes import ROUTES


@dataclass(frozen=True)
class There:
    """What stands in the places of a rule: ids that this newsroom has."""

    bulletin: str
    edition: str
    item: str
    topic: str
    feed: str
    person: str
    audience: str
    session: int
    token: str
    block: int

    def fill(self, rule: str) -> str:
        """The address of a rule."""
        places = {
            "bulletin": self.bulletin,
            "edition": self.edition,
            "item": self.item,
            "one": self.item,
            "other": self.item,
            "gone": self.item,
            "topic": self.topic,
            "feed": self.feed,
            "number": str(self.session) if "session" in rule and "/people/" not in rule else self.person,
            "audience": self.audience,
            "token": self.token,
            "shape": "ris",
            "block": str(self.block),
            "name": "desk.css" if rule.startswith("/static") else self.audience,
        }
        return re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda found: places[found[1]], rule)


def there(desk: Desk, bulletin: str, email: str) -> There:
    """What there is in a newsroom that has a draft of this bulletin; the link and the session are this person's."""
    draft = next(row for row in jobs.drafts(desk) if row.bulletin == bulletin)
    sheet = jobs.sheet(desk, jobs.edition_of(desk, draft.id), email)
    editor = desk.store.editors.by_email(email)
    token = tokens.new_token()
    desk.store.tokens.add(tokens.digest(token), editor.id, "choose a password", desk.now().replace(year=2100))
    return There(
        bulletin=bulletin,
        edition=draft.id,
        item=sheet.groups[0].cards[0].item.id,
        topic=sheet.groups[0].topic,
        feed=desk.config.feeds[0].id,
        person=editor.id,
        audience=desk.bulletin(bulletin).lists[0].id,
        session=desk.store.sessions.of(editor.id)[0].id,
        token=token,
        block=_block(desk, draft.id, email),
    )


def _block(desk: Desk, edition: str, email: str) -> int:
    """The number of a block of this edition; one is written if there is none."""
    known = [row.block.number for row in blocks.listed(desk, edition) if not row.removed]
    return known[0] if known else blocks.add(desk, edition, BlockKind.NEWS, {"title": "News"}, email).number


def gets() -> list[Route]:
    """The routes that are only looked at."""
    return [route for route in ROUTES if route.methods == ("GET",)]


def posts() -> list[Route]:
    """The routes that change something."""
    return [route for route in ROUTES if "POST" in route.methods]

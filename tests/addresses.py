"""Every address of the table of routes, with something that is there in each of its places."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bulletin import jobs
from bulletin.jobs import Desk, blocks
from bulletin.model import BlockKind, Way
from bulletin.people import personal, tokens
from bulletin.store import SignUp
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
    subscriber: str
    own: dict[str, str]  # what stands in the links of readers, by the first part of their addresses

    def fill(self, rule: str) -> str:
        """The address of a rule."""
        first = rule.split("/")[1]
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
            "token": self.own.get(first, self.token),
            "mark": self.own.get(first, ""),
            "subscriber": self.subscriber,
            "kept": "nothing",  # what is kept between two pages is nobody's yet
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
    item = sheet.groups[0].cards[0].item.id
    reader, own = _own(desk, bulletin)
    return There(
        bulletin=bulletin,
        edition=draft.id,
        item=item,
        topic=sheet.groups[0].topic,
        feed=desk.config.feeds[0].id,
        person=editor.id,
        audience=desk.bulletin(bulletin).lists[0].id,
        session=desk.store.sessions.of(editor.id)[0].id,
        token=token,
        block=_block(desk, draft.id, email),
        subscriber=reader,
        own=own | _marks(desk, draft.id, item),
    )


def _own(desk: Desk, bulletin: str) -> tuple[str, dict[str, str]]:
    """A reader on a list of this bulletin, their links, and that of a sign-up that waits for its yes.

    It is somebody else each time, because a test may have had the one before erased for good.
    """
    place = bulletin, desk.bulletin(bulletin).lists[0].id
    told = (desk, f"reader-{secrets.token_hex(4)}@example.nhs.uk", [place], Way.DESK, "in a test")
    reader = jobs.subscribers.join(*told).subscriber
    yes, now = tokens.new_token(), desk.now()
    one = SignUp(tokens.digest(yes), "new@example.nhs.uk", (place,), "in a test", now, now.replace(year=2100))
    desk.store.signups.add(one, timedelta())
    return reader.id, {
        "leave": personal.token(desk.keys, "leave", reader.id, *place),
        "choices": personal.token(desk.keys, "choices", reader.id),
        "join": yes,
    }


def _marks(desk: Desk, edition: str, item: str) -> dict[str, str]:
    """What proves the links of an email that tell what came of it."""
    about = {"to": (edition, item), "useful": (edition,)}
    return {purpose: desk.keys.mark(purpose, *told)[:16] for purpose, told in about.items()}


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

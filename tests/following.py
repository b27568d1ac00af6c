"""A desk whose pages readers reach, with an edition whose links count, and another bulletin without any."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import editing
import newsroom
from bs4 import BeautifulSoup

from bulletin import config, jobs
from bulletin.jobs import Desk
from bulletin.model import Email
from bulletin.store.outbox import tables

BASE = "https://bulletins.example.nhs.uk"
EDITION = "update-2026-11-22"
OTHER = """\
  - id: other
    title: Another Update
    headings: [greener]
    schedule: {every: month, on: first monday, at: "09:00", zone: Europe/London}
    lists:
      - {id: others, name: Others, from: Wexbridge Library <library@example.nhs.uk>}
"""
LIST = "        from: Wexbridge Library <library@example.nhs.uk>\n"


@contextmanager
def open_desk(folder: Path, clock: newsroom.Clock, base: str = BASE, clicks: str = "count") -> Iterator[Desk]:
    newsroom.workspace(folder, "http://127.0.0.1:9/a")
    lists = newsroom.BULLETINS.replace("most: 2", "most: 9").replace(LIST, f"{LIST}        clicks: {clicks}\n")
    (folder / "bulletins.yaml").write_text(lists + OTHER, encoding="utf-8")
    loaded = config.load(folder, newsroom.environment(folder) | ({"BULLETIN_BASE_URL": base} if base else {}))
    with jobs.open_desk(loaded, clock) as desk:
        yield desk


def compose(desk: Desk, items: int = 8) -> list[str]:
    """Draft an edition of so many items; gives their ids."""
    ids = [editing.shelve(desk, f"Retention of nurses, part {number}", workforce=0.9) for number in range(items)]
    editing.compose(desk, "update")
    return ids


def approve(desk: Desk) -> None:
    editing.approve(desk, EDITION, "eve@example.nhs.uk")


def email(desk: Desk) -> Email:
    (audience,) = desk.bulletin("update").lists
    return jobs.email(desk, jobs.edition_of(desk, EDITION), audience)


def links(desk: Desk) -> dict[str, str]:
    """The links of the email by their words."""
    return {
        one.get_text(" ", strip=True): one["href"]
        for one in BeautifulSoup(email(desk).html, "lxml").select("a[href]")
    }


def deliver(desk: Desk, edition: str, states: dict[str, int], bulletin: str = "update", of: str = "managers") -> None:
    """Deliveries of an approved edition that ended so; the same people each time, from the first one on."""
    approval = desk.store.approvals.holding([edition])[edition]
    ended = [state for state, number in states.items() for _ in range(number)]
    with desk.store._database.write() as connection:
        if not connection.execute(tables.message.select()).first():
            connection.execute(tables.message.insert().values(digest="m", subject="", mime=b""))
        for number, state in enumerate(ended):
            row = {
                "edition": edition,
                "bulletin": bulletin,
                "list": of,
                "recipient": f"{number:016x}",
                "message": "m",
            }
            row |= {"approval": approval.id, "address": f"p{number}@example.nhs.uk", "name": f"Person {number}"}
            row |= {"message_id": f"{edition}.{number}@example.nhs.uk", "gathers": False}
            (key,) = connection.execute(tables.delivery.insert().values(row)).inserted_primary_key
            if state == "waiting":
                connection.execute(tables.due.insert().values(delivery=key, at=desk.now()))
            else:
                words = {"suppressed": "they had left the list", "failed": "550 5.1.1 no such person"}.get(state, "")
                end = {"delivery": key, "state": state, "at": desk.now(), "words": words, "by": ""}
                connection.execute(tables.ending.insert().values(end))

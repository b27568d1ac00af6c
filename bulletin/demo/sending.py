"""What the sample newsroom sends: its last bulletin, into a folder, to five sample readers of whom one has left."""

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bulletin import jobs
from bulletin.config import bulletinsfile
from bulletin.config.filechange import write
from bulletin.jobs import Desk
from bulletin.model import Edition, State, Way

_EDITOR = "the sample newsroom"
_CONSENT = "They are not real people."


@dataclass(frozen=True)
class Sent:
    """What came of sending: where it lies, in which state each reader ended, and the refused rows of their file."""

    folder: Path
    states: Counter[State]
    refused: int


def by_person(newsroom: Path, bulletin: str, list_id: str) -> None:
    """Have the sample newsroom's file say that this list gets one email for each person."""
    form = bulletinsfile.list_(newsroom, bulletin, list_id)
    told = form.values | {"delivery": "individual"}
    write(bulletinsfile.change_list(newsroom, bulletin, list_id, told, form.digest))


def send(desk: Desk, edition: Edition, folder: Path) -> Sent:
    """Take the sample readers in, approve an edition, let one reader leave, and send it twice, which is once."""
    place = edition.bulletin, desk.bulletin(edition.bulletin).lists[0].id
    wish = jobs.subscribers.Wish(place, _CONSENT, "readers.csv")
    content = (files("bulletin.demo") / "readers.csv").read_bytes()
    intake = jobs.subscribers.take_in(desk, content, wish, _EDITOR)
    jobs.accept(desk, edition.id, [one.key for one in jobs.plan(desk, edition.id, _EDITOR).warnings], _EDITOR)
    jobs.approve(desk, edition.id, _EDITOR)
    leaver = desk.store.subscribers.on(*place)[-1]
    jobs.subscribers.leave(desk, leaver.id, [place], Way.LINK)
    for _ in range(2):
        jobs.deliver.run(desk, edition.id)
    return Sent(folder, jobs.deliver.states(desk, edition.id), len(intake.refused))

"""Lists: whether anybody gets what is sent to each person, who may join, and whether a test was had lately."""

from collections.abc import Iterator

from bulletin.jobs.desk import Desk
from bulletin.jobs.tested import FRESH, SMALL
from bulletin.model import Bulletin, DistributionList, Light, Remark

_ANYONE = "anyone"


def remarks(desk: Desk) -> Iterator[Remark]:
    """Judge every list."""
    if not desk.config.bulletins:
        yield Remark(Light.WRONG, "Lists", "there is no bulletin in bulletins.yaml")
    for bulletin in desk.config.bulletins:
        for audience in bulletin.lists:
            yield from _people(desk, bulletin, audience)
            yield from _sign_up(desk, bulletin, audience)


def _people(desk: Desk, bulletin: Bulletin, audience: DistributionList) -> Iterator[Remark]:
    where = f"{audience.name} of {bulletin.title}"
    if audience.delivery != "individual":
        return
    many = len(desk.store.subscribers.on(bulletin.id, audience.id))
    latest = desk.store.tested.latest(bulletin.id, [audience.id]).get(audience.id)
    if not many:
        yield Remark(Light.LOOK, "Lists", f"{where} has nobody on it: `bulletin subscribers` takes in a file")
    elif many > SMALL and not (latest and latest > desk.now() - FRESH):
        words = f"{where} has {many} people, and no test in the last 24 hours: it cannot be approved before one"
        yield Remark(Light.LOOK, "Tests", words)
    else:
        yield Remark(Light.GOOD, "Lists", f"{where} has {many} {'person' if many == 1 else 'people'}")


def _sign_up(desk: Desk, bulletin: Bulletin, audience: DistributionList) -> Iterator[Remark]:
    if not audience.sign_up:
        return
    where = f"{audience.name} of {bulletin.title}"
    if desk.config.smtp is None and desk.config.outbox is None:
        words = f"people may put themselves on {where}, and no email can ask them to confirm: set BULLETIN_SMTP_URL"
        yield Remark(Light.WRONG, "Sign-up", words)
    elif _ANYONE in audience.sign_up:
        yield Remark(Light.LOOK, "Sign-up", f"anyone in the world may put themselves on {where}: is that meant?")
    else:
        yield Remark(Light.GOOD, "Sign-up", f"people of {', '.join(audience.sign_up)} may put themselves on {where}")
    if not desk.config.library.privacy:
        words = f"who signs up for {where} is shown no privacy notice: set privacy under library in bulletins.yaml"
        yield Remark(Light.LOOK, "Sign-up", words)

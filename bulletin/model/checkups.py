"""What the doctor says: of the settings, and of an email that arrived somewhere."""

from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """How something is."""

    GOOD = "good"
    LOOK = "look"  # it works, or cannot be told: somebody should look at it
    WRONG = "wrong"


class Provider(StrEnum):
    """Where readers have their mailboxes; the value is its name."""

    NHSMAIL = "NHSmail"
    GMAIL = "Gmail"
    OUTLOOK = "Outlook"


EVERYWHERE = frozenset(Provider)


@dataclass(frozen=True)
class Remark:
    """One thing that was looked at, in plain words that say what to do where something is to be done."""

    light: Light
    about: str  # a word or two: SPF, base URL
    words: str
    matters_to: frozenset[Provider] = EVERYWHERE


@dataclass(frozen=True)
class Checkup:
    """What was found in one email, in the order in which it is best mended."""

    sender: str  # the address in From; empty when there is none
    subject: str
    receiver: str  # the host that took it in; empty when nothing tells
    remarks: tuple[Remark, ...]
    verdicts: tuple[tuple[Provider, Light, str], ...]  # of each place, in words

    @property
    def worst(self) -> Light:
        """The worst light that anything has."""
        return worst(self.remarks)


def worst(remarks: tuple[Remark, ...]) -> Light:
    """The worst light among remarks; good when there are none."""
    lights = {one.light for one in remarks}
    return next((light for light in (Light.WRONG, Light.LOOK) if light in lights), Light.GOOD)

"""One verdict for each place where readers have their mailboxes."""

from collections.abc import Iterator

from bulletin.model import Light, Provider, Remark, worst

THIS_FILE = "This file"  # what a remark is about that says that the file tells too little

_WORDS = {
    Light.GOOD: "nothing in this email stands in the way",
    Light.LOOK: "it should arrive; look at {about}",
    Light.WRONG: "mend {about} first",
}


def verdicts(remarks: tuple[Remark, ...]) -> tuple[tuple[Provider, Light, str], ...]:
    """Say of each place how an email fares there, by what matters to it."""
    return tuple(_verdict(provider, remarks) for provider in Provider)


def _verdict(provider: Provider, remarks: tuple[Remark, ...]) -> tuple[Provider, Light, str]:
    here = tuple(one for one in remarks if provider in one.matters_to)
    if any(one.about == THIS_FILE for one in here):
        return provider, Light.LOOK, "cannot be told from this file"
    light = worst(here)
    about = list(dict.fromkeys(one.about for one in here if one.light is light))
    return provider, light, _WORDS[light].format(about=" and ".join(_joined(about)))


def _joined(words: list[str]) -> Iterator[str]:
    """All but the last in one, with commas."""
    if words[:-1]:
        yield ", ".join(words[:-1])
    yield from words[-1:]

"""What came of it, in a few sentences."""

from collections.abc import Iterator

from bulletin.model.outcomes import FEWEST, Came
from bulletin.report.words import counted

HIDDEN = (
    f"Numbers of clicks below {FEWEST} are not told, so that they tell of nobody; sums that hold one say at least."
)


def in_words(came: Came) -> list[str]:
    """Say what was sent to how many and what became of it, a sentence each."""
    return list(_sentences(came))


def _sentences(came: Came) -> Iterator[str]:
    if not came.editions:
        yield f"{came.library} approved no edition in {came.year}."
        return
    if came.year is not None:
        bulletins = len({one.bulletin for one in came.editions})
        of = f" of {counted(bulletins, 'bulletin')}" if bulletins > 1 else ""
        yield f"{came.library} sent {counted(len(came.editions), 'edition')}{of} in {came.year}."
    lists = came.lists
    if not lists:
        yield "Nothing of it went out from here: its emails were sent by hand, and nobody counted them."
        return
    meant, delivered = sum(one.people for one in lists), sum(one.delivered for one in lists)
    if came.year is not None:
        least = "at least " * any(one.is_least for one in came.readers)
        yield f"They went to {least}{people(came.people)}."
    yield f"Of {counted(meant, 'email')}, {delivered:,} {'was' if delivered == 1 else 'were'} delivered."
    if under_way := sum(one.under_way for one in lists):
        yield f"{counted(under_way, 'email')} {'is' if under_way == 1 else 'are'} still to be sent."
    if in_doubt := sum(one.in_doubt for one in lists):
        yield f"{counted(in_doubt, 'email')} {'is' if in_doubt == 1 else 'are'} in doubt: say what became of them."


def people(number: int) -> str:
    """1 person, 2 people."""
    return counted(number, "person") if number == 1 else f"{number:,} people"

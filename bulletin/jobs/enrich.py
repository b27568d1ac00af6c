"""Enrich: ask the services that know DOIs for what the feeds left out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bulletin.errors import FeedError, FetchError
from bulletin.fetch import Arrival
from bulletin.fetch.searches import by_doi
from bulletin.jobs.desk import Desk
from bulletin.jobs.fetch import not_fetched
from bulletin.jobs.same import mark
from bulletin.model import Errand, Feed, Fetched, Item, Lookup, Service, Trouble

MOST = 300  # questions of one run: at one a second and host, a few minutes

Question = tuple[Item, Service]


@dataclass(frozen=True)
class Enriched:
    """What one run asked and got."""

    asked: int
    found: int
    nothing: int  # the service does not know the DOI: it is asked again after 2, 4, 8, 16, 30 days
    failed: int  # no answer, or none that can be read: it is asked again with the next run
    marked: int  # items that a retraction or correction was found for


def enrich(desk: Desk, most: int = MOST, on_answer: Callable[[object], None] | None = None) -> Enriched:
    """Ask for what is missing; every answer is written as it comes, and a failure of the network costs nothing.

    What a feed said stays; what a service adds is kept beside it, under the service's name.
    """
    counts = ask(desk, desk.store.lookups.due(desk.now(), most), on_answer)
    return Enriched(counts.total(), counts["found"], counts["nothing"], counts["failed"], mark(desk))


def ask(desk: Desk, questions: Iterable[Question], on_answer: Callable[[object], None] | None = None) -> Counter[str]:
    """Put questions to the services and write the answers; count those `found`, `nothing` and `failed`."""
    asked = {f"{service.name.lower()}:{item.id}": (item, service) for item, service in questions}
    errands = [_errand(desk, name, *question) for name, question in asked.items()]
    counts = Counter[str]()
    with desk.fetcher as fetcher:
        for errand, arrival in fetcher.visits(errands, desk.store.visits.holds(desk.now())):
            if isinstance(arrival, FetchError) and arrival.held_host:
                desk.store.visits.record(not_fetched(errand, arrival, desk.now()))  # the pause holds for later runs
            counts[_note(desk, *asked[errand.feed.id], arrival)] += 1
            if on_answer:
                on_answer(arrival)
    return counts


def _note(desk: Desk, item: Item, service: Service, arrival: Arrival) -> str:
    try:
        found = _known(desk, item, service, arrival)
    except FeedError:
        return "failed"
    desk.store.lookups.add(Lookup(item.id, service, desk.now(), found))
    return "found" if found else "nothing"


def _known(desk: Desk, item: Item, service: Service, arrival: Arrival) -> Item | None:
    """What the service knows of the item; None when it knows nothing; raises FeedError when there is no answer."""
    match arrival:
        case Fetched():
            task = desk.readers.call("work", Item | None, arrival, service=service, doi=item.doi)
            found: Item | None = task.result()
            return found
        case FetchError(trouble=Trouble.NOT_FOUND | Trouble.NOT_UNDERSTOOD):
            return None
        case FetchError():
            raise arrival
        case _:
            raise FetchError("an answer to a question that was not asked")


def _errand(desk: Desk, name: str, item: Item, service: Service) -> Errand:
    base = getattr(desk.config.services, service.name.lower())
    url = by_doi(service, base, item.doi, desk.config.library.email)
    return Errand(Feed(name, service, url), url)

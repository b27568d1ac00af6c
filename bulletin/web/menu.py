"""The menu: the pages that each person may go to."""

from collections.abc import Mapping

from bulletin.model import Editor
from bulletin.web.route import Of, Route

_PAGES = (
    ("today.show", "Today"),
    ("editions.show", "Editions"),
    ("items.show", "Items"),
    ("search.show", "Search"),
    ("topics.show", "Topics"),
    ("feeds.show", "Feeds"),
    ("bulletins.show", "Bulletins"),
    ("subscribers.show", "Readers"),
    ("quality.show", "Quality"),
    ("outcome.year", "Report"),
    ("people.show", "People"),
    ("audit.show", "Record"),
)


def of(person: Editor, routes: Mapping[str, Route]) -> list[tuple[str, str]]:
    """Endpoints and names, in order, of the pages that this person may see."""
    return [(endpoint, name) for endpoint, name in _PAGES if endpoint in routes and _may(person, routes[endpoint])]


def _may(person: Editor, route: Route) -> bool:
    if route.needs is None:
        return True
    return person.may_everywhere(route.needs) if route.of is Of.EVERYTHING else person.may_somewhere(route.needs)

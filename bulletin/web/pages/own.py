"""What the readers' own pages have in common: the library's name, and what a link says that leads to nobody."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from bulletin.errors import UnknownError, WaitError
from bulletin.jobs import readers
from bulletin.store import Place
from bulletin.web.mishaps import sentence
from bulletin.web.route import View
from bulletin.web.show import UNLISTED, desk, page


def own_page(template: str, status: int = 200, /, **values: Any) -> Response:  # noqa: ANN401 - a template takes anything
    """A page for readers, in the name of the library; search engines are asked to leave it out."""
    answer = page(template, status, library=desk().config.library, **values)
    answer.headers["X-Robots-Tag"] = UNLISTED
    return answer


def with_link(view: Callable[[str], ResponseReturnValue]) -> View:
    """A view whose address is the link of a reader; one that is not of ours gets a page of its own: 404, 429."""

    @wraps(view)
    def held(token: str) -> ResponseReturnValue:
        try:
            return view(token)
        except (UnknownError, WaitError) as error:
            return own_page("no_link.html", 429 if isinstance(error, WaitError) else 404, words=sentence(error))

    return held


def about_nobody(reader: readers.Reader) -> Response:
    """The page of a link that names nobody: of a sample copy, or of who was erased."""
    return own_page("no_reader.html", is_sample=reader.is_sample)


def named(places: Iterable[Place]) -> tuple[readers.Named, ...]:
    """Lists by the names that readers know."""
    return readers.named(desk(), places)

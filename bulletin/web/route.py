"""One line of the table of routes: an address, what answers it, and who may ask."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask.typing import ResponseReturnValue

from bulletin.model import Right

View = Callable[..., ResponseReturnValue]


class Of(StrEnum):
    """What an address names that the right is asked for; the value is the name of that part of the rule."""

    EVERYTHING = "everything"  # the right is needed in every bulletin
    SOMETHING = "something"  # in any bulletin; what the page shows is then picked by the person's rights
    BULLETIN = "bulletin"
    EDITION = "edition"


@dataclass(frozen=True)
class Route:
    """An address and its view; `needs` is None for the few that are open to everybody."""

    rule: str
    view: View
    needs: Right | None
    of: Of = Of.SOMETHING
    methods: tuple[str, ...] = ("GET",)
    holds_proof: bool = False  # the address says by itself who asks: see `proved`
    any_host: bool = False  # machines ask by whatever name or address they reach this one
    takes: int = 0  # bytes of a request from who is logged in; 0: as many as other pages

    @property
    def endpoint(self) -> str:
        """The name by which the page is linked to: module and function, `review.show`."""
        return f"{self.view.__module__.rpartition('.')[2]}.{self.view.__name__}"

    @property
    def is_open(self) -> bool:
        """Whether nobody needs to log in for it."""
        return self.needs is None


def get(rule: str, view: View, needs: Right | None, of: Of = Of.SOMETHING) -> Route:
    """A page that is only looked at."""
    return Route(rule, view, needs, of)


def anywhere(rule: str, view: View) -> Route:
    """A page for machines that is open to everybody, says nothing of anybody, and holds no address of ours."""
    return Route(rule, view, None, any_host=True)


def post(rule: str, view: View, needs: Right | None, of: Of = Of.SOMETHING) -> Route:
    """An address that changes something."""
    return Route(rule, view, needs, of, ("POST",))


def upload(rule: str, view: View, needs: Right, most_bytes: int, of: Of = Of.SOMETHING) -> Route:
    """An address that takes a file."""
    return Route(rule, view, needs, of, ("POST",), takes=most_bytes)


def proved(rule: str, view: View, *methods: str) -> Route:
    """An address with a token in it, which is all the proof that there is of who asks.

    No cookie is read or set, and forms need not come from a page of ours: mail programs send them too (RFC 8058,
    3.1). Its view must hold the token against what we made before it tells or changes anything.
    """
    return Route(rule, view, None, methods=methods, holds_proof=True)


Values = dict[str, Any]  # what a template gets

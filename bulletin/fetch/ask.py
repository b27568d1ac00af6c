"""One document from one address: guard, turns, redirects and limits, whatever it is asked for."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus

import httpx

from bulletin.errors import FetchError
from bulletin.fetch import guard, words
from bulletin.fetch.inflate import Inflater
from bulletin.fetch.limits import Limits, Wall
from bulletin.fetch.manners import retry_wish
from bulletin.fetch.terms import Terms
from bulletin.fetch.turns import Turns
from bulletin.model import Trouble, Validators

_BYTES = "latin-1"  # the encoding that gives every byte a character of its own
_DOCUMENTS = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)
_FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)

_NONE = (None, Validators())  # what a server cannot answer 304 to

Permit = Callable[[httpx.URL], Awaitable[None]]


async def anything(_: httpx.URL) -> None:
    """Permit every address: feeds and services are made for machines."""


@dataclass(frozen=True)
class Question:
    """What is asked for, and how; `permit` raises FetchError for an address on the way that is not to be visited."""

    url: str
    accept: str
    agent: str
    limits: Limits
    validators: Validators | None = None
    permit: Permit = anything
    urgent: bool = False
    method: str = "GET"
    wants_document: bool = True  # no: that there is one is enough, and not a byte of it is read


@dataclass(frozen=True)
class Answer:
    """What came: a document, or the word that there is no newer one. `url` is where it was after all redirects."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    at: datetime
    body: bytes = field(default=b"", repr=False)
    moved_to: str = ""  # where an unbroken chain of permanent redirects led

    @property
    def modified(self) -> bool:
        """Whether there is a document."""
        return self.status != HTTPStatus.NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """What the server gave to ask it again with, its bytes kept one a character."""
        raw = {name.lower(): value.decode(_BYTES) for name, value in self.headers.raw}
        return Validators(raw.get(b"etag"), raw.get(b"last-modified"))


class Asker:
    """Asks questions, at each host in its turn."""

    def __init__(self, transport: httpx.AsyncHTTPTransport, turns: Turns, terms: Terms) -> None:
        self._transport = transport
        self._turns = turns
        self._terms = terms

    async def ask(self, question: Question, wall: Wall) -> Answer:
        """Give the answer, redirects and all, within a wall; raises FetchError."""
        try:
            return await self._follow(question, wall)
        except (httpx.HTTPError, OSError) as error:  # a broken TLS record comes as it is
            raise words.failure(error, question.limits) from error
        except (httpx.InvalidURL, UnicodeError) as error:  # such as a host that is no name in any script
            raise words.not_an_address() from error

    async def _follow(self, question: Question, wall: Wall) -> Answer:
        url, moved_to, for_good = httpx.URL(question.url), "", True
        for _ in range(question.limits.redirects + 1):
            answer = await self._step(url, question, wall)
            if not _leads_on(answer):
                return replace(answer, moved_to=moved_to)
            url = url.join(answer.headers["Location"])
            for_good = for_good and answer.status in _FOR_GOOD
            if for_good:
                moved_to = str(url.copy_with(fragment=None))
        raise FetchError(f"more than {question.limits.redirects} redirects", Trouble.SERVER)

    async def _step(self, url: httpx.URL, question: Question, wall: Wall) -> Answer:
        """Ask one address once, in its host's turn; a host that is busy is held before anybody else has a turn."""
        guard.check(url)
        if self._terms.proxy:
            guard.check_behind_proxy(url, self._terms.allowed)
        await question.permit(url)
        host = guard.place_of(url)
        async with self._turns.turn(host, urgent=question.urgent) as more, wall.spending():
            try:
                return await self._exchange(url, question, more=more)
            except words.RefusedError as refusal:
                if until := refusal.held_host and retry_wish(self._terms.now(), refusal.advice.wait_until):
                    self._turns.hold(host, until)
                raise

    async def _exchange(self, url: httpx.URL, question: Question, *, more: bool) -> Answer:
        async with self._response(url, question, more=more) as response:
            answer = Answer(url, response.status_code, response.headers, self._terms.now())
            if _leads_on(answer) or (not answer.modified and question.validators not in _NONE):
                return answer
            if response.is_success and not question.wants_document:
                return answer
            if answer.status not in _DOCUMENTS:
                raise words.RefusedError(response, guard.place_of(url), answer.at)
            return replace(answer, body=await _body(response, question.limits))

    @asynccontextmanager
    async def _response(self, url: httpx.URL, question: Question, *, more: bool) -> AsyncIterator[httpx.Response]:
        request = httpx.Request(
            question.method, url, headers=_headers(question, more=more), extensions=_timeouts(question.limits)
        )
        response = await self._transport.handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()


def _leads_on(answer: Answer) -> bool:
    codes = (*_FOR_GOOD, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
    return answer.status in codes and "Location" in answer.headers


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    inflater = Inflater(response.headers.get("Content-Encoding", ""), limits)
    try:
        async for raw in response.aiter_raw():
            inflater.feed(raw)
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        raise words.broken_off() from error
    return inflater.body()


def _headers(question: Question, *, more: bool) -> dict[bytes, bytes]:
    """Both validators go, byte for byte as the server gave them (RFC 9110 13.1: a server looks at the ETag first)."""
    known = question.validators or Validators()
    asked = {
        b"User-Agent": question.agent,
        b"Accept": question.accept,
        b"Accept-Encoding": "gzip, deflate",
        # A connection is kept only for who waits for the same host: each idle one costs time at every request.
        b"Connection": "keep-alive" if more else "close",
        b"If-None-Match": known.etag or "",
        b"If-Modified-Since": known.last_modified or "",
    }
    return {name: value.encode(_BYTES, "replace") for name, value in asked.items() if value}


def _timeouts(limits: Limits) -> dict[str, dict[str, float | None]]:
    read, connect = limits.read_seconds, limits.connect_seconds
    return {"timeout": {"connect": connect, "read": read, "write": read, "pool": None}}

"""One errand: which questions it takes by the kind of its feed, and what the answers amount to."""

import asyncio
import hashlib
from dataclasses import replace
from functools import partial

from bulletin.errors import FetchError
from bulletin.fetch.advice import fresh_until
from bulletin.fetch.ask import Answer, Asker, Permit, Question, anything
from bulletin.fetch.guard import host_of
from bulletin.fetch.limits import Wall
from bulletin.fetch.mail import letters
from bulletin.fetch.robots import Robots
from bulletin.fetch.searches import search
from bulletin.fetch.terms import PRODUCT, Terms
from bulletin.fetch.turns import Turns
from bulletin.fetch.words import RefusedError
from bulletin.model import BY_HAND, Advice, Errand, FeedKind, Fetched, LinkState, NotModified, Trouble, Validators

_FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PAGES = "text/html, application/xhtml+xml, */*;q=0.5"
_ANYTHING = "*/*"
_CONTENT = {
    FeedKind.PUBMED: "application/xml",
    FeedKind.EUROPEPMC: "application/json",
    FeedKind.CROSSREF: "application/json",
    FeedKind.MAIL: "message/rfc822",
}


class Visitor:
    """Runs errands, all within one run of the fetcher: what robots.txt said and who is busy holds for all of them."""

    def __init__(self, asker: Asker, turns: Turns, terms: Terms) -> None:
        self._asker = asker
        self._turns = turns
        self._terms = terms
        self._robots = Robots(self._robots_txt, turns.slow_down)

    async def visit(self, errand: Errand) -> Fetched | NotModified:
        """Bring what a feed has; raises FetchError when there is nothing to be had."""
        match errand.feed.kind:
            case FeedKind.FEED:
                return await self._document(errand, _FEEDS, anything)
            case FeedKind.PAGE:
                permit = partial(self._robots.check, agent=errand.feed.agent or PRODUCT)
                return await self._document(errand, _PAGES, permit)
            case FeedKind.MAIL:
                return await self._mail(errand)
            case FeedKind.PUBMED | FeedKind.EUROPEPMC | FeedKind.CROSSREF:
                return await self._search(errand)

    async def by_hand(self, url: str, accept: str) -> Fetched:
        """Bring one document that is asked for by its address, before whatever else waits for the same host."""
        question = replace(self._question(Errand(BY_HAND, url), accept), urgent=True)
        answer = await self._asker.ask(question, Wall(self._terms.limits.total_seconds))
        return _fetched(Errand(replace(BY_HAND, url=url), url), answer)

    async def link(self, url: str) -> LinkState | None:
        """Ask whether an address answers: with HEAD, and with GET where that brings nothing; no document is read.

        None when its host wants a pause, which says nothing of the link. robots.txt is not asked: it speaks to
        who walks through a site by itself, and this looks once at what a person chose, as that person might.
        """
        question = replace(self._question(Errand(BY_HAND, url), _ANYTHING), wants_document=False)
        wall = Wall(self._terms.limits.total_seconds)
        try:
            return await self._state(replace(question, method="HEAD"), wall)
        except FetchError as error:
            if not isinstance(error, RefusedError) or error.trouble is Trouble.BUSY:
                return self._silent(error)
        try:
            return await self._state(question, wall)
        except FetchError as error:
            return self._silent(error)

    async def _state(self, question: Question, wall: Wall) -> LinkState:
        answer = await self._asker.ask(question, wall)
        return LinkState(answer.status, answer.at)

    def _silent(self, error: FetchError) -> LinkState | None:
        if error.trouble is Trouble.BUSY:
            return None
        return LinkState(error.status if isinstance(error, RefusedError) else 0, self._terms.now(), str(error))

    async def _document(self, errand: Errand, accept: str, permit: Permit) -> Fetched | NotModified:
        question = replace(self._question(errand, accept), validators=errand.validators, permit=permit)
        answer = await self._asker.ask(question, Wall(self._terms.limits.total_seconds))
        if not answer.modified:
            return _not_modified(errand, answer)
        if not answer.body or answer.body.isspace():
            raise FetchError("the answer is empty", Trouble.EMPTY)
        return _unless_known(errand, _fetched(errand, answer))

    async def _search(self, errand: Errand) -> Fetched | NotModified:
        """Each page may take as long as a feed, all together as long and as much as the limits say."""
        limits, at = self._terms.limits, self._terms.now()
        whole, room = Wall(limits.search_seconds), limits.body_bytes

        async def ask(url: str) -> bytes:
            nonlocal room
            question = self._question(replace(errand, url=url), _ANYTHING)
            question = replace(question, limits=replace(limits, body_bytes=room))
            body = (await self._asker.ask(question, Wall(limits.total_seconds, whole))).body
            room -= len(body)
            return body

        found = await search(errand, ask, self._terms.contact, at)
        fetched = self._documents(errand, found.documents, Validators())
        return _unless_known(errand, replace(fetched, missed=found.missed))

    async def _mail(self, errand: Errand) -> Fetched | NotModified:
        seconds, terms = self._terms.limits.mail_seconds, self._terms
        async with self._turns.turn(host_of(errand.url) or errand.url):
            try:
                async with asyncio.timeout(seconds):
                    post = await asyncio.to_thread(letters, errand, terms.mailbox, terms.allowed, terms.now())
            except TimeoutError as error:
                raise FetchError(
                    f"the mailbox was not read within {seconds:g} seconds", Trouble.CONNECTION
                ) from error
        if not post.letters and not post.note:
            return NotModified(errand.feed, post.validators, terms.now(), errand.digest)
        fetched = self._documents(errand, post.letters or (b"",), post.validators)
        return replace(fetched, note=post.note) if post.note else _unless_known(errand, fetched)

    async def _robots_txt(self, url: str) -> bytes:
        limits = self._terms.limits
        question = self._question(Errand(BY_HAND, url), _ANYTHING)
        question = replace(question, limits=replace(limits, body_bytes=limits.robots_bytes))
        return (await self._asker.ask(question, Wall(limits.total_seconds))).body

    def _question(self, errand: Errand, accept: str) -> Question:
        return Question(errand.url, accept, self._terms.agent(errand.feed), self._terms.limits)

    def _documents(self, errand: Errand, documents: tuple[bytes, ...], validators: Validators) -> Fetched:
        body, *pages = documents
        content_type = _CONTENT[errand.feed.kind]
        digest, at = _digest(*documents), self._terms.now()
        return Fetched(errand.feed, errand.url, content_type, body, validators, at, tuple(pages), digest)


def _fetched(errand: Errand, answer: Answer) -> Fetched:
    return Fetched(
        errand.feed,
        str(answer.url),
        answer.headers.get("Content-Type", ""),
        answer.body,
        answer.validators,
        answer.at,
        digest=_digest(answer.body),
        advice=_advice(answer),
    )


def _not_modified(errand: Errand, answer: Answer) -> NotModified:
    """What the server said anew to ask it again with replaces what was known, each for itself."""
    known, given = errand.validators, answer.validators
    kept = Validators(given.etag or known.etag, given.last_modified or known.last_modified)
    return NotModified(errand.feed, kept, answer.at, errand.digest, _advice(answer))


def _unless_known(errand: Errand, fetched: Fetched) -> Fetched | NotModified:
    """The same bytes again are no news, whatever the server says about them (reference bar F3)."""
    if fetched.digest != errand.digest:
        return fetched
    return NotModified(errand.feed, fetched.validators, fetched.at, fetched.digest, fetched.advice)


def _advice(answer: Answer) -> Advice:
    return Advice(fresh_until(answer.headers, answer.at), answer.moved_to)


def _digest(*documents: bytes) -> str:
    digest = hashlib.sha256()
    for document in documents:
        digest.update(document)
    return digest.hexdigest()

"""One visit to one feed: redirects, conditional GET, limits, and every failure in plain words."""

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import httpx

from bulletin.errors import FetchError
from bulletin.fetch.inflate import Inflater
from bulletin.fetch.limits import Limits
from bulletin.model import Feed, Fetched, NotModified, Validators

_ACCEPT = b"application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

_BYTES = "latin-1"  # the encoding that gives every byte a character of its own
_NO_ADDRESS = "the address is not one that can be visited"


async def visit(
    client: httpx.AsyncClient, feed: Feed, known: Validators, limits: Limits, now: Callable[[], datetime]
) -> Fetched | NotModified:
    """Ask for a feed's document; raises FetchError when there is none to be had."""
    try:
        async with asyncio.timeout(limits.total_seconds):
            return await _follow(client, feed, known, limits, now)
    except TimeoutError as error:
        raise FetchError(f"not finished within {limits.total_seconds:g} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict) as error:
        raise FetchError(_in_words(error, limits)) from error
    except UnicodeError as error:  # a host that is no name in any script
        raise FetchError(_NO_ADDRESS) from error


async def _follow(
    client: httpx.AsyncClient, feed: Feed, known: Validators, limits: Limits, now: Callable[[], datetime]
) -> Fetched | NotModified:
    url = httpx.URL(feed.url)
    for _ in range(limits.redirects + 1):
        _check(url)
        async with client.stream("GET", url, headers=_headers(known)) as answer:
            if not answer.has_redirect_location:
                return await _read(answer, feed, known, limits, now())
            url = answer.url.join(answer.headers["Location"])
    raise FetchError(f"more than {limits.redirects} redirects")


def _check(url: httpx.URL) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"address not allowed: {str(url)[:200]}")
    if url.userinfo:
        raise FetchError("address not allowed: it carries a user name")


def _headers(known: Validators) -> dict[bytes, bytes]:
    """Both validators, byte for byte as the server gave them (RFC 9110 13.1: a server looks at the ETag first)."""
    asked = {b"If-None-Match": known.etag, b"If-Modified-Since": known.last_modified}
    return {b"Accept": _ACCEPT} | {name: value.encode(_BYTES) for name, value in asked.items() if value}


def _validators(answer: httpx.Response) -> Validators:
    """What the server gave to ask it again with, its bytes kept one a character."""
    raw = {name.lower(): value.decode(_BYTES) for name, value in answer.headers.raw}
    return Validators(raw.get(b"etag"), raw.get(b"last-modified"))


async def _read(
    answer: httpx.Response, feed: Feed, known: Validators, limits: Limits, at: datetime
) -> Fetched | NotModified:
    given = _validators(answer)
    if answer.status_code == HTTPStatus.NOT_MODIFIED:
        kept = Validators(given.etag or known.etag, given.last_modified or known.last_modified)
        return NotModified(feed, kept, at)
    if answer.status_code != HTTPStatus.OK:
        raise FetchError(_refusal(answer))
    inflater = Inflater(answer.headers.get("Content-Encoding", ""), limits)
    async for raw in answer.aiter_raw():
        inflater.feed(raw)
    content_type = answer.headers.get("Content-Type", "")
    return Fetched(feed, str(answer.url), content_type, inflater.body(), given, at)


def _refusal(answer: httpx.Response) -> str:
    if "cf-mitigated" in answer.headers:
        return f"the server answered {answer.status_code}: blocked by a bot check"
    try:
        words = f"{answer.status_code} {HTTPStatus(answer.status_code).phrase}"
    except ValueError:
        words = str(answer.status_code)
    return f"the server answered {words}"


def _in_words(error: Exception, limits: Limits) -> str:
    """What happened, without the client's own jargon."""
    cause = error.__cause__ or error.__context__
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection: {getattr(cause, 'verify_message', '') or cause.reason or 'TLS failed'}"
    match error:
        case httpx.ConnectTimeout():
            return f"no connection within {limits.connect_seconds:g} seconds"
        case httpx.TimeoutException():
            return f"no answer within {limits.read_seconds:g} seconds"
        case httpx.ConnectError():
            return "nobody answers at this address"
        case httpx.RemoteProtocolError():
            return "the answer broke off or is not HTTP"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return _NO_ADDRESS
        case _:
            return f"the connection failed ({type(error).__name__})"

"""One question and its answer, for a service that the operator named: no redirects, no cookies, little time."""

import json
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from bulletin.errors import FetchError
from bulletin.fetch.client import certificates

_STEP_SECONDS, _ALL_SECONDS = 10, 30
_MOST = 1_000_000  # bytes of an answer


def ask(
    url: str,
    form: Mapping[str, str] | None = None,
    user: tuple[str, str] | None = None,
    proxy: str = "",
    ca_file: Path | None = None,
) -> dict[str, Any]:
    """Get a JSON object, or post a form for one; raises FetchError, which repeats nothing that was sent.

    A redirect is an answer like any other, and not the one that was wanted: what is sent here is secret, and goes
    nowhere but where it was meant for.
    """
    host = httpx.URL(url).host
    try:
        with httpx.Client(
            verify=certificates(ca_file), trust_env=False, proxy=proxy or None, timeout=_STEP_SECONDS
        ) as client:
            body = _body(client, url, form, user)
            found = json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"{host} cannot be asked ({type(error).__name__}): try again later") from error
    except (ValueError, RecursionError) as error:
        raise FetchError(f"{host} did not answer as it should") from error
    if not isinstance(found, dict):
        raise FetchError(f"{host} did not answer as it should")
    return found


def _body(client: httpx.Client, url: str, form: Mapping[str, str] | None, user: tuple[str, str] | None) -> bytes:
    until, body = monotonic() + _ALL_SECONDS, bytearray()
    method, auth = "GET" if form is None else "POST", user or httpx.USE_CLIENT_DEFAULT
    with client.stream(method, url, data=form, auth=auth, headers={"Accept": "application/json"}) as answer:
        if answer.status_code != httpx.codes.OK:
            raise FetchError(f"{answer.url.host} answered {answer.status_code}")
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > _MOST or monotonic() > until:
                raise FetchError(f"{answer.url.host} sent more, or took longer, than it should")
    return bytes(body)

"""Failures in plain words, each with the trouble that says what to do next; no word of them is the server's."""

import ssl
from datetime import datetime, timedelta
from http import HTTPStatus

import httpx

from bulletin.errors import FetchError
from bulletin.fetch.advice import retry_after
from bulletin.fetch.limits import Limits
from bulletin.model import Advice, Trouble

_AGAIN = timedelta(hours=1)  # how long a host is left alone that was asked too often and does not say until when
_TROUBLES: dict[int, Trouble] = {
    HTTPStatus.NO_CONTENT: Trouble.EMPTY,
    HTTPStatus.BAD_REQUEST: Trouble.NOT_UNDERSTOOD,
    HTTPStatus.UNPROCESSABLE_ENTITY: Trouble.NOT_UNDERSTOOD,
    HTTPStatus.GONE: Trouble.GONE,
    HTTPStatus.NOT_FOUND: Trouble.NOT_FOUND,
    HTTPStatus.UNAUTHORIZED: Trouble.REFUSED,
    HTTPStatus.FORBIDDEN: Trouble.REFUSED,
}
# OpenSSL's X509_V_ERR_* numbers (x509_vfy.h); its own sentences are for administrators.
_CERTIFICATES = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is self-signed",
    19: "its certificate comes from an authority that is not known here",
    20: "its certificate comes from an authority that is not known here",
    21: "its certificate comes from an authority that is not known here",
    62: "its certificate is for another name",
    64: "its certificate is for another address",
}
_WAITING = (ssl.SSLWantReadError, ssl.SSLWantWriteError)  # no faults: how a TLS connection says that nothing came yet


class RefusedError(FetchError):
    """The server answered, but with no document; `status` is what it answered."""

    def __init__(self, answer: httpx.Response, host: str, at: datetime) -> None:
        self.status = answer.status_code
        words = f"the server answered {_named(self.status)}"
        if "cf-mitigated" in answer.headers:
            super().__init__(f"the server answered {self.status}: blocked by a bot check", Trouble.BOT_CHECK)
        elif until := _pause(answer, at):
            super().__init__(words, Trouble.BUSY, Advice(until), host)
        else:
            super().__init__(words, _TROUBLES.get(self.status, Trouble.SERVER))


def _pause(answer: httpx.Response, at: datetime) -> datetime | None:
    """Until when the host wants no visit; a 503 that does not say so speaks of one page and not of the host."""
    match answer.status_code:
        case HTTPStatus.TOO_MANY_REQUESTS:
            return retry_after(answer.headers, at) or at + _AGAIN
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return retry_after(answer.headers, at)
        case _:
            return None


def not_an_address() -> FetchError:
    """The failure of what stands where an address should, and is none."""
    return FetchError("the address is not one that can be visited", Trouble.NOT_ALLOWED)


def broken_off() -> FetchError:
    """The failure of an answer that began and never ended."""
    return FetchError("the answer broke off before its end", Trouble.BROKEN)


def failure(error: httpx.HTTPError | OSError, limits: Limits) -> FetchError:
    """What happened to a request that brought no answer, without the client's own jargon."""
    if insecure := _tls_error(error):
        broke = "the secure connection broke: what came over it cannot be decrypted"
        return FetchError(broke if insecure is error else f"no secure connection: {_in_words(insecure)}", Trouble.TLS)
    match error:
        case httpx.ConnectTimeout():
            words = f"no connection within {limits.connect_seconds:g} seconds"
        case httpx.TimeoutException():
            words = f"no answer within {limits.read_seconds:g} seconds"
        case httpx.ConnectError():
            words = "nobody answers at this address"
        case httpx.RemoteProtocolError() if "buffer too long" in str(error):  # h11's words
            return FetchError("the headers of the answer are too long", Trouble.TOO_BIG)
        case httpx.RemoteProtocolError() | httpx.NetworkError() | OSError():
            words = "the answer broke off or is not HTTP"
        case httpx.ProxyError():
            words = "the proxy did not let the request through"
        case _:
            words = f"the connection failed ({type(error).__name__})"
    return FetchError(words, Trouble.CONNECTION)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _tls_error(error: BaseException) -> ssl.SSLError | None:
    cause: BaseException | None = error
    while cause is not None and (not isinstance(cause, ssl.SSLError) or isinstance(cause, _WAITING)):
        cause = cause.__cause__ or cause.__context__
    return cause


def _in_words(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(error.verify_code, "its certificate cannot be trusted")
    return "the server and we know no common way to encrypt"

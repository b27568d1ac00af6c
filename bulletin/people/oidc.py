"""Signing in with one's organisation: OpenID Connect, the authorization code flow with PKCE. The door to joserfc.

Nothing is kept between the way there and the way back: state, nonce and verifier are marks made with the newsroom's
secret for one browser (its visit cookie), so that only that browser can come back with them, and only for a while.
Sources: OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9700 (what attackers do with all that).
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from bulletin.errors import InputError, SignInError
from bulletin.model import Oidc
from bulletin.people.addresses import normalised
from bulletin.people.tokens import Keys

_WAY = timedelta(minutes=15)  # from the way there to the way back
_LEEWAY = 60  # seconds by which clocks may differ
_ALGORITHMS = ("RS256", "PS256", "ES256")  # never none, never one whose key the two of us would share
_ODD = "the sign-in service did not answer as it should"


@dataclass(frozen=True)
class Provider:
    """Where who signs people in is asked what."""

    authorize: str
    token: str
    keys: str
    takes_form: bool  # our secret stands in the form; otherwise in the header of HTTP's basic scheme


@dataclass(frozen=True)
class Way:
    """What ties the way there to the way back."""

    state: str
    nonce: str
    verifier: str = field(repr=False)


def about(authority: str) -> str:
    """The address at which an issuer tells about itself (OpenID Connect Discovery 1.0, 4)."""
    return f"{authority.rstrip('/')}/.well-known/openid-configuration"


def provider(told: Mapping[str, Any], oidc: Oidc) -> Provider:
    """Read what an issuer tells about itself; raises SignInError for another issuer's, and for open ways.

    Entra's `common` and `organizations` are refused here, because they name no one issuer: a tenant's own is needed.
    """
    if told.get("issuer") != oidc.authority:
        raise SignInError(
            "the sign-in service names another issuer than BULLETIN_OIDC_ISSUER: copy it letter by letter"
        )
    methods = told.get("token_endpoint_auth_methods_supported") or ()
    authorize, token, keys = (
        _address(told, name, oidc) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )
    return Provider(authorize, token, keys, takes_form="client_secret_post" in methods)


def set_out(keys: Keys, visit: str, now: datetime) -> Way:
    """Begin a way for the browser with this visit cookie."""
    began = f"{int(now.timestamp())}.{secrets.token_urlsafe(16)}"
    return _way(keys, visit, f"{began}.{keys.mark('oidc state', visit, began)}")


def come_back(keys: Keys, visit: str, state: str, now: datetime) -> Way:
    """The way that this browser began; raises SignInError for another's, and when it took too long."""
    began, _, mark = state.rpartition(".")
    if not visit or not keys.proves(mark, "oidc state", visit, began):
        raise SignInError("this sign-in was not begun in this browser: begin again")
    if now.timestamp() - int(began.partition(".")[0]) > _WAY.total_seconds():
        raise SignInError("the sign-in took too long: begin again")
    return _way(keys, visit, state)


def address(there: Provider, oidc: Oidc, back: str, way: Way) -> str:
    """Where to send the browser; `back` is where it comes back to."""
    digest = hashlib.sha256(way.verifier.encode("ascii")).digest()
    asked = {
        "response_type": "code",
        "client_id": oidc.client_id,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": way.state,
        "nonce": way.nonce,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
        "code_challenge_method": "S256",
    }
    return f"{there.authorize}{'&' if urlsplit(there.authorize).query else '?'}{urlencode(asked)}"


def trade(
    there: Provider, oidc: Oidc, back: str, way: Way, code: str
) -> tuple[dict[str, str], tuple[str, str] | None]:
    """The form that trades a code for tokens, and the user and password of the basic scheme where that is used."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": way.verifier}
    if there.takes_form:
        return form | {"client_id": oidc.client_id, "client_secret": oidc.client_secret}, None
    return form, (quote(oidc.client_id, safe=""), quote(oidc.client_secret, safe=""))  # RFC 6749, 2.3.1


def email(answer: Mapping[str, Any], keys: Mapping[str, Any], oidc: Oidc, way: Way, now: datetime) -> str:
    """The address that an ID token vouches for, as we would write it; raises SignInError for one not to be believed.

    `answer` is what came for the code, `keys` the issuer's public keys. Empty when it vouches for none.
    """
    claims = _claims(answer.get("id_token"), keys, oidc, way, int(now.timestamp()))
    try:
        return normalised(_vouched(claims))
    except InputError:
        return ""


def _claims(token: object, keys: Mapping[str, Any], oidc: Oidc, way: Way, now: int) -> dict[str, Any]:
    try:
        from joserfc import jwk, jwt  # an extra: who signs in with passwords alone need not install it
        from joserfc.errors import JoseError
    except ModuleNotFoundError as error:
        raise SignInError(
            'signing in with an organisation needs one more library: pip install "bulletin[oidc]"'
        ) from error
    rules = jwt.JWTClaimsRegistry(
        now=now,
        leeway=_LEEWAY,
        iss={"essential": True, "value": oidc.authority},
        aud={"essential": True, "value": oidc.client_id},
        nonce={"essential": True, "value": way.nonce},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        found = jwt.decode(str(token), jwk.KeySet.import_key_set(_signing(keys)), algorithms=_ALGORITHMS)
        rules.validate(found.claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise SignInError(f"{_ODD}: its token is not to be believed ({type(error).__name__})") from error
    if found.claims.get("azp", oidc.client_id) != oidc.client_id:
        raise SignInError(f"{_ODD}: its token was made for another program")
    return found.claims


def _signing(keys: Mapping[str, Any]) -> Any:  # noqa: ANN401 - joserfc checks the form
    """The keys that sign, and no others: one of a kind that joserfc does not know must not spoil the rest."""
    told = [one for one in keys["keys"] if isinstance(one, dict)]
    known = [one for one in told if one.get("use", "sig") == "sig" and one.get("kty") in {"RSA", "EC"}]
    return {"keys": known}


def _vouched(claims: Mapping[str, Any]) -> str:
    """The address, if it is the organisation's own word and not what the person typed in there.

    Entra verifies no `email`, but its `preferred_username` is given out by the tenant that the issuer names.
    """
    if claims.get("email_verified") is True or claims.get("email_verified") == "true":
        return str(claims.get("email", ""))
    tenant = claims.get("tid")
    is_entra = bool(tenant) and str(claims["iss"]).rstrip("/").endswith(f"/{tenant}/v2.0")
    return str(claims.get("preferred_username", "")) if is_entra else ""


def _way(keys: Keys, visit: str, state: str) -> Way:
    return Way(state, keys.mark("oidc nonce", visit, state), keys.mark("oidc verifier", visit, state))


def _address(told: Mapping[str, Any], name: str, oidc: Oidc) -> str:
    """An address as it was told, if it is as private as the issuer's own."""
    value = told.get(name)
    if not isinstance(value, str) or not value.isprintable() or not _is_private(value, oidc.authority):
        raise SignInError(f"{_ODD}: its {name} is missing or not encrypted")
    return value


def _is_private(value: str, authority: str) -> bool:
    """Over TLS, or in the very place that the operator named, which may be on this machine."""
    try:
        parts, named = urlsplit(value), urlsplit(authority)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or parts[:2] == named[:2])

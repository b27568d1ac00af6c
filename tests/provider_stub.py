"""Who signs people in, on loopback: Microsoft Entra's shape, RS256, and PKCE taken seriously."""

import hashlib
import hmac
import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

TENANT, CLIENT, SECRET = "72f988bf-86f1-41af-91ab-2d7cd011db47", "bulletin-desk", "s3cret:/&"


@cache
def key_pair(number=0):
    """A key of ours; another number gives one that nobody publishes."""
    return RSAKey.generate_key(2048, {"kid": f"key-{number}", "use": "sig"})


@dataclass
class Provider:
    """Signs in whoever the test says; every part of what it tells may be changed."""

    base: str = ""
    claims: dict[str, object] = field(default_factory=dict)  # over what an ID token holds otherwise; None takes out
    about: dict[str, object] = field(default_factory=dict)  # over what it tells about itself
    instead: dict[str, tuple[int, bytes]] = field(default_factory=dict)  # whole answers, by path
    key: object = field(default_factory=key_pair)
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    way_in: str = ""  # how the client proved itself

    @property
    def authority(self) -> str:
        return f"{self.base}/{TENANT}/v2.0"

    def sign_in(self, address: str) -> tuple[str, str]:
        """What a person does there: gives the state and the code that the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return asked["state"], code

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.authority,
            "aud": CLIENT,
            "sub": "abc",
            "tid": TENANT,
            "iat": now,
            "exp": now + 3600,
            "nonce": asked["nonce"],
            "preferred_username": "Ann@example.nhs.uk",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm in {"none", "HS256"}:
            return self._forged(claims)
        return jwt.encode({"alg": self.algorithm, "kid": "key-0"}, claims, self.key, algorithms=[self.algorithm])

    def _forged(self, claims: dict[str, object]) -> str:
        """What a library of today refuses to sign: with nothing, or with our public key for a shared secret."""
        head, body = (_plain(json.dumps(one).encode()) for one in ({"alg": self.algorithm, "kid": "key-0"}, claims))
        signed = f"{head}.{body}"
        public = key_pair().as_pem(private=False)
        seal = hmac.digest(public, signed.encode(), "sha256") if self.algorithm == "HS256" else b""
        return f"{signed}.{_plain(seal)}"

    def answer(self, path: str, form: dict[str, str], header: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if path in self.instead:
            return self.instead[path]
        match path.rpartition("/")[2]:
            case "openid-configuration":
                return 200, json.dumps(self._about() | self.about).encode()
            case "keys":
                keys = [key_pair().as_dict(private=False), {"kty": "XYZ", "kid": "new"}]
                return 200, json.dumps({"keys": keys}).encode()
            case "token":
                return self._token(form, header)
        return 404, b""

    def _about(self) -> dict[str, object]:
        return {
            "issuer": self.authority,
            "authorization_endpoint": f"{self.base}/{TENANT}/oauth2/v2.0/authorize",
            "token_endpoint": f"{self.base}/{TENANT}/oauth2/v2.0/token",
            "jwks_uri": f"{self.base}/{TENANT}/discovery/v2.0/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        }

    def _token(self, form: dict[str, str], header: str) -> tuple[int, bytes]:
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _plain(digest)
        user = (form.get("client_id"), form.get("client_secret"))
        self.way_in = "form"
        if header:
            user = tuple(map(unquote, b64decode(header.removeprefix("Basic ")).decode().split(":", 1)))
            self.way_in = "basic"
        right = asked and asked["code_challenge"] == challenge and asked["redirect_uri"] == form["redirect_uri"]
        if not right or user != (CLIENT, SECRET):
            return 400, b'{"error": "invalid_grant"}'
        return 200, json.dumps({"token_type": "Bearer", "id_token": self.id_token(asked)}).encode()


def _plain(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def open_provider():
    """Serve while the context lasts."""
    ours = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer({})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form):
            status, content = ours.answer(urlsplit(self.path).path, form, self.headers.get("Authorization", ""))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{ours.base}/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="provider")
        thread.start()
        ours.base = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield ours
        finally:
            server.shutdown()
            thread.join()

# SPDX-License-Identifier: EUPL-1.2
"""An identity provider as a real server on this machine: description, keys, codes, tokens; it can be told to lie."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET, EMAIL = "asskomm", "ein langes Geheimnis zwischen den beiden", "kim@example.org"
Claims = dict[str, Any]


@dataclass
class IdentityProvider:
    """What it knows, and how it lies.

    Args:
        claims: what it says of whoever signs in.
        change: what it makes of the claims before it signs them.
        sign: how it signs them; its own key unless told otherwise.
        described: what its description says differently.
        left_out: whether the answer holds no token of identity at all.
    """

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}))
    claims: Claims = field(default_factory=lambda: {"sub": "4711", "email": EMAIL, "email_verified": True})
    change: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] | None = None
    described: Claims = field(default_factory=dict)
    left_out: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def description(self) -> Claims:
        """Describe itself, as Discovery asks."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.described,
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Let her in at once, and give the address to go back to."""
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """Change a code, once, for a token, if the secret and the proof fit."""
        asked = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or authorization != f"Basic {basic}" or asked.get("code_challenge") != proof or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.claims}
        signed = (self.sign or self.signed)(self.change(claims))
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 300} | ({} if self.left_out else {"id_token": signed})

    def signed(self, claims: Claims) -> str:
        """Sign with its own key."""
        return jwt.encode({"alg": "RS256", "kid": "first"}, claims, self.key)

    def signed_by_another(self, claims: Claims) -> str:
        """Sign with a key that nobody published."""
        return jwt.encode({"alg": "RS256", "kid": "first"}, claims, RSAKey.generate_key(2048))

    def signed_with_the_public_key(self, claims: Claims) -> str:
        """Take the public key for a shared secret."""
        return jwt.encode({"alg": "HS256", "kid": "first"}, claims, OctKey.import_key(self.key.as_pem(private=False)), algorithms=["HS256"])

    def not_signed(self, claims: Claims) -> str:
        """Leave the signature out."""
        head, body = ({"alg": "none", "kid": "first"}, claims)
        return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (head, body)) + "."


def _handler(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with what can be read, or lead back."""
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize({name: values[0] for name, values in parse_qs(parts.query).items()}))
                self.end_headers()
                return
            readable = {"/.well-known/openid-configuration": provider.description(), "/keys": {"keys": [provider.key.as_dict(private=False)]}}
            self.give(200 if parts.path in readable else 404, readable.get(parts.path, {}))

        def do_POST(self) -> None:
            """Give a token."""
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.give(*provider.token({name: values[0] for name, values in form.items()}, self.headers.get("Authorization", "")))

        def give(self, status: int, content: Claims) -> None:
            """Answer with JSON."""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """Run one until the block ends."""
    provider = IdentityProvider()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider)) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()

# SPDX-License-Identifier: EUPL-1.2
"""Ask an identity provider by OpenID Connect who somebody is: code flow with PKCE, state and nonce; nothing of it is stored.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; Discovery 1.0, section 4.
"""

from typing import TYPE_CHECKING, Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from joserfc.errors import JoseError
from requests.adapters import HTTPAdapter

from asskomm.core.installation.trust import trusting

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PATIENCE = 10
_SIGNED_BY_A_KEY_PAIR = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_FAULTS = (requests.RequestException, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError)


class ProviderError(Exception):
    """The provider cannot be reached, or says what must not be believed; the message is for the log and holds nothing about a person."""


class OutdatedError(ProviderError):
    """In this browser nobody began, or too long ago."""


class DeclinedError(ProviderError):
    """She broke off, or the provider refused her."""


class _Trusting(HTTPAdapter):
    """Trusts a certificate authority of one's own too."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Open lines with our trust."""
        super().init_poolmanager(*args, **more, ssl_context=trusting())


class _Session(OAuth2Session):
    def __init__(self, **more: Any) -> None:
        super().__init__(**more, default_timeout=_PATIENCE)
        self.mount("https://", _Trusting())


class _Client(DjangoOAuth2App):
    client_cls = _Session

    def load_server_metadata(self) -> dict[str, Any]:
        """Read the provider's description, and leave out of it what would let anybody sign.

        Raises
        ------
            ProviderError: it describes another provider.
        """
        described: dict[str, Any] = super().load_server_metadata()
        if str(described["issuer"]).rstrip("/") != settings.OIDC_URL:
            raise ProviderError("the description names another issuer")
        offered = described.get("id_token_signing_alg_values_supported", ["RS256"])
        described["id_token_signing_alg_values_supported"] = [name for name in offered if name in _SIGNED_BY_A_KEY_PAIR]
        return described


def _client() -> _Client:
    return _Client(
        DjangoIntegration("provider"),
        "provider",
        client_id=settings.OIDC_CLIENT,
        client_secret=settings.OIDC_SECRET,
        server_metadata_url=f"{settings.OIDC_URL}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )


def lead_there(request: "HttpRequest", back: str) -> "HttpResponse":
    """Lead to the provider, which leads to `back` afterwards.

    Raises
    ------
        ProviderError: it cannot be reached, or does not describe itself.
    """
    try:
        answer: HttpResponse = _client().authorize_redirect(request, back)
    except _FAULTS as fault:
        raise ProviderError(type(fault).__name__) from fault
    return answer


def verified_address(request: "HttpRequest") -> str:
    """Give the mail address that the provider vouches for; empty where it vouches for none.

    Raises
    ------
        DeclinedError: it let her not in.
        OutdatedError: this browser did not begin here, or too long ago.
        ProviderError: it cannot be reached, or its word is not signed, not for us, too old or of another sign-in.
    """
    if "error" in request.GET:
        raise DeclinedError
    client = _client()
    try:
        issuer = client.load_server_metadata()["issuer"]
        wanted = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": settings.OIDC_CLIENT}}
        claims = client.authorize_access_token(request, claims_options=wanted)["userinfo"]
    except MismatchingStateError as fault:
        raise OutdatedError from fault
    except _FAULTS as fault:
        raise ProviderError(type(fault).__name__) from fault
    return str(claims.get("email") or "").strip() if claims.get("email_verified") is True else ""


def describes_itself() -> None:
    """Read the provider's description.

    Raises
    ------
        ProviderError: it cannot be read.
    """
    try:
        _client().load_server_metadata()
    except _FAULTS as fault:
        raise ProviderError(type(fault).__name__) from fault

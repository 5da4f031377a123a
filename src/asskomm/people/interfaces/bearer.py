# SPDX-License-Identifier: EUPL-1.2
"""How a program signs in to the API: a token in the header `Authorization`; under no other address does it count."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import Throttled

from asskomm.core.api.problems import CHALLENGE, AnswerError
from asskomm.core.api.throttles import PUBLIC, AddressThrottle
from asskomm.core.clock import clock
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.domain.queries.tokens import token_of
from asskomm.people.domain.tokens import note_use
from asskomm.people.enums import Scope
from asskomm.people.models import ApiToken

if TYPE_CHECKING:
    from asskomm.core.visibility import ReaderRequest


def everybody(request: HttpRequest) -> str:
    """Let in whoever comes without a token: the public, or who is signed in on the pages."""
    return PUBLIC


class Bearer:
    """Lets in whoever has a token with one of the scopes, with the rights that its owner has today.

    Args:
        scopes: one of these is needed.
    """

    openapi_security_schema = {"type": "http", "scheme": "bearer", "description": "A token that somebody issued for a program under “Mein Zugang”."}

    def __init__(self, *scopes: Scope) -> None:
        """Keep the scopes."""
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> str | None:
        """Set the reader, and give under which name the caller is counted; `None` without a token.

        Raises
        ------
            AnswerError: the token is not accepted, or lacks the scope.
            Throttled: too many wrong ones came from one address.
        """
        given = request.headers.get("Authorization", "").strip()
        if not given:
            return None
        token = self._accepted(request, given)
        if not any(scope.value in token.scopes for scope in self.scopes):
            wanted = " / ".join(f"„{scope.label}“" for scope in self.scopes)
            header = f'{CHALLENGE}, error="insufficient_scope", scope="{" ".join(self.scopes)}"'
            raise AnswerError(403, _("Dieser Zugang darf das nicht; dazu gehört %(scope)s.") % {"scope": wanted}, {"WWW-Authenticate": header})
        cast("ReaderRequest", request).principal = principal_of(token.account, clock.today())
        note_use(token)
        return f"token:{token.reference}"

    def _accepted(self, request: HttpRequest, given: str) -> ApiToken:
        scheme, _space, secret = given.partition(" ")
        token = token_of(secret.strip()) if scheme.lower() == "bearer" else None
        if token is not None:
            return token
        guard = AddressThrottle()
        if not guard.allow_request(request):
            raise Throttled(wait=round(guard.wait()))
        text = _("Dieser Zugang gilt nicht: Er ist unbekannt, abgelaufen, widerrufen oder gehört zu einem geschlossenen Konto.")
        raise AnswerError(401, text, {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})

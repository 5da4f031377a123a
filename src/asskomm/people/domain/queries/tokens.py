# SPDX-License-Identifier: EUPL-1.2
"""Whose token a secret is."""

from asskomm.core.clock import clock
from asskomm.people.domain.tokens import PREFIX, digest_of
from asskomm.people.models import ApiToken

_LONGEST = 200


def token_of(secret: str) -> ApiToken | None:
    """Give the token of a secret with its account, `None` where it is not accepted: unknown, expired, revoked, or the account is closed."""
    if not secret.startswith(PREFIX) or len(secret) > _LONGEST:
        return None
    token = ApiToken.objects.select_related("account").filter(digest=digest_of(secret)).first()
    return token if token and token.live_at(clock.now()) and token.account.is_active else None

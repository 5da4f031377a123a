# SPDX-License-Identifier: EUPL-1.2
"""Pages of the library that need something of ours beside them."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled


class SecondFactorView(AuthenticateView):  # type: ignore[misc]  # the library has no types
    """Asks for the second factor; for a key only where there is one."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Say whether there is a key."""
        has_key = is_mfa_enabled(self.stage.login.user, [Authenticator.Type.WEBAUTHN])
        return {**super().get_context_data(**more), "has_key": has_key}

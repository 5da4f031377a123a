# SPDX-License-Identifier: EUPL-1.2
"""Pages of the library that need something of ours beside them."""

from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from asskomm.people.interfaces.gate import lacks_second_factor

if TYPE_CHECKING:
    from asskomm.core.visibility import ReaderRequest


class SecondFactorView(AuthenticateView):  # type: ignore[misc]  # the library has no types
    """Asks for the second factor; for a key only where there is one."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Say whether there is a key."""
        has_key = is_mfa_enabled(self.stage.login.user, [Authenticator.Type.WEBAUTHN])
        return {**super().get_context_data(**more), "has_key": has_key}


class FactorsView(IndexView):  # type: ignore[misc]  # the library has no types
    """Lists one's second factors, and says where one must have one."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Say whether one is missing."""
        return {**super().get_context_data(**more), "lacking": lacks_second_factor(cast("ReaderRequest", self.request))}

# SPDX-License-Identifier: EUPL-1.2
"""How second factors behave here: names in our words."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Names keys by number until their owner does."""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 -- the library calls it so
        """Give a name for the next key."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1} if count else _("Passkey")

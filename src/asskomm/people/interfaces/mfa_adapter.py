# SPDX-License-Identifier: EUPL-1.2
"""How second factors behave here: names in our words, and secrets that the database alone does not give away."""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from asskomm.core.installation.sealed import SealError, seal, unseal

_log = logging.getLogger("asskomm.signing_in")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Names keys by number until their owner does, and enciphers what makes codes."""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 -- the library calls it so
        """Give a name for the next key."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1} if count else _("Passkey")

    def encrypt(self, text: str) -> str:
        """Encipher what codes are made of."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Give it back; where the secret of the installation was lost, something that no code fits."""
        try:
            return unseal(encrypted_text)
        except SealError:
            _log.exception("a second factor cannot be read with the secret of this installation; its owner has to set up a new one")
            return base64.b32encode(secrets.token_bytes(20)).decode()

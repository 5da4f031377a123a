# SPDX-License-Identifier: EUPL-1.2
"""Verbs: forget the second factors that somebody has lost, and close all of them with the newest key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.installation.sealed import SealError, seal_anew
from asskomm.core.visibility import Principal
from asskomm.people.models import Account

SEALED = ("secret", "seed")
"""Under which names the library keeps what codes are made of."""


def forget_second_factors(account: Account, *, by: Principal) -> None:
    """Delete what somebody has lost, so that she sets up a new second factor."""
    with transaction.atomic():
        Authenticator.objects.filter(user=account).delete()
        record_keys("persons", [str(account.person_id)], Action.CHANGED, by=by)


def seal_second_factors_anew() -> tuple[int, int]:
    """Close every second factor with the newest key; gives how many, and how many no key opens."""
    closed = lost = 0
    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
            try:
                factor.data |= {name: seal_anew(factor.data[name]) for name in SEALED if name in factor.data}
            except SealError:
                lost += 1
                continue
            factor.save(update_fields=["data"])
            closed += 1
    return closed, lost

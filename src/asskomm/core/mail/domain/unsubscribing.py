# SPDX-License-Identifier: EUPL-1.2
"""Let somebody go without a kind of mail."""

from django.db import transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.mail.models import Address, Unsubscription
from asskomm.core.visibility import ANYONE


def unsubscribe(address: Address, kind: str) -> None:
    """Send no more mails of a kind to an address; once more changes nothing."""
    with transaction.atomic():
        _row, new = Unsubscription.objects.get_or_create(address=address, kind=kind, defaults={"at": clock.now()})
        if new:
            record_keys("addresses", [address.reference], Action.ENDED, by=ANYONE)

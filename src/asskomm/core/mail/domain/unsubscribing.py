# SPDX-License-Identifier: EUPL-1.2
"""Let somebody go without a kind of mail."""

from asskomm.core.clock import clock
from asskomm.core.mail.models import Address, Unsubscription


def unsubscribe(address: Address, kind: str) -> None:
    """Send no more mails of a kind to an address; once more changes nothing."""
    Unsubscription.objects.get_or_create(address=address, kind=kind, defaults={"at": clock.now()})

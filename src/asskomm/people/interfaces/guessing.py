# SPDX-License-Identifier: EUPL-1.2
"""Waits that grow with wrong passwords: for a network and address together, for an address from anywhere unknown, for a network over all addresses.

A browser that is known for an account has a count of its own, so nobody who guesses elsewhere locks her out of it.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from asskomm.core.clock import clock
from asskomm.people.interfaces.known_device import device_of
from asskomm.people.interfaces.limits import named, network_of
from asskomm.people.models import Account

_DAY = 86400
_FIRST_WAIT, _LONGEST_WAIT = 30, 3600


@dataclass(frozen=True)
class Count:
    """Wrong passwords under a name.

    Args:
        key: of the count in the cache.
        free: how many are free before waits begin.
    """

    key: str
    free: int

    def wait(self) -> float:
        """Give the seconds still to wait."""
        return max(0.0, float(cache.get(f"{self.key}:until", 0)) - clock.now().timestamp())

    def note(self) -> None:
        """Count one more, and let the wait grow."""
        cache.add(self.key, 0, _DAY)
        try:
            wrong = cache.incr(self.key)
        except ValueError:  # put out in the meantime because there are very many
            wrong = 1
        if wrong >= self.free:
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(wrong - self.free, 10))
            cache.set(f"{self.key}:until", clock.now().timestamp() + wait, _DAY)

    def clear(self) -> None:
        """Begin anew."""
        cache.delete_many([self.key, f"{self.key}:until"])


def counts_of(request: HttpRequest, email: str) -> tuple[Count, ...]:
    """Give the counts that a try is held against; the first is the one that a right password clears."""
    address = email.strip().lower()
    account = Account.objects.filter(email__iexact=address).values_list("pk", flat=True).first()
    if device := device_of(request, account):
        return (Count(named("known", device, address), 5),)
    network = network_of(request)
    return Count(named("guess", network, address), 5), Count(named("guess", "of", address), 50), Count(named("guess", "from", network), 100)

# SPDX-License-Identifier: EUPL-1.2
"""How often somebody may try, counted in the cache by hashed names, so that no address stands in it."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from asskomm.core.api.throttles import client_address, counted_as
from asskomm.core.clock import clock

HOUR = 3600
LINKS_OF_NETWORK, LINKS_OF_ADDRESS, LINKS_OF_BOTH = 30, 20, 5


def network_of(request: HttpRequest) -> str:
    """Give under which name the network of a request is counted."""
    return counted_as(client_address(request))


def named(*words: str) -> str:
    """Give the key of some words in the cache."""
    return "sign-in:" + salted_hmac("asskomm.people.limits", "\n".join(words), algorithm="sha256").hexdigest()


def counted(seconds: int, *words: str) -> int:
    """Count once more, and give how often it was in this stretch of time."""
    key = f"{named(*words)}:{int(clock.now().timestamp()) // seconds}"
    cache.add(key, 0, 2 * seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # put out in the meantime because there are very many
        return 1


def too_many_links(request: HttpRequest, email: str) -> bool:
    """Count that a link is asked for, and say whether it is too often: from one network, to one address, or both.

    The three are apart, so that whoever asks for links to another's address from elsewhere does not take hers away.
    """
    network, address = network_of(request), email.strip().lower()
    return (
        counted(HOUR, "link", network) > LINKS_OF_NETWORK
        or counted(HOUR, "link", network, address) > LINKS_OF_BOTH
        or counted(HOUR, "link", "to", address) > LINKS_OF_ADDRESS
    )

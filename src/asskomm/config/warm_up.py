# SPDX-License-Identifier: EUPL-1.2
"""What a process that lives long loads at its start, so that nobody's first transaction waits for it."""

from django.urls import reverse

from asskomm.core.installation.maintenance import schema_digest
from asskomm.core.search.analysis.german import read_lists


def warm_up() -> None:
    """Load all pages and the lists of words; a third of a second."""
    reverse("publishing:home")
    read_lists()
    schema_digest()

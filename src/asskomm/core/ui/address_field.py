# SPDX-License-Identifier: EUPL-1.2
"""A field for an address of e-mail that fits where it is kept."""

from typing import Any

from django import forms

_LONGEST = 254
"""Characters that an address has at most (RFC 3696, erratum 1690); Django's field takes more than its column."""


class AddressField(forms.EmailField):
    """Refuses what the database would refuse."""

    def __init__(self, **how: Any) -> None:
        """Hold the length."""
        super().__init__(**{"max_length": _LONGEST, **how})

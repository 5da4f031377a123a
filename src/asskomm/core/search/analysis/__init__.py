# SPDX-License-Identifier: EUPL-1.2
"""How German is read: folded, cut into words, brought to their stems, compounds split."""

VERSION = 1
"""Raised when the same text gives other terms than before, so that every index is made anew."""

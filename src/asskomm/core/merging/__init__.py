# SPDX-License-Identifier: EUPL-1.2
"""Two rows that mean the same become one, and can become two again: rooms register what they move."""

from asskomm.core.merging.registry import MERGE_HANDLERS, MERGEABLE, Mergeable, MergeError, MergeHandler

__all__ = ["MERGEABLE", "MERGE_HANDLERS", "MergeError", "MergeHandler", "Mergeable"]

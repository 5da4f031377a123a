# SPDX-License-Identifier: EUPL-1.2
"""What publishing may count of this room."""

from asskomm.alliance.figures.registry import register_figures

__all__ = ["register_figures"]

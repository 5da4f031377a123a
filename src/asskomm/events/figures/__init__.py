# SPDX-License-Identifier: EUPL-1.2
"""Figures of gatherings."""

from asskomm.events.figures.registry import gathering_figures, register_figures

__all__ = ["gathering_figures", "register_figures"]

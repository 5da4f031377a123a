# SPDX-License-Identifier: EUPL-1.2
"""The example alliance: public facts with their sources, the rest made up from a fixed seed."""

from asskomm.alliance.example.load import load_example

__all__ = ["load_example"]

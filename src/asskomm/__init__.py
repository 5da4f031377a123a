# SPDX-License-Identifier: EUPL-1.2
"""ASSKomm: one platform for a state's municipal crime prevention."""

__version__ = "0.1.0"

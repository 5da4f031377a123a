# SPDX-License-Identifier: EUPL-1.2
"""Every number that leaves the house is an Estimate."""

from asskomm.core.estimates.estimate import Basis, Estimate, Protects, Quality

__all__ = ["Basis", "Estimate", "Protects", "Quality"]

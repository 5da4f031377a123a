# SPDX-License-Identifier: EUPL-1.2
"""Nouns of the room."""

from asskomm.territory.models.boundary import Boundary, BoundarySet
from asskomm.territory.models.district import District
from asskomm.territory.models.figure import Measure, OfficialFigure
from asskomm.territory.models.municipality import Municipality, MunicipalityQuerySet

__all__ = ["Boundary", "BoundarySet", "District", "Measure", "Municipality", "MunicipalityQuerySet", "OfficialFigure"]

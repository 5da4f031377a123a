# SPDX-License-Identifier: EUPL-1.2
"""Areas from files: GeoPackage, Shape files in an archive, GeoJSON, all of them row by row and in degrees."""

from asskomm.core.imports.layers.layer import Layer, LayerRow, ShapeError
from asskomm.core.imports.layers.opening import open_layer, seen_layer
from asskomm.core.imports.layers.systems import CoordinateSystem, likely_system

__all__ = ["CoordinateSystem", "Layer", "LayerRow", "ShapeError", "likely_system", "open_layer", "seen_layer"]

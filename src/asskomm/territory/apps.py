# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """The room "territory"."""

    name = "asskomm.territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rule, the importers, the room's own box, and let places be found."""
        from asskomm.core.audit import TRAILS
        from asskomm.core.imports import IMPORTERS
        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.territory import rules  # noqa: F401 -- registers the rules
        from asskomm.territory.interfaces.importers.boundaries import BoundaryImporter
        from asskomm.territory.interfaces.importers.census import CensusImporter
        from asskomm.territory.interfaces.importers.register import RegisterImporter
        from asskomm.territory.interfaces.panels import official_figures
        from asskomm.territory.interfaces.search import MUNICIPALITIES
        from asskomm.territory.interfaces.trail import MUNICIPALITY_TRAIL
        from asskomm.territory.slots import MUNICIPALITY_PANELS

        IMPORTERS.register(BoundaryImporter.key, BoundaryImporter(), order=50)
        IMPORTERS.register(CensusImporter.key, CensusImporter(), order=40)
        IMPORTERS.register(RegisterImporter.key, RegisterImporter(), order=30)
        MUNICIPALITY_PANELS.register("figures", official_figures, order=60)
        TRAILS.register("municipalities", MUNICIPALITY_TRAIL, order=40)
        SEARCH_SOURCES.register("municipalities", MUNICIPALITIES, order=10)

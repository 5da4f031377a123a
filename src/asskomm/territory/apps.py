# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """The room "territory"."""

    name = "asskomm.territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let places be found."""
        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.territory.interfaces.search import MUNICIPALITIES

        SEARCH_SOURCES.register("municipalities", MUNICIPALITIES, order=10)

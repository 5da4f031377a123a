# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class AllianceConfig(AppConfig):
    """The room "alliance"."""

    name = "asskomm.alliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the slots of the lower rooms, the menu and the registry of figures."""
        from asskomm.alliance import rules  # noqa: F401 -- registers the rules
        from asskomm.alliance.figures import register_figures
        from asskomm.alliance.interfaces.registration import fill_slots

        register_figures()
        fill_slots()

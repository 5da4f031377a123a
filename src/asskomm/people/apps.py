# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room "people"."""

    name = "asskomm.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the room into the menu and onto the municipality's page."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.ui.frame import MENU, MenuEntry
        from asskomm.people import rules  # noqa: F401 -- registers the rules
        from asskomm.people.interfaces.panels import contacts
        from asskomm.territory.slots import MUNICIPALITY_PANELS

        MUNICIPALITY_PANELS.register("contacts", contacts, order=30)

        MENU.register("organisations", MenuEntry(_("Organisationen"), "people:organisations"), order=70)

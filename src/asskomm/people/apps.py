# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room "people"."""

    name = "asskomm.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the room into the menu."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.ui.frame import MENU, MenuEntry

        MENU.register("organisations", MenuEntry(_("Organisationen"), "people:organisations"), order=70)

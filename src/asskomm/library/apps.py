# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The room "library"."""

    name = "asskomm.library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the room into the menu."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.ui.frame import MENU, MenuEntry

        MENU.register("fields", MenuEntry(_("Themen"), "library:fields"), order=30)

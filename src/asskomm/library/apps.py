# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The room "library"."""

    name = "asskomm.library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the room into the menu and the search."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.core.ui.frame import MENU, MenuEntry
        from asskomm.library.interfaces.search import FIELDS

        SEARCH_SOURCES.register("fields", FIELDS, order=20)
        MENU.register("fields", MenuEntry(_("Themen"), "library:fields"), order=30)

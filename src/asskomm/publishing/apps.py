# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The room "publishing"."""

    name = "asskomm.publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rules, put the room into the menu, and the handbook into the search."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.audit import TRAILS
        from asskomm.core.exports.datasets import DATASETS
        from asskomm.core.jobs import TASKS
        from asskomm.core.retention import SUBJECT_RECORDS
        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.core.ui.frame import MENU, MenuEntry
        from asskomm.publishing import rules  # noqa: F401 -- registers the rules
        from asskomm.publishing.interfaces.datasets import FIGURE_TABLE
        from asskomm.publishing.interfaces.search import HANDBOOK, PRESS
        from asskomm.publishing.interfaces.trail import PRESS_TRAIL, TARGET_TRAIL
        from asskomm.publishing.legal import register_legal
        from asskomm.publishing.retention import OWN_SHEETS
        from asskomm.publishing.tasks import INDEX

        SUBJECT_RECORDS.register("press", OWN_SHEETS, order=70)
        DATASETS.register(FIGURE_TABLE.key, FIGURE_TABLE, order=30)
        TRAILS.register("press", PRESS_TRAIL, order=50)
        TRAILS.register("targets", TARGET_TRAIL, order=51)
        SEARCH_SOURCES.register("press", PRESS, order=48)
        SEARCH_SOURCES.register("handbook", HANDBOOK, order=50)
        TASKS.register(INDEX.key, INDEX)
        register_legal()
        MENU.register("home", MenuEntry(_("Startseite"), "publishing:home"), order=10)
        MENU.register("figures", MenuEntry(_("Zahlen und Daten"), "publishing:figures"), order=50)
        MENU.register("press", MenuEntry(_("Für die Presse"), "publishing:press"), order=55)

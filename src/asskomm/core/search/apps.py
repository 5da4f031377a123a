# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index, its analyser and the page."""

    name = "asskomm.core.search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the package's jobs."""
        from asskomm.core.jobs.registry import SCHEDULES, TASKS
        from asskomm.core.search.tasks import REBUILD, TIDY, TIDY_NIGHTLY

        for task in (REBUILD, TIDY):
            TASKS.register(task.key, task)
        SCHEDULES.register(TIDY.key, TIDY_NIGHTLY)

# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs, schedules and the worker."""

    name = "asskomm.core.jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rule and the package's own nightly job."""
        from asskomm.core.jobs import rules  # noqa: F401 -- registers the rules
        from asskomm.core.jobs.registry import SCHEDULES, TASKS
        from asskomm.core.jobs.tasks import FORGET, FORGET_NIGHTLY

        TASKS.register(FORGET.key, FORGET)
        SCHEDULES.register(FORGET.key, FORGET_NIGHTLY)

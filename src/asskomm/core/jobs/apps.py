# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs, schedules and the worker."""

    name = "asskomm.core.jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rule."""
        from asskomm.core.jobs import rules  # noqa: F401 -- registers the rules

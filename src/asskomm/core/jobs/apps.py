# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs, schedules and the worker."""

    name = "asskomm.core.jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rule, and what is looked at and measured."""
        from asskomm.core.jobs import operation, rules  # noqa: F401 -- registers the rules
        from asskomm.core.operation import CHECKS, MEASURES

        for check in operation.CHECKS:
            CHECKS.register(check.key, check, order=30)
        for key, measure in operation.MEASURES.items():
            MEASURES.register(key, measure, order=20)

# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Backups."""

    name = "asskomm.core.backup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is looked at and measured."""
        from asskomm.core.backup import operation
        from asskomm.core.operation import CHECKS, MEASURES

        for check in operation.CHECKS:
            CHECKS.register(check.key, check, order=20)
        for key, measure in operation.MEASURES.items():
            MEASURES.register(key, measure, order=20)

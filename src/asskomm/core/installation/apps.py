# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """What this data folder is."""

    name = "asskomm.core.installation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is deleted."""
        from asskomm.core.installation.retention import SIGN_IN_ATTEMPTS
        from asskomm.core.retention import DELETION_RULES

        DELETION_RULES.register(SIGN_IN_ATTEMPTS.key, SIGN_IN_ATTEMPTS, order=60)

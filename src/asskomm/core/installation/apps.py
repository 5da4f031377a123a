# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """What this data folder is."""

    name = "asskomm.core.installation"
    default_auto_field = "django.db.models.BigAutoField"

# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    """Merging of duplicates."""

    name = "asskomm.core.merging"
    default_auto_field = "django.db.models.BigAutoField"

# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """The room "territory"."""

    name = "asskomm.territory"
    default_auto_field = "django.db.models.BigAutoField"

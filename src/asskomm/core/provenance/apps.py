# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    """Sources of data."""

    name = "asskomm.core.provenance"
    default_auto_field = "django.db.models.BigAutoField"

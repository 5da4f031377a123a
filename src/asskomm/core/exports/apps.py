# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Tables to take along."""

    name = "asskomm.core.exports"

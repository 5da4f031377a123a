# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Frame of all pages: templates, styles, error pages."""

    name = "asskomm.core.ui"

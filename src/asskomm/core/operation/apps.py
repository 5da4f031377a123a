# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """Checks, measures, and their page."""

    name = "asskomm.core.operation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rule, the menu entry, and what is looked at in every installation."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.operation import rules  # noqa: F401 -- registers the rules
        from asskomm.core.operation.checks import ALL
        from asskomm.core.operation.measures import OWN
        from asskomm.core.operation.registry import CHECKS, MEASURES
        from asskomm.core.ui.frame import MENU, MenuEntry

        MENU.register("operation", MenuEntry(_("Betrieb"), "operation:operation", rule="operation.see"), order=88)
        for order, check in enumerate(ALL):
            CHECKS.register(check.key, check, order=order)
        for key, measure in OWN.items():
            MEASURES.register(key, measure, order=10)

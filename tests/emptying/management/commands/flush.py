# SPDX-License-Identifier: EUPL-1.2
"""Django's `flush` with the triggers off while it runs."""

from typing import Any

from django.core.management.commands import flush

from asskomm.core.audit.guards import lift_guards, put_guards


class Command(flush.Command):
    """Empty all tables, the append-only ones too."""

    def handle(self, **options: Any) -> None:
        """Lift the triggers, flush, put them up again."""
        lift_guards(options["database"])
        try:
            super().handle(**options)
        finally:
            put_guards(options["database"])

# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The door for files."""

    name = "asskomm.core.imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rule, the jobs and the menu entry."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.audit import TRAILS
        from asskomm.core.imports import rules  # noqa: F401 -- registers the rules
        from asskomm.core.imports.interfaces.trail import FILE_TRAIL
        from asskomm.core.imports.models import Batch
        from asskomm.core.imports.retention import OWN_FILES, WAITING_FILES
        from asskomm.core.imports.tasks import IMPORT_TASKS
        from asskomm.core.imports.waiting import waiting_files
        from asskomm.core.jobs import TASKS
        from asskomm.core.operation import NAMED_FILES, ROW_COUNTS
        from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
        from asskomm.core.ui.frame import MENU, MenuEntry

        for task in IMPORT_TASKS:
            TASKS.register(task.key, task)
        DELETION_RULES.register(WAITING_FILES.key, WAITING_FILES, order=20)
        SUBJECT_RECORDS.register("files", OWN_FILES, order=50)
        TRAILS.register("files", FILE_TRAIL, order=60)
        MENU.register("imports", MenuEntry(_("Daten einlesen"), "imports:upload", rule="imports.use"), order=80)
        NAMED_FILES.register("imports", waiting_files)
        ROW_COUNTS.register("files", Batch.objects.count)

# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Entries, seals, histories."""

    name = "asskomm.core.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register rules and jobs, and put the triggers up after each migration."""
        from django.db.models.signals import post_migrate
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.audit import operation, rules  # noqa: F401 -- registers the rules
        from asskomm.core.audit.guards import put_guards
        from asskomm.core.audit.models import Entry
        from asskomm.core.audit.retention import FORMER_CONTENTS, OWN_ENTRIES
        from asskomm.core.audit.tasks import SEAL, SEAL_EACH_MINUTE
        from asskomm.core.jobs import SCHEDULES, TASKS
        from asskomm.core.operation import CHECKS, MEASURES, ROW_COUNTS
        from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
        from asskomm.core.ui.frame import MENU, MenuEntry

        MENU.register("log", MenuEntry(_("Änderungsprotokoll"), "audit:log", rule="audit.see_log"), order=90)
        post_migrate.connect(put_guards, sender=self)
        TASKS.register(SEAL.key, SEAL)
        SCHEDULES.register(SEAL.key, SEAL_EACH_MINUTE)
        DELETION_RULES.register(FORMER_CONTENTS.key, FORMER_CONTENTS, order=30)
        SUBJECT_RECORDS.register("history", OWN_ENTRIES, order=90)
        ROW_COUNTS.register("audit_entries", Entry.objects.count)
        for check in operation.CHECKS:
            CHECKS.register(check.key, check, order=40)
        for key, measure in operation.MEASURES.items():
            MEASURES.register(key, measure, order=40)

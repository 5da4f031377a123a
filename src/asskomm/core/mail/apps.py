# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mails, addresses, what was unsubscribed."""

    name = "asskomm.core.mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register rules, the job and what is deleted when."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.audit import TRAILS
        from asskomm.core.jobs import SCHEDULES, TASKS
        from asskomm.core.mail import operation, rules  # noqa: F401 -- registers the rules
        from asskomm.core.mail.interfaces.trail import ADDRESS_TRAIL
        from asskomm.core.mail.probe import PROBE
        from asskomm.core.mail.registry import MAIL_KINDS
        from asskomm.core.mail.retention import OLD_ADDRESSES, OLD_MAILS, OLD_UNSUBSCRIPTIONS, OWN_ADDRESSES, OWN_MAILS
        from asskomm.core.mail.tasks import SEND, SEND_EACH_MINUTE
        from asskomm.core.operation import CHECKS, MEASURES
        from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
        from asskomm.core.ui.frame import MENU, MenuEntry

        MENU.register("outbox", MenuEntry(_("Postausgang"), "mail:outbox", rule="mail.see_outbox"), order=92)
        MAIL_KINDS.register(PROBE.key, PROBE)
        TRAILS.register("addresses", ADDRESS_TRAIL, order=70)
        TASKS.register(SEND.key, SEND)
        SCHEDULES.register(SEND.key, SEND_EACH_MINUTE)
        DELETION_RULES.register(OLD_MAILS.key, OLD_MAILS, order=40)
        DELETION_RULES.register(OLD_UNSUBSCRIPTIONS.key, OLD_UNSUBSCRIPTIONS, order=41)
        DELETION_RULES.register(OLD_ADDRESSES.key, OLD_ADDRESSES, order=42)
        SUBJECT_RECORDS.register("addresses", OWN_ADDRESSES, order=65)
        SUBJECT_RECORDS.register("mails", OWN_MAILS, order=70)
        for check in operation.CHECKS:
            CHECKS.register(check.key, check, order=50)
        for key, measure in operation.MEASURES.items():
            MEASURES.register(key, measure, order=30)

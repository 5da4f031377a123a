# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The room "events"."""

    name = "asskomm.events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register rules, figures, menu, histories, mails, the job and what is deleted when."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.audit import TRAILS
        from asskomm.core.imports import IMPORTERS
        from asskomm.core.installation.sealed import SEALED_STORES, SealedStore
        from asskomm.core.jobs import SCHEDULES, TASKS
        from asskomm.core.mail.registry import MAIL_KINDS
        from asskomm.core.operation import ROW_COUNTS
        from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.core.ui.frame import MENU, MenuEntry
        from asskomm.events import mails, rules  # noqa: F401 -- registers the rules
        from asskomm.events.domain.needs import seal_needs_anew
        from asskomm.events.figures import register_figures
        from asskomm.events.interfaces.programme_importer import ScheduleImporter
        from asskomm.events.interfaces.search import GATHERINGS
        from asskomm.events.interfaces.trails import GATHERING_TRAIL, REGISTRATION_TRAIL, SESSION_TRAIL, SPEAKER_TRAIL
        from asskomm.events.models import Gathering
        from asskomm.events.retention import OLD_NEEDS, OLD_REGISTRATIONS, OLD_SPEAKERS, OWN_CONTRIBUTIONS, OWN_REGISTRATIONS
        from asskomm.events.tasks import LAPSE, LAPSE_EACH_MINUTE, TELL

        register_figures()
        MENU.register("gatherings", MenuEntry(_("Veranstaltungen"), "events:gatherings"), order=40)
        TRAILS.register("gatherings", GATHERING_TRAIL, order=15)
        TRAILS.register("registrations", REGISTRATION_TRAIL, order=16)
        TRAILS.register("sessions", SESSION_TRAIL, order=17)
        TRAILS.register("speakers", SPEAKER_TRAIL, order=18)
        SEARCH_SOURCES.register("gatherings", GATHERINGS, order=45)
        IMPORTERS.register(ScheduleImporter.key, ScheduleImporter(), order=60)
        TASKS.register(LAPSE.key, LAPSE)
        TASKS.register(TELL.key, TELL)
        SCHEDULES.register(LAPSE.key, LAPSE_EACH_MINUTE)
        for kind in mails.ALL:
            MAIL_KINDS.register(kind.key, kind)
        DELETION_RULES.register(OLD_REGISTRATIONS.key, OLD_REGISTRATIONS, order=50)
        DELETION_RULES.register(OLD_NEEDS.key, OLD_NEEDS, order=51)
        DELETION_RULES.register(OLD_SPEAKERS.key, OLD_SPEAKERS, order=52)
        SEALED_STORES.register("needs", SealedStore(_("Bedarf bei Veranstaltungen"), seal_needs_anew))
        SUBJECT_RECORDS.register("registrations", OWN_REGISTRATIONS, order=50)
        SUBJECT_RECORDS.register("contributions", OWN_CONTRIBUTIONS, order=51)
        ROW_COUNTS.register("gatherings", Gathering.objects.count)

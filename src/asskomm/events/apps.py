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
        from asskomm.core.operation import NAMED_FILES, ROW_COUNTS
        from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.core.ui.frame import MENU, MenuEntry
        from asskomm.events import mails, rules  # noqa: F401 -- registers the rules
        from asskomm.events.domain.expenses import seal_expenses_anew
        from asskomm.events.domain.needs import seal_needs_anew
        from asskomm.events.domain.pictures import SHELF as PICTURES
        from asskomm.events.domain.poster_files import SHELF as STANDS
        from asskomm.events.domain.slides import SHELF as SLIDES
        from asskomm.events.figures import register_figures
        from asskomm.events.interfaces.programme_importer import ScheduleImporter
        from asskomm.events.interfaces.registration_importer import RegistrationImporter
        from asskomm.events.interfaces.search import GATHERINGS, MINUTES
        from asskomm.events.interfaces.trails import ALL_TRAILS
        from asskomm.events.models import Gathering
        from asskomm.events.retention import OWN_RECORDS, RULES
        from asskomm.events.tasks import ALL, LAPSE, LAPSE_EACH_MINUTE, REMIND, REMIND_EACH_MORNING

        register_figures()
        MENU.register("gatherings", MenuEntry(_("Veranstaltungen"), "events:gatherings"), order=40)
        for order, (key, trail) in enumerate(ALL_TRAILS.items(), 14):
            TRAILS.register(key, trail, order=order)
        SEARCH_SOURCES.register("gatherings", GATHERINGS, order=45)
        SEARCH_SOURCES.register("minutes", MINUTES, order=46)
        IMPORTERS.register(ScheduleImporter.key, ScheduleImporter(), order=60)
        IMPORTERS.register(RegistrationImporter.key, RegistrationImporter(), order=59)
        for task in ALL:
            TASKS.register(task.key, task)
        SCHEDULES.register(LAPSE.key, LAPSE_EACH_MINUTE)
        SCHEDULES.register(REMIND.key, REMIND_EACH_MORNING)
        for kind in mails.ALL:
            MAIL_KINDS.register(kind.key, kind)
        for order, rule in enumerate(RULES, 50):
            DELETION_RULES.register(rule.key, rule, order=order)
        for shelf in (SLIDES, STANDS, PICTURES):
            NAMED_FILES.register(shelf.name, shelf.named)
        SEALED_STORES.register("needs", SealedStore(_("Bedarf bei Veranstaltungen"), seal_needs_anew))
        SEALED_STORES.register("expenses", SealedStore(_("Honorar und Reise von Mitwirkenden"), seal_expenses_anew))
        for order, (key, records) in enumerate(OWN_RECORDS.items(), 50):
            SUBJECT_RECORDS.register(key, records, order=order)
        ROW_COUNTS.register("gatherings", Gathering.objects.count)
        _register_with_other_rooms()


def _register_with_other_rooms() -> None:
    """Register dates and what is due, the box on the desk and on a municipality's page, and what moves along when two organisations become one."""
    from asskomm.core.calendar import CALENDARS
    from asskomm.core.merging import MERGE_HANDLERS
    from asskomm.events.domain.merging import GATHERINGS_OF_ORGANISATIONS
    from asskomm.events.domain.queries.agenda import due_actions, due_assignments, due_speakers
    from asskomm.events.domain.queries.dates import own_gatherings
    from asskomm.events.interfaces import desk_boxes
    from asskomm.events.interfaces.panels import visits_of_municipality
    from asskomm.people.slots import DEADLINES, DESK_BOXES
    from asskomm.territory.slots import MUNICIPALITY_MILESTONES

    CALENDARS.register("gatherings", own_gatherings, order=20)
    DESK_BOXES.register("gatherings", desk_boxes.coming, order=42)
    DEADLINES.register("actions", due_actions)
    DEADLINES.register("assignments", due_assignments)
    DEADLINES.register("speakers", due_speakers)
    MUNICIPALITY_MILESTONES.register("visits", visits_of_municipality)
    MERGE_HANDLERS.register("events.gatherings", GATHERINGS_OF_ORGANISATIONS)

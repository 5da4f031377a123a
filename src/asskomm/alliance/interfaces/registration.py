# SPDX-License-Identifier: EUPL-1.2
"""Where this room shows up in the lower ones."""

from django.utils.translation import gettext_lazy as _

from asskomm.alliance.domain.merging import EVENTS_OF_ORGANISATIONS
from asskomm.alliance.domain.queries.contacts import contacts_as_deadlines
from asskomm.alliance.domain.queries.terms import ending_agreements
from asskomm.alliance.interfaces import desk_boxes, panels
from asskomm.alliance.interfaces.datasets import EVENT_TABLE, MUNICIPALITIES
from asskomm.alliance.interfaces.importer import EventImporter
from asskomm.alliance.interfaces.internal_panel import internal
from asskomm.alliance.interfaces.search import EVENTS
from asskomm.alliance.interfaces.trail import CONTACT_TRAIL, EVENT_TRAIL
from asskomm.alliance.models import Event
from asskomm.alliance.operation import PROJECTION
from asskomm.alliance.retention import CONTACT_NOTES
from asskomm.alliance.tasks import FOLLOW_MERGERS, FOLLOW_NIGHTLY
from asskomm.core.audit import TRAILS
from asskomm.core.exports.datasets import DATASETS
from asskomm.core.imports import IMPORTERS
from asskomm.core.jobs import SCHEDULES, TASKS
from asskomm.core.merging import MERGE_HANDLERS
from asskomm.core.operation import CHECKS, ROW_COUNTS
from asskomm.core.retention import DELETION_RULES
from asskomm.core.search import SEARCH_SOURCES
from asskomm.core.ui.frame import MENU, MenuEntry
from asskomm.library.slots import FIELD_PANELS
from asskomm.people.slots import DEADLINES, DESK_ACTIONS, DESK_BOXES, FIRST_STEPS
from asskomm.territory.slots import DISTRICT_PANELS, MUNICIPALITY_ACTIONS, MUNICIPALITY_LEADS, MUNICIPALITY_PANELS, STATE_PANELS


def fill_slots() -> None:
    """Register panels, buttons, menu entries and what can be searched."""
    SEARCH_SOURCES.register("events", EVENTS, order=40)
    TRAILS.register("events", EVENT_TRAIL, order=10)
    TRAILS.register("next_contacts", CONTACT_TRAIL, order=12)
    DELETION_RULES.register(CONTACT_NOTES.key, CONTACT_NOTES)
    TASKS.register(FOLLOW_MERGERS.key, FOLLOW_MERGERS)
    SCHEDULES.register(FOLLOW_MERGERS.key, FOLLOW_NIGHTLY)
    CHECKS.register(PROJECTION.key, PROJECTION, order=60)
    ROW_COUNTS.register("events", Event.objects.count)
    MERGE_HANDLERS.register("alliance.events", EVENTS_OF_ORGANISATIONS)
    DATASETS.register(MUNICIPALITIES.key, MUNICIPALITIES, order=10)
    DATASETS.register(EVENT_TABLE.key, EVENT_TABLE, order=20)
    MENU.register("network", MenuEntry(_("Kommunen"), "alliance:map"), order=20)
    MENU.register("events", MenuEntry(_("Ereignisse"), "alliance:events"), order=60)
    IMPORTERS.register(EventImporter.key, EventImporter(), order=10)
    MUNICIPALITY_LEADS.register("alliance", panels.lead)
    MUNICIPALITY_PANELS.register("journey", panels.events_of_municipality, order=40)
    MUNICIPALITY_PANELS.register("fields", panels.fields_of_municipality, order=50)
    MUNICIPALITY_ACTIONS.register("enter", panels.enter_button)
    MUNICIPALITY_PANELS.register("internal", internal, order=90)
    DISTRICT_PANELS.register("standing", panels.standing_of_district)
    STATE_PANELS.register("standing", panels.standing_of_state)
    DEADLINES.register("agreements", ending_agreements, order=20)
    DEADLINES.register("contacts", contacts_as_deadlines, order=30)
    DESK_BOXES.register("next", desk_boxes.next_steps, order=20)
    DESK_BOXES.register("unconfirmed", desk_boxes.unconfirmed, order=25)
    DESK_BOXES.register("unseen", desk_boxes.unheard, order=26)
    DESK_BOXES.register("not_in_yet", desk_boxes.not_in_yet, order=27)
    DESK_ACTIONS.register("enter", MenuEntry(_("Ereignis eintragen"), "alliance:enter", rule="alliance.enter_events"), order=10)
    FIRST_STEPS.register("event", desk_boxes.first_event_step, order=40)
    FIELD_PANELS.register("events", panels.events_of_field)

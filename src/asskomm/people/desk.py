# SPDX-License-Identifier: EUPL-1.2
"""What deadlines, dates and the desk register with the floors below."""

from django.utils.translation import gettext_lazy as _


def register_deadlines() -> None:
    """Register the deadlines of posts, the nightly reminder, its mail, and what is kept of it about a person."""
    from asskomm.core.jobs import SCHEDULES, TASKS
    from asskomm.core.mail.registry import MAIL_KINDS
    from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
    from asskomm.people.domain.queries.deadlines import deadlines_of_posts
    from asskomm.people.mails import DEADLINE
    from asskomm.people.retention import GONE_PERSONS, OLD_REMINDERS, OWN_REMINDERS
    from asskomm.people.slots import DEADLINES
    from asskomm.people.tasks import REMIND, REMIND_NIGHTLY

    DEADLINES.register("posts", deadlines_of_posts, order=10)
    TASKS.register(REMIND.key, REMIND)
    SCHEDULES.register(REMIND.key, REMIND_NIGHTLY)
    MAIL_KINDS.register(DEADLINE.key, DEADLINE)
    DELETION_RULES.register(GONE_PERSONS.key, GONE_PERSONS, order=44)
    DELETION_RULES.register(OLD_REMINDERS.key, OLD_REMINDERS, order=46)
    SUBJECT_RECORDS.register("reminders", OWN_REMINDERS, order=34)


def register_dates() -> None:
    """Register deadlines as dates, and the calendar to subscribe to."""
    from asskomm.core.audit import TRAILS
    from asskomm.core.calendar import CALENDARS
    from asskomm.core.retention import SUBJECT_RECORDS
    from asskomm.people.domain.queries.dates import deadlines_as_dates
    from asskomm.people.interfaces.trails import CALENDAR_FEED_TRAIL
    from asskomm.people.retention import OWN_FEEDS

    CALENDARS.register("deadlines", deadlines_as_dates, order=10)
    TRAILS.register("calendar_feeds", CALENDAR_FEED_TRAIL, order=36)
    SUBJECT_RECORDS.register("calendar_feeds", OWN_FEEDS, order=33)


def register_desk() -> None:
    """Register the boxes and the first steps of this room."""
    from asskomm.core.ui.frame import MENU, MenuEntry
    from asskomm.people.interfaces import desk_boxes
    from asskomm.people.slots import DESK_ACTIONS, DESK_BOXES, FIRST_STEPS

    MENU.register("desk", MenuEntry(_("Mein Schreibtisch"), "people:desk", members_only=True), order=5)
    DESK_BOXES.register("due", desk_boxes.due, order=10)
    DESK_BOXES.register("posts", desk_boxes.posts, order=27)
    DESK_BOXES.register("dates", desk_boxes.dates, order=40)
    DESK_BOXES.register("contacts", desk_boxes.contacts, order=50)
    DESK_ACTIONS.register("dates", MenuEntry(_("Termine"), "people:dates"), order=40)
    FIRST_STEPS.register("access", desk_boxes.access_step, order=5)
    FIRST_STEPS.register("profile", desk_boxes.profile_step, order=10)
    FIRST_STEPS.register("deputy", desk_boxes.deputy_step, order=20)
    FIRST_STEPS.register("coordinator", desk_boxes.coordinator_step, order=20)
    FIRST_STEPS.register("calendar", desk_boxes.calendar_step, order=30)

# SPDX-License-Identifier: EUPL-1.2
"""What deadlines and whoever stands in for somebody register with the floors below."""


def register_succession() -> None:
    """Register the deadlines of posts, the nightly reminder, its mail, and what is kept of it about a person."""
    from asskomm.core.jobs import SCHEDULES, TASKS
    from asskomm.core.mail.registry import MAIL_KINDS
    from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
    from asskomm.people.domain.queries.deadlines import deadlines_of_posts
    from asskomm.people.mails import DEADLINE
    from asskomm.people.retention import OLD_REMINDERS, OWN_REMINDERS
    from asskomm.people.slots import DEADLINES
    from asskomm.people.tasks import REMIND, REMIND_NIGHTLY

    DEADLINES.register("posts", deadlines_of_posts, order=10)
    TASKS.register(REMIND.key, REMIND)
    SCHEDULES.register(REMIND.key, REMIND_NIGHTLY)
    MAIL_KINDS.register(DEADLINE.key, DEADLINE)
    DELETION_RULES.register(OLD_REMINDERS.key, OLD_REMINDERS, order=46)
    SUBJECT_RECORDS.register("reminders", OWN_REMINDERS, order=34)

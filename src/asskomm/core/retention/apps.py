# SPDX-License-Identifier: EUPL-1.2
"""The package as Django knows it."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Rules of deletion, and what a person may have of her data."""

    name = "asskomm.core.retention"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the nightly job, and the rules of the packages that stand below this one."""
        from asskomm.core.jobs import SCHEDULES, TASKS
        from asskomm.core.jobs.retention import ENDED_JOBS, OWN_JOBS
        from asskomm.core.retention.registry import DELETION_RULES, SUBJECT_RECORDS
        from asskomm.core.retention.tasks import DELETE, DELETE_NIGHTLY

        TASKS.register(DELETE.key, DELETE)
        SCHEDULES.register(DELETE.key, DELETE_NIGHTLY)
        DELETION_RULES.register(ENDED_JOBS.key, ENDED_JOBS, order=10)
        SUBJECT_RECORDS.register("jobs", OWN_JOBS, order=60)

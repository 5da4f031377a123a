# SPDX-License-Identifier: EUPL-1.2
"""Addresses of jobs."""

from django.urls import path

from asskomm.core.jobs.interfaces import pages

app_name = "jobs"
urlpatterns = [
    path("auftraege/", pages.jobs, name="jobs"),
    path("auftraege/<slug:reference>/", pages.job, name="job"),
    path("auftraege/<slug:reference>/abbrechen/", pages.cancel, name="cancel"),
    path("auftraege/<slug:reference>/noch-einmal/", pages.try_again, name="try_again"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of sources."""

from django.urls import path

from asskomm.core.provenance import pages

app_name = "provenance"
urlpatterns = [
    path("quellen/", pages.sources, name="sources"),
    path("quellen/<slug:reference>/", pages.source, name="source"),
]

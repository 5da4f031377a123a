# SPDX-License-Identifier: EUPL-1.2
"""Addresses of histories."""

from django.urls import path

from asskomm.core.audit.interfaces import pages

app_name = "audit"
urlpatterns = [
    path("verlauf/", pages.log, name="log"),
    path("verlauf/<slug:kind>/<slug:key>/", pages.history, name="history"),
    path("verlauf/<slug:kind>/<slug:key>/vergleich/", pages.comparison, name="comparison"),
]

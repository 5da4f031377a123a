# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the package."""

from django.urls import path

from asskomm.core.retention.interfaces import pages

app_name = "retention"
urlpatterns = [
    path("loeschfristen/", pages.rules, name="rules"),
    path("konto/auskunft.zip", pages.access, name="access"),
]

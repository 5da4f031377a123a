# SPDX-License-Identifier: EUPL-1.2
"""Address of the search."""

from django.urls import path

from asskomm.core.search.interfaces import pages

app_name = "search"
urlpatterns = [
    path("suche/", pages.search, name="search"),
]

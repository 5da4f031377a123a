# SPDX-License-Identifier: EUPL-1.2
"""Addresses of tables; those of files stay: where the version is raised, the old one leads to the new one."""

from django.urls import path

from asskomm.core.exports import pages

app_name = "exports"
urlpatterns = [
    path("daten/", pages.datasets, name="datasets"),
    path("daten/<slug:key>/", pages.dataset, name="dataset"),
    path("daten/<slug:key>/v<int:version>/<str:name>", pages.file, name="file"),
]

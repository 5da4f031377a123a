# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the door."""

from django.urls import path

from asskomm.core.imports.interfaces import pages

app_name = "imports"
urlpatterns = [
    path("daten-einlesen/", pages.upload, name="upload"),
    path("daten-einlesen/vorlage/<slug:importer>/", pages.sample, name="sample"),
    path("daten-einlesen/<slug:reference>/", pages.batch, name="batch"),
    path("daten-einlesen/<slug:reference>/nicht-uebernommen.csv", pages.rejections, name="rejections"),
    path("daten-einlesen/<slug:reference>/uebernehmen/", pages.take_over, name="take_over"),
    path("daten-einlesen/<slug:reference>/rueckgaengig/", pages.undo, name="undo"),
    path("daten-einlesen/<slug:reference>/verwerfen/", pages.drop, name="drop"),
]

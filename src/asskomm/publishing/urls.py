# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.publishing.interfaces import handbook_pages, legal_pages, pages, press_pages, target_pages

app_name = "publishing"
urlpatterns = [
    path("", pages.home, name="home"),
    path("kennzahlen/", pages.figures, name="figures"),
    path("kennzahlen/<slug:key>/", pages.figure, name="figure"),
    path("kennzahlen/<slug:key>/ziel/", target_pages.add, name="target"),
    path("kennzahlen/ziele/<int:pk>/zuruecknehmen/", target_pages.drop, name="drop_target"),
    path("handbuch/", handbook_pages.contents, name="handbook"),
    path("handbuch/bilder/<slug:name>.png", handbook_pages.picture, name="handbook_picture"),
    path("handbuch/<slug:name>/", handbook_pages.page, name="handbook_page"),
    path("impressum/", legal_pages.imprint, name="imprint"),
    path("datenschutz/", legal_pages.privacy, name="privacy"),
    path("datenschutz/entwuerfe/", legal_pages.drafts, name="drafts"),
    path("datenschutz/entwuerfe/<slug:name>.<str:ending>", legal_pages.draft, name="draft"),
    path("barrierefreiheit/", legal_pages.accessibility, name="accessibility"),
    path("barriere-melden/", legal_pages.report, name="report_barrier"),
    path("leichte-sprache/", legal_pages.easy, name="easy"),
    path("presse/", press_pages.press, name="press"),
    path("presse/neu/", press_pages.new, name="press_new"),
    path("presse/<slug:reference>/", press_pages.sheet, name="press_sheet"),
    path("presse/<slug:reference>/medieninformation.<str:ending>", press_pages.download, name="press_download"),
    path("presse/<slug:reference>/aendern/", press_pages.edit, name="press_edit"),
    path("presse/<slug:reference>/zahlen/", press_pages.refresh, name="press_refresh"),
    path("presse/<slug:reference>/freigeben/", press_pages.release, name="press_release"),
    path("presse/<slug:reference>/zitat/", press_pages.quote, name="press_quote"),
    path("presse/<slug:reference>/zitat/<int:pk>/", press_pages.quote, name="press_edit_quote"),
    path("presse/<slug:reference>/zitat/<int:pk>/freigeben/", press_pages.release_quote, name="press_release_quote"),
    path("presse/<slug:reference>/zitat/<int:pk>/entfernen/", press_pages.remove_quote, name="press_remove_quote"),
    path("presse/<slug:reference>/kennzahlen/<slug:key>/", press_pages.evidence, name="press_figure"),
]

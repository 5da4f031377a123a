# SPDX-License-Identifier: EUPL-1.2
"""Addresses of inbox, outbox and unsubscribing."""

from django.urls import path

from asskomm.core.mail.interfaces import pages

app_name = "mail"
urlpatterns = [
    path("postfach/", pages.inbox, name="inbox"),
    path("postausgang/", pages.outbox, name="outbox"),
    path("postausgang/adressen/<slug:reference>/", pages.write_again, name="write_again"),
    path("abbestellen/<slug:reference>/<str:kind>/<slug:signature>/", pages.unsubscribe, name="unsubscribe"),
]

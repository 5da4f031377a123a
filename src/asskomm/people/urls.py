# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room: organisations, signing in, one's own account."""

from django.urls import include, path

from asskomm.people import sign_in_urls
from asskomm.people.interfaces import merge_pages, pages, relation_pages, token_pages

own = [
    path("organisationen/", pages.organisations, name="organisations"),
    path("organisationen/<int:pk>/", pages.organisation, name="organisation"),
    path("organisationen/<int:pk>/beziehung/", relation_pages.add, name="relate"),
    path("organisationen/<int:pk>/zusammenfuehren/", merge_pages.merge_organisation, name="merge"),
    path("zusammenfuehrungen/<int:pk>/trennen/", merge_pages.part_organisations, name="part"),
    path("beziehungen/<int:pk>/beenden/", relation_pages.end, name="end_relation"),
    path("konto/", pages.account, name="account"),
    path("konto/zugaenge/", token_pages.tokens, name="tokens"),
    path("konto/zugaenge/<slug:reference>/widerrufen/", token_pages.revoke, name="revoke_token"),
    path("beispiel/einloggen/<slug:role>/", pages.sign_in_as_example, name="example_sign_in"),
]
urlpatterns = [path("", include(([*own, *sign_in_urls.own], "people"))), *sign_in_urls.library]

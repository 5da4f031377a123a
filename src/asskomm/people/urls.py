# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room: organisations, signing in, one's own account."""

from django.urls import include, path

from asskomm.people import sign_in_urls
from asskomm.people.interfaces import (
    competence_pages,
    date_pages,
    desk_pages,
    duplicate_pages,
    function_pages,
    merge_pages,
    organisation_pages,
    pages,
    post_pages,
    profile_pages,
    relation_pages,
    token_pages,
)

own = [
    path("organisationen/", pages.organisations, name="organisations"),
    path("organisationen/<int:pk>/", pages.organisation, name="organisation"),
    path("organisationen/<int:pk>/beziehung/", relation_pages.add, name="relate"),
    path("organisationen/<int:pk>/zusammenfuehren/", merge_pages.merge_organisation, name="merge"),
    path("zusammenfuehrungen/<int:pk>/trennen/", merge_pages.part_again, name="part"),
    path("organisationen/<int:pk>/personen/neu/", function_pages.appoint, name="appoint"),
    path("organisationen/<int:pk>/erreichbarkeit/", profile_pages.write, name="profile"),
    path("organisationen/<int:pk>/erreichbarkeit/zuruecknehmen/", profile_pages.withdraw, name="withdraw_profile"),
    path("organisationen/neu/", organisation_pages.add, name="add_organisation"),
    path("funktionen/<int:pk>/", function_pages.change, name="change_function"),
    path("funktionen/<int:pk>/beenden/", function_pages.end, name="end_function"),
    path("beziehungen/<int:pk>/beenden/", relation_pages.end, name="end_relation"),
    path("doppelt/", duplicate_pages.doubled, name="doubled"),
    path("doppelt/personen/", duplicate_pages.merge_persons, name="merge_persons"),
    path("doppelt/personen/verschieden/", duplicate_pages.apart, name="keep_apart"),
    path("doppelt/personen/verschieden/<int:pk>/zuruecknehmen/", duplicate_pages.together_again, name="compare_again"),
    path("stellen/", post_pages.posts, name="posts"),
    path("zustaendigkeiten/", competence_pages.competences, name="competences"),
    path("schreibtisch/", desk_pages.desk, name="desk"),
    path("termine/", date_pages.dates, name="dates"),
    path("termine/abonnieren/", date_pages.subscribe, name="subscribe"),
    path("termine/abschalten/", date_pages.unsubscribe, name="unsubscribe"),
    path("termine/<str:key>.ics", date_pages.one_date, name="date"),
    path("kalender/<str:word>.ics", date_pages.feed, name="calendar_feed"),
    path("konto/", pages.account, name="account"),
    path("konto/zugaenge/", token_pages.tokens, name="tokens"),
    path("konto/zugaenge/<slug:reference>/widerrufen/", token_pages.revoke, name="revoke_token"),
    path("beispiel/einloggen/<slug:role>/", pages.sign_in_as_example, name="example_sign_in"),
]
urlpatterns = [path("", include(([*own, *sign_in_urls.own], "people"))), *sign_in_urls.library]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room: organisations, signing in, one's own account."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.urls import include, path

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
sign_in = [
    path("einloggen/", account_views.login, name="account_login"),
    path("ausloggen/", account_views.logout, name="account_logout"),
    path("einloggen/gesperrt/", pages.inactive, name="account_inactive"),
    path("einloggen/zweiter-faktor/", mfa_views.authenticate, name="mfa_authenticate"),
    path("konto/bestaetigen/", account_views.reauthenticate, name="account_reauthenticate"),
    path("konto/bestaetigen/zweiter-faktor/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("konto/zweiter-faktor/", mfa_views.index, name="mfa_index"),
    path("konto/zweiter-faktor/einrichten/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("konto/zweiter-faktor/abschalten/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/codes/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/codes/neu/", recovery_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/codes/herunterladen/", recovery_views.download_recovery_codes, name="mfa_download_recovery_codes"),
]
urlpatterns = [path("", include((own, "people"))), *sign_in]

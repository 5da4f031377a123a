# SPDX-License-Identifier: EUPL-1.2
"""Addresses of signing in: those of the library under our own names, and ours."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.urls import path

from asskomm.people.interfaces import link_pages, pages, set_up_pages

own = [
    path("einloggen/link/", link_pages.ask, name="ask_for_link"),
    path("einloggen/link/<str:secret>/", link_pages.open_link, name="link"),
    path("konto/einrichten/", set_up_pages.set_up, name="set_up"),
    path("konto/passwort/", set_up_pages.password, name="password"),
]
library = [
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

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of signing in: those of the library under our own names, and ours."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as key_views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import RedirectView

from asskomm.people.interfaces import device_pages, key_pages, link_pages, pages, provider_pages, set_up_pages
from asskomm.people.interfaces.stepping_up import View, confirmed

own = [
    path("einloggen/link/", link_pages.ask, name="ask_for_link"),
    path("einloggen/link/<str:secret>/", link_pages.open_link, name="link"),
    path("einloggen/dienst/", provider_pages.start, name="provider"),
    path("einloggen/dienst/zurueck/", provider_pages.come_back, name="provider_back"),
    path("einloggen/ohne-funktion/", device_pages.no_function, name="no_function"),
    path("konto/geraete/", device_pages.devices, name="devices"),
    path("konto/geraete/andere/abmelden/", device_pages.end_others, name="end_other_devices"),
    path("konto/geraete/<slug:reference>/abmelden/", device_pages.end_one, name="end_device"),
    path("konto/bestaetigen/link/", set_up_pages.confirm_by_link, name="confirm_by_link"),
    path("konto/einrichten/", set_up_pages.set_up, name="set_up"),
    path("konto/passwort/", set_up_pages.password, name="password"),
]


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and let the browser forget what it kept of our pages."""
    response: HttpResponse = account_views.logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def guarded(view: View) -> View:
    """Ask once more who she is, also where the library does not because she has neither password nor second factor."""
    return login_required(confirmed(view))


library = [
    path("einloggen/", account_views.login, name="account_login"),
    path("ausloggen/", sign_out, name="account_logout"),
    path("einloggen/gesperrt/", pages.inactive, name="account_inactive"),
    path("einloggen/zweiter-faktor/", key_pages.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("konto/bestaetigen/", account_views.reauthenticate, name="account_reauthenticate"),
    path("konto/bestaetigen/zweiter-faktor/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("konto/zweiter-faktor/", key_pages.FactorsView.as_view(), name="mfa_index"),
    path("konto/zweiter-faktor/einrichten/", guarded(totp_views.activate_totp), name="mfa_activate_totp"),
    path("konto/zweiter-faktor/abschalten/", guarded(totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path("einloggen/passkey/", key_views.login_webauthn, name="mfa_login_webauthn"),
    path("konto/bestaetigen/passkey/", key_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/zweiter-faktor/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("konto/zweiter-faktor/passkeys/neu/", guarded(key_views.add_webauthn), name="mfa_add_webauthn"),
    path("konto/zweiter-faktor/passkeys/<int:pk>/umbenennen/", guarded(key_views.edit_webauthn), name="mfa_edit_webauthn"),
    path("konto/zweiter-faktor/passkeys/<int:pk>/entfernen/", guarded(key_views.remove_webauthn), name="mfa_remove_webauthn"),
    path("konto/codes/", guarded(recovery_views.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("konto/codes/neu/", guarded(recovery_views.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("konto/codes/herunterladen/", guarded(recovery_views.download_recovery_codes), name="mfa_download_recovery_codes"),
]

# SPDX-License-Identifier: EUPL-1.2
"""What signing in and out leaves behind, on whatever way it was done."""

from typing import Any

from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from asskomm.people.domain.devices import end_sessions, note_device
from asskomm.people.models import Account, Device


@receiver(user_logged_in)
def note(request: HttpRequest, user: Account, **_more: Any) -> None:
    """Note the device."""
    note_device(user, request.session, request.META.get("HTTP_USER_AGENT", ""))


@receiver(user_logged_out)
def forget(request: HttpRequest, **_more: Any) -> None:
    """Forget the device; the session itself goes right after."""
    if request.session.session_key:
        end_sessions(Device.objects.filter(session_key=request.session.session_key))


@receiver(authenticator_added)
def end_others(request: HttpRequest, user: Account, **_more: Any) -> None:
    """End the other sessions, which came in without the new second factor."""
    end_sessions(Device.objects.filter(account=user).exclude(session_key=request.session.session_key))

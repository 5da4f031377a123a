# SPDX-License-Identifier: EUPL-1.2
"""What signing in and out leaves behind, on whatever way it was done."""

import logging
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from asskomm.people.domain.devices import end_sessions, note_device
from asskomm.people.models import Account, Device

_log = logging.getLogger("asskomm.signing_in")


@receiver(user_logged_in)
def note(request: HttpRequest, user: Account, **_more: Any) -> None:
    """Note the device."""
    ways = "+".join(str(way.get("method")) for way in get_authentication_records(request, user))
    _log.info("signed in: account %s by %s", user.pk, ways or "the program itself")
    note_device(user, request.session, request.META.get("HTTP_USER_AGENT", ""))


@receiver(authentication_step_completed)
def change_key(request: HttpRequest, *, reauthenticated: bool = False, **_more: Any) -> None:
    """Go on under another key once she confirmed who she is: whoever had the old one does not come along."""
    if reauthenticated and request.session.session_key:
        request.session.cycle_key()


@receiver(user_logged_out)
def forget(request: HttpRequest, user: Account | None = None, **_more: Any) -> None:
    """Forget the device; the session itself goes right after."""
    _log.info("signed out: account %s", user.pk if user else "gone")
    if request.session.session_key:
        end_sessions(Device.objects.filter(session_key=request.session.session_key))


@receiver(user_login_failed)
def refused(**_more: Any) -> None:
    """Note that a password was wrong; whose it was to be is not said, because people type passwords into the other field."""
    _log.warning("a password was refused")


@receiver(authenticator_added)
def end_others(request: HttpRequest, user: Account, **_more: Any) -> None:
    """End the other sessions, which came in without the new second factor."""
    end_sessions(Device.objects.filter(account=user).exclude(session_key=request.session.session_key))

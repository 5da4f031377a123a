# SPDX-License-Identifier: EUPL-1.2
"""Verbs: note where somebody is signed in, and end sessions, one, the others, or those of whoever holds no function any more."""

import datetime as dt
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.queries.serving import without_function
from asskomm.people.models import Account, ApiToken, Device
from asskomm.people.models.device import DeviceQuerySet

NOTE, HOUR = "device", 3600
LONGEST = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE + HOUR)
"""After that long without a request no session is open: a request in an hour makes it last anew."""

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


def name_of_browser(agent: str) -> str:
    """Give the name of a browser and its system; of the long text that browsers send nothing else is kept.

    >>> name_of_browser("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Windows'
    """
    found = [next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or _("unbekanntes Programm")


def note_device(account: Account, session: SessionBase, agent: str) -> None:
    """Note a session that begins, or that goes on under a new key."""
    now, key = clock.now(), str(session.session_key)
    known = session.get(NOTE) or {}
    values = {"session_key": key, "seen_at": now}
    if not Device.objects.filter(reference=known.get("reference"), account=account).update(**values):
        device, _new = Device.objects.get_or_create(
            session_key=key, defaults={"account": account, "browser": name_of_browser(agent), "since": now, "seen_at": now}
        )
        known = {"reference": device.reference}
    session[NOTE] = {**known, "key": key, "hour": _hour()}


def is_noted(session: SessionBase) -> bool:
    """Whether a session is noted under its key and for this hour."""
    known = session.get(NOTE) or {}
    return known.get("key") == session.session_key and known.get("hour") == _hour()


def _hour() -> int:
    return int(clock.now().timestamp()) // HOUR


def open_devices() -> DeviceQuerySet:
    """Give the devices whose session can still be open."""
    return Device.objects.filter(seen_at__gt=clock.now() - LONGEST)


def end_sessions(devices: QuerySet[Device]) -> int:
    """Sign devices off; gives how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = list(devices.values_list("session_key", flat=True))
    for key in keys:
        store(key).delete()
    Device.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_accesses() -> int:
    """Sign off whoever holds no function today, and revoke her tokens; gives how many accounts had something open."""
    idle = without_function(clock.today())
    tokens = ApiToken.objects.live(clock.now()).filter(account__in=idle)
    owners = {*tokens.values_list("account", flat=True), *Device.objects.filter(account__in=idle).values_list("account", flat=True)}
    end_sessions(Device.objects.filter(account__in=idle))
    with transaction.atomic():
        ended = list(tokens.select_for_update(of=("self",)))
        ApiToken.objects.filter(pk__in=[token.pk for token in ended]).update(revoked_at=clock.now())
        record("tokens", ended, Action.ENDED, by=SYSTEM)
    return len(owners)

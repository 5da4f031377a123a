# SPDX-License-Identifier: EUPL-1.2
"""Verb: issue a certificate; and whether a name belongs to one, long after the names are gone.

The number stands on the paper only. Its digest finds the row, and the number itself is the key of the digest of the name: without the paper nobody
can even try names.
"""

import hashlib
import hmac

from django.db import transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.mail.signatures import signature
from asskomm.core.search.analysis.folding import fold
from asskomm.core.visibility import Principal
from asskomm.events.domain.days import share_of
from asskomm.events.domain.door import TRAIL
from asskomm.events.enums import RegistrationState
from asskomm.events.models import Attendance, Certificate, Registration

_PURPOSE, NUMBER_LENGTH = "certificate", 20


def may_have_one(registration: Registration) -> bool:
    """Whether somebody was there, and it is over."""
    over = registration.gathering.published and registration.gathering.ends_at <= clock.now()
    was_there = Attendance.objects.present().filter(registration=registration, registration__state=RegistrationState.CONFIRMED)
    return over and not registration.shredded and was_there.exists()


def issue(registration: Registration, *, by: Principal) -> str:
    """Issue somebody's certificate, and give its number; a second time gives the same."""
    number = signature(_PURPOSE, registration.reference, length=NUMBER_LENGTH)
    with transaction.atomic():
        known = {"gathering": registration.gathering, "name_digest": _name_digest(number, registration.name), "issued_on": clock.today()}
        found, made = Certificate.objects.get_or_create(number_digest=_number_digest(number), defaults=known | _extent(registration))
        later = {} if made else {name: value for name, value in _extent(registration).items() if getattr(found, name) != value}
        if later:  # a telephone that sent what it noted after the first paper
            Certificate.objects.filter(pk=found.pk).update(**later)
        if made or later:
            record_keys(TRAIL, [registration.reference], Action.RELEASED, by=by)
    return number


def _extent(registration: Registration) -> dict[str, float | None]:
    """Give how much of a gathering of several days somebody was there for."""
    share = share_of(registration)
    if share.of == 1:
        return {"days": None, "hours": None}
    return {"days": len(share.days), "hours": None if share.hours is None else share.hours.value}


def certificate_with(number: str) -> Certificate | None:
    """Give what a number stands for."""
    return Certificate.objects.select_related("gathering__owner").filter(number_digest=_number_digest(number.strip().lower())).first()


def is_for(certificate: Certificate, number: str, name: str) -> bool:
    """Whether a certificate is for a name, however it is written."""
    return hmac.compare_digest(certificate.name_digest, _name_digest(number.strip().lower(), name))


def _number_digest(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()


def _name_digest(number: str, name: str) -> str:
    written = "".join(letter for letter in fold(name) if letter.isalnum())
    return hmac.new(number.encode(), written.encode(), hashlib.sha256).hexdigest()

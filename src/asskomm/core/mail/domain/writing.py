# SPDX-License-Identifier: EUPL-1.2
"""Write a mail: a row in the caller's own transaction, so that it exists if and only if the change behind it does."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.mail.models import Address, Mail
from asskomm.core.mail.registry import MAIL_KINDS
from asskomm.core.references import new_reference


def send(
    kind: str,
    *,
    to: str,
    context: Mapping[str, Any] | None = None,
    account: int | None = None,
    language: str = "de",
    once: str | None = None,
    not_before: dt.datetime | None = None,
) -> Mail | None:
    """Write a mail, which a job sends within a minute; `None` where one has been written under the same `once`.

    Raises
    ------
        KeyError: no such kind.
        ValueError: `to` is no address; the message is a sentence.
    """
    found, now, reference = MAIL_KINDS[kind], clock.now(), new_reference()
    with translation.override(language):
        subject, text = str(found.subject), _text(found.template, context or {})
    values: dict[str, Any] = {"account": account, "language": language, "once": once, "created_at": now, "not_before": not_before or now}
    try:
        with transaction.atomic(savepoint=once is not None):
            return Mail.objects.create(
                reference=reference,
                address_id=_address(to, now),
                kind=kind,
                subject=subject,
                text=text,
                message_id=f"<{reference}@{settings.MAIL_FROM.rpartition('@')[2].rstrip('>')}>",
                **values,
            )
    except IntegrityError:
        if once is None or not Mail.objects.filter(once=once).exists():
            raise
        return None


def _text(template: str, context: Mapping[str, Any]) -> str:
    """Fill the template in without escaping, because a plain text has nothing to escape; the HTML is made of it later and escapes all."""
    filled = Engine.get_default().get_template(template).render(Context(dict(context), autoescape=False))
    return "" + filled.strip()  # what Django calls safe is not, as nothing was escaped


def _address(to: str, now: dt.datetime) -> int:
    """Give the key of an address, in one statement, because others may wait for what the caller holds."""
    email = to.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValueError(_("„%(address)s“ ist keine E-Mail-Adresse.") % {"address": to}) from None
    rows = [Address(email=email, used_at=now)]
    return Address.objects.bulk_create(rows, update_conflicts=True, unique_fields=["email"], update_fields=["used_at"])[0].pk

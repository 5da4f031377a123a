# SPDX-License-Identifier: EUPL-1.2
"""Write a mail: a row in the caller's own transaction, so that it exists if and only if the change behind it does."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    now = clock.now()
    mail = _written(Letter(kind, to, context or {}), language, now)
    mail.account, mail.once, mail.not_before = account, once, not_before or now
    try:
        with transaction.atomic(savepoint=once is not None):
            _post([mail], [to], now)
    except IntegrityError:
        if once is None or not Mail.objects.filter(once=once).exists():
            raise
        return None
    return mail


@dataclass(frozen=True)
class Letter:
    """What is written to somebody.

    Args:
        kind: key of its `MailKind`.
        to: address.
        context: of its template.
    """

    kind: str
    to: str
    context: Mapping[str, Any]


def send_together(letters: Sequence[Letter]) -> None:
    """Write several mails at once, as `send` does, in two statements; addresses are held in their order, so that no two of these wait for each other.

    Raises
    ------
        KeyError: no such kind.
        ValueError: one goes to no address; the message is a sentence.
    """
    if letters:
        now = clock.now()
        with transaction.atomic(savepoint=False):
            _post([_written(letter, "de", now) for letter in letters], [letter.to for letter in letters], now)


def _written(letter: Letter, language: str, now: dt.datetime) -> Mail:
    found, reference = MAIL_KINDS[letter.kind], new_reference()
    with translation.override(language):
        subject, text = str(found.subject), _text(found.template, letter.context)
    message_id = f"<{reference}@{settings.MAIL_FROM.rpartition('@')[2].rstrip('>')}>"
    head = {"reference": reference, "kind": letter.kind, "language": language, "message_id": message_id}
    return Mail(**head, subject=subject, text=text, created_at=now, not_before=now)


def _post(mails: Sequence[Mail], to: Sequence[str], now: dt.datetime) -> None:
    keys = _addresses(to, now)
    for mail, address in zip(mails, to, strict=True):
        mail.address_id = keys[_plain(address)]
    Mail.objects.bulk_create(mails)


def _text(template: str, context: Mapping[str, Any]) -> str:
    """Fill the template in without escaping, because a plain text has nothing to escape; the HTML is made of it later and escapes all."""
    filled = Engine.get_default().get_template(template).render(Context(dict(context), autoescape=False))
    return "" + filled.strip()  # what Django calls safe is not, as nothing was escaped


def _addresses(to: Iterable[str], now: dt.datetime) -> dict[str, int]:
    """Give the keys of addresses, in one statement, because others may wait for what the caller holds."""
    for address in to:
        try:
            validate_email(_plain(address))
        except ValidationError:
            raise ValueError(_("„%(address)s“ ist keine E-Mail-Adresse.") % {"address": address}) from None
    rows = [Address(email=email, used_at=now) for email in sorted({_plain(address) for address in to})]
    return {row.email: row.pk for row in Address.objects.bulk_create(rows, update_conflicts=True, unique_fields=["email"], update_fields=["used_at"])}


def _plain(address: str) -> str:
    return address.strip().lower()

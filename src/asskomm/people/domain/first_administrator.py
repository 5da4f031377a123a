# SPDX-License-Identifier: EUPL-1.2
"""Verbs: let the first administrator of an empty installation in, and an administrator who is locked out."""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import AppointmentError, appoint
from asskomm.people.domain.links import LinkError, consume, issue_link
from asskomm.people.enums import FunctionRole, LinkPurpose
from asskomm.people.models import Account, Function, OneTimeLink, Organisation


def offer_first_administrator() -> str:
    """Give the path by which somebody becomes the first administrator, and void the one before; empty where anybody has an account."""
    if Account.objects.exists():
        return ""
    with transaction.atomic():
        OneTimeLink.objects.filter(purpose=LinkPurpose.FIRST_ADMINISTRATOR, used_at__isnull=True).delete()
        return issue_link(None, LinkPurpose.FIRST_ADMINISTRATOR, by=SYSTEM)


def has_administrator() -> bool:
    """Whether somebody is, was or will be administrator."""
    return Function.objects.filter(role=FunctionRole.ADMINISTRATOR).exists()


def become_first_administrator(secret: str, *, email: str, given_name: str, family_name: str, organisation: Organisation) -> OneTimeLink:
    """Use the link up and appoint whoever holds it.

    Raises
    ------
        LinkError: it lets nobody in any more, or there is an administrator.
        AppointmentError: the address is none.
    """
    with transaction.atomic():
        link = consume(secret)
        if link.purpose != LinkPurpose.FIRST_ADMINISTRATOR or has_administrator():
            raise LinkError(_("Es gibt schon eine Administratorin oder einen Administrator."))
        account = appoint(
            email=email,
            given_name=given_name,
            family_name=family_name,
            role=FunctionRole.ADMINISTRATOR,
            organisation=organisation,
            start=clock.today(),
            by=SYSTEM,
        )
        link.account = account
        link.save(update_fields=["account"])
    return link


def account_of(email: str) -> Account:
    """Give the account of an address.

    Raises
    ------
        AppointmentError: there is none.
    """
    account = Account.objects.with_address(email)
    if account is None:
        raise AppointmentError(f"Einen Zugang für „{email}“ gibt es nicht.")
    return account

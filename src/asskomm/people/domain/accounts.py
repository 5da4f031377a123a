# SPDX-License-Identifier: EUPL-1.2
"""Verbs: appoint a person to a function, end functions, set a password."""

import datetime as dt
from decimal import Decimal

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import forget, record, record_keys
from asskomm.core.visibility import Principal, require
from asskomm.people.enums import FunctionRole, OrganisationKind
from asskomm.people.models import Account, Function, Organisation, Person

_KINDS = {
    FunctionRole.COORDINATOR: {OrganisationKind.MUNICIPALITY, OrganisationKind.TOWN_ASSOCIATION},
    FunctionRole.MAYOR: {OrganisationKind.MUNICIPALITY},
    FunctionRole.DISTRICT: {OrganisationKind.DISTRICT},
    FunctionRole.STATE_COUNCIL: {OrganisationKind.STATE_COUNCIL},
    FunctionRole.POLICE: {
        OrganisationKind.POLICE_DIRECTORATE,
        OrganisationKind.POLICE_STATION,
        OrganisationKind.POLICE_PREVENTION,
        OrganisationKind.FEDERAL_POLICE,
        OrganisationKind.CRIMINAL_POLICE,
    },
}


TRAIL = "persons"


class AppointmentError(ValueError):
    """An appointment that cannot be; the message is a sentence."""


def find_organisation(text: str) -> Organisation:
    """Give the organisation of a name or of a municipality's key.

    Raises
    ------
        AppointmentError: none or several.
    """
    found = list(Organisation.objects.filter(Q(name=text) | Q(municipality=text) | Q(district=text))[:2])
    if len(found) != 1:
        raise AppointmentError(
            f"Die Organisation „{text}“ ist {'nicht eindeutig' if found else 'nicht bekannt'}. Bei Kommunen hilft der achtstellige Schlüssel."
        )
    return found[0]


def appoint(
    *,
    email: str,
    given_name: str,
    family_name: str,
    role: FunctionRole,
    organisation: Organisation,
    start: dt.date,
    title: str = "",
    end: dt.date | None = None,
    share: Decimal | None = None,
    funded_until: dt.date | None = None,
    by: Principal,
) -> Account:
    """Give a person a function; an address that is known gets one more function.

    Raises
    ------
        AppointmentError: the address is none, the role does not fit the organisation, or the days and the share cannot be.
        PermissionDenied: she may not give this function there.
    """
    check_appointment(email=email, role=role, organisation=organisation)
    check_terms(start=start, end=end, share=share)
    post = Function(organisation=organisation, role=role, start=start, title=title, end=end, share=share, funded_until=funded_until)
    require("people.appoint", by, post)
    with transaction.atomic():
        account = Account.objects.with_address(email) or _new_account(email, given_name, family_name)
        if holds(account.email, role, organisation, start):
            raise AppointmentError(_("%(name)s hat diese Funktion in „%(organisation)s“ schon.") % {"name": account, "organisation": organisation})
        post.person = account.person
        post.save(force_insert=True)
        record(TRAIL, [account.person], Action.CHANGED if account.person.functions.count() > 1 else Action.CREATED, by=by)
    return account


def check_appointment(*, email: str, role: FunctionRole, organisation: Organisation) -> None:
    """Refuse an address that is none, and a role that does not fit.

    Raises
    ------
        AppointmentError: with a sentence.
    """
    if not fits(role, organisation):
        raise AppointmentError(_("Die Rolle „%(role)s“ passt nicht zu „%(organisation)s“.") % {"role": role.label, "organisation": organisation})
    try:
        validate_email(email)
    except ValidationError:
        raise AppointmentError(_("„%(address)s“ ist keine E-Mail-Adresse.") % {"address": email}) from None


def fits(role: FunctionRole, organisation: Organisation) -> bool:
    """Whether there is such a function in an organisation of this kind."""
    return organisation.kind in _KINDS.get(role, set(OrganisationKind))


def check_terms(*, start: dt.date, end: dt.date | None, share: Decimal | None) -> None:
    """Refuse days out of order, and a share of a post that is none.

    Raises
    ------
        AppointmentError: with a sentence.
    """
    if end is not None and end < start:
        raise AppointmentError(_("Der letzte Tag liegt vor dem ersten."))
    if share is not None and not 0 < share <= 1:
        raise AppointmentError(_("Der Stellenanteil liegt zwischen 0,01 und 1; 0,5 ist eine halbe Stelle."))


def holds(email: str, role: FunctionRole, organisation: Organisation, start: dt.date) -> bool:
    """Whether somebody holds a function already, or will."""
    same = Function.objects.filter(Q(end__isnull=True) | Q(end__gte=start), organisation=organisation, role=role)
    return same.filter(person__account__email__iexact=email).exists()


def take_back(function: Function, *, by: Principal) -> None:
    """Take an appointment back as if it had not been; an account that it made goes too, if nobody has used it."""
    with transaction.atomic():
        person = function.person
        function.delete()
        unused = Account.objects.filter(person=person, last_login__isnull=True)
        if not person.functions.exists() and unused.exists():
            key = str(person.pk)
            person.delete()
            record_keys(TRAIL, [key], Action.REMOVED, by=by)
            forget(TRAIL, [key], by=by)
        else:
            record(TRAIL, [person], Action.CHANGED, by=by)


def _new_account(email: str, given_name: str, family_name: str) -> Account:
    account = Account(email=email.lower(), person=Person.objects.create(given_name=given_name, family_name=family_name))
    account.set_unusable_password()
    account.save()
    return account


def _account(email: str) -> Account:
    account = Account.objects.with_address(email)
    if account is None:
        raise AppointmentError(f"Einen Zugang für „{email}“ gibt es nicht.")
    return account


def end_functions(*, email: str, last_day: dt.date, by: Principal) -> int:
    """End every function of a person that is still open; rights go with the day after.

    Raises
    ------
        AppointmentError: no such account.
    """
    person = _account(email).person
    with transaction.atomic():
        ended = Function.objects.filter(Q(end__isnull=True) | Q(end__gt=last_day), person=person, start__lte=last_day).update(end=last_day)
        if ended:
            record(TRAIL, [person], Action.ENDED, by=by)
    return ended


def set_password(*, email: str, password: str, by: Principal) -> None:
    """Set a password that is long and not common.

    Raises
    ------
        AppointmentError: it is too weak, or no such account.
    """
    account = _account(email)
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise AppointmentError(" ".join(fault.messages)) from None
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        record_keys(TRAIL, [str(account.person_id)], Action.CHANGED, by=by)

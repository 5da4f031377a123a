# SPDX-License-Identifier: EUPL-1.2
"""Verb: give somebody a function and let her in, in one step."""

from typing import Any

from django.db import transaction

from asskomm.core.visibility import Principal
from asskomm.people.domain.accounts import appoint
from asskomm.people.domain.links import invite
from asskomm.people.models import Account


def appoint_and_invite(*, by: Principal, **terms: Any) -> Account:
    """Give a person a function as `appoint` does, and send her the mail with which she sets up her sign-in.

    Somebody who has been here before gets the mail too: it tells her of the new function.

    Raises
    ------
        AppointmentError: as `appoint`.
        PermissionDenied: as `appoint`.
    """
    with transaction.atomic():
        account = appoint(**terms, by=by)
        invite(account, by=by)
    return account

# SPDX-License-Identifier: EUPL-1.2
"""Verbs: issue a token for a program, revoke it, note that it was used."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, allowed, require
from asskomm.people.enums import Scope
from asskomm.people.models import Account, ApiToken

PREFIX = "asskomm_"
"""Lets programs that look for forgotten secrets recognise ours."""

USUAL_DAYS, MOST_DAYS, MOST_LIVE = 90, 365, 20
_SECRET_BYTES = 32
_TRAIL = "tokens"


class TokenError(ValueError):
    """A token that cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Issued:
    """A new token with its secret, which is shown once and kept nowhere."""

    token: ApiToken
    secret: str


def issue_token(account: Account, *, name: str, scopes: Collection[str], days: int = USUAL_DAYS, by: Principal) -> Issued:
    """Issue a token for a program of one's own.

    Args:
        account: whose rights it has, as they are on the day it is used.
        name: what its owner calls it.
        scopes: what of these rights it may use.
        days: how long it is accepted, 1 to 365.

    Raises
    ------
        TokenError: no name, no scope, too long, too many tokens, or a scope that her function does not allow.
        PermissionDenied: the account is another's.
    """
    require("people.hold_token", by, account)
    _check(name.strip(), scopes, days, by)
    now, secret = clock.now(), PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        owner = Account.objects.select_for_update().get(pk=account.pk)
        if owner.tokens.live(now).count() >= MOST_LIVE:
            raise TokenError(_("Sie haben schon %(most)s gültige Zugänge. Widerrufen Sie zuerst einen, den Sie nicht mehr brauchen.") % {"most": MOST_LIVE})
        token = ApiToken.objects.create(
            account=owner,
            name=name.strip(),
            scopes=[scope.value for scope in Scope if scope.value in scopes],
            digest=digest_of(secret),
            created_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        record(_TRAIL, [token], Action.CREATED, by=by)
    return Issued(token, secret)


def _check(name: str, scopes: Collection[str], days: int, by: Principal) -> None:
    if not 1 <= len(name) <= _longest_name():
        raise TokenError(_("Geben Sie dem Zugang einen Namen mit höchstens %(most)s Zeichen.") % {"most": _longest_name()})
    if not scopes:
        raise TokenError(_("Wählen Sie, was das Programm darf."))
    if unknown := [scope for scope in scopes if scope not in Scope.values]:
        raise TokenError(_("„%(value)s“ steht nicht zur Wahl.") % {"value": unknown[0]})
    if not 1 <= days <= MOST_DAYS:
        raise TokenError(_("Ein Zugang gilt 1 bis %(most)s Tage, nicht „%(days)s“.") % {"most": MOST_DAYS, "days": days})
    if Scope.IMPORT.value in scopes and not allowed("imports.use", by):
        raise TokenError(_("Ihre Funktion erlaubt nicht, Dateien einzulesen."))


def _longest_name() -> int:
    return ApiToken._meta.get_field("name").max_length or 0


def digest_of(secret: str) -> str:
    """Give what is kept of a secret; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def revoke_token(token: ApiToken, *, by: Principal) -> ApiToken:
    """Let a token be accepted no longer; a second call changes nothing.

    Raises
    ------
        PermissionDenied: it is another's.
    """
    require("people.hold_token", by, token.account)
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=clock.now()):
            record(_TRAIL, [token], Action.ENDED, by=by)
    token.refresh_from_db()
    return token


def note_use(token: ApiToken) -> None:
    """Note the day of a use, once a day."""
    today = clock.today()
    if token.last_used != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used=today)

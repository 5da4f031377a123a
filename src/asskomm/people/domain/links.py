# SPDX-License-Identifier: EUPL-1.2
"""Verbs: issue a link that lets somebody in once, use it, and send it by mail."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal, require
from asskomm.people.domain.link_mails import send_invitation, send_nothing, send_sign_in_link
from asskomm.people.enums import LinkPurpose
from asskomm.people.models import Account, OneTimeLink

LASTS = {
    LinkPurpose.SIGN_IN: dt.timedelta(hours=1),
    LinkPurpose.INVITATION: dt.timedelta(days=14),
    LinkPurpose.FIRST_ADMINISTRATOR: dt.timedelta(hours=24),
}
_SECRET_BYTES = 32
_TRAIL = "persons"


class LinkError(ValueError):
    """A link that lets nobody in; the message is a sentence."""


def digest_of(secret: str) -> str:
    """Give what is kept of a secret; it is long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_link(account: Account | None, purpose: LinkPurpose, *, by: Principal) -> str:
    """Issue a link and give its path with the secret, which is kept nowhere; earlier ones for the same purpose stay good until they end.

    A trace is left where somebody lets another person in; whoever asks for a link to her own account leaves the link itself.
    """
    now, secret = clock.now(), secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        OneTimeLink.objects.create(
            digest=digest_of(secret), account=account, purpose=purpose, issued_by=by.account, created_at=now, expires_at=now + LASTS[purpose]
        )
        if account is not None and by.account != account.pk:
            record_keys(_TRAIL, [str(account.person_id)], Action.CHANGED, by=by)
    return reverse("people:link", args=[secret])


def consume(secret: str) -> OneTimeLink:
    """Use a link up, and all others for signing in of the same account; of two at once one wins.

    Raises
    ------
        LinkError: it is unknown, used up or too old.
    """
    now, digest = clock.now(), digest_of(secret)
    with transaction.atomic():
        if not OneTimeLink.objects.live(now).filter(digest=digest).update(used_at=now):
            raise LinkError(_("Dieser Link gilt nicht mehr: Er ist schon benutzt oder zu alt."))
        link = OneTimeLink.objects.select_related("account__person").get(digest=digest)
        if link.account is not None:
            OneTimeLink.objects.live(now).filter(account=link.account, purpose=LinkPurpose.SIGN_IN).update(used_at=now)
    return link


def ask_for_link(email: str) -> None:
    """Send a fresh link to whoever has an account with this address; an unknown address costs the same work and shows nothing else.

    Raises
    ------
        ValueError: it is no address.
    """
    account = Account.objects.with_address(email)
    by = Principal(account=account.pk) if account else SYSTEM
    with transaction.atomic():
        path = issue_link(account, LinkPurpose.SIGN_IN, by=by)
        if account is None:
            send_nothing(email, path)
        else:
            send_sign_in_link(account, path)


def invite(account: Account, *, by: Principal) -> None:
    """Send somebody who was appointed a link with which she sets up how she signs in.

    Raises
    ------
        PermissionDenied: the reader may not let this person in.
    """
    require("people.invite", by, account)
    with transaction.atomic():
        send_invitation(account, issue_link(account, LinkPurpose.INVITATION, by=by), by)
        record_keys(_TRAIL, [str(account.person_id)], Action.CHANGED, by=by)

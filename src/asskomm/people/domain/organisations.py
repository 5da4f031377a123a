# SPDX-License-Identifier: EUPL-1.2
"""Verbs: add an organisation, say how it is reached, and let the public read that."""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, require
from asskomm.people.domain.relations import TRAIL
from asskomm.people.enums import OF_PLACES, OrganisationKind
from asskomm.people.models import Organisation, Profile


class OrganisationError(ValueError):
    """An organisation that cannot be; the message is a sentence."""


def add_organisation(kind: OrganisationKind, name: str, *, by: Principal) -> Organisation:
    """Add an organisation that follows from no register.

    Raises
    ------
        OrganisationError: it has a place, has no name, or is there already.
        PermissionDenied: she may not add one of this kind.
    """
    require("people.add_organisation", by, Organisation(kind=kind))
    name = " ".join(name.split())
    if kind in OF_PLACES:
        raise OrganisationError(_("Kommunen und Landkreise folgen aus dem amtlichen Verzeichnis und werden nicht einzeln angelegt."))
    if not name:
        raise OrganisationError(_("Geben Sie der Organisation einen Namen."))
    with transaction.atomic():
        # Compared here, because the embedded database folds the case of ASCII letters only.
        if name.casefold() in map(str.casefold, Organisation.everything.filter(kind=kind).values_list("name", flat=True)):
            raise OrganisationError(_("„%(name)s“ gibt es schon.") % {"name": name})
        body = Organisation.objects.create(kind=kind, name=name)
        record(TRAIL, [body], Action.CREATED, by=by)
        reindex("organisations", [str(body.pk)])
    return body


def write_profile(body: Organisation, *, email: str, phone: str, website: str, introduction: str, by: Principal) -> Profile:
    """Say how an organisation is reached; members read it at once, the public what was released.

    Raises
    ------
        PermissionDenied: it is another's.
    """
    require("people.write_profile", by, body)
    with transaction.atomic():
        profile = _locked(body)
        profile.email, profile.phone, profile.website, profile.introduction = email, phone, website, introduction
        profile.save()
        record(TRAIL, [body], Action.CHANGED, by=by)
    return profile


def release_profile(body: Organisation, *, by: Principal) -> Profile:
    """Let the public read what members read now.

    Raises
    ------
        PermissionDenied: it is another's.
    """
    require("people.write_profile", by, body)
    with transaction.atomic():
        profile = _locked(body)
        profile.released, profile.released_at = profile.written, clock.now()
        profile.save()
        record(TRAIL, [body], Action.RELEASED, by=by)
    return profile


def withdraw_profile(body: Organisation, *, by: Principal) -> Profile:
    """Let the public read nothing of it any more.

    Raises
    ------
        PermissionDenied: it is another's.
    """
    require("people.write_profile", by, body)
    with transaction.atomic():
        profile = _locked(body)
        profile.released, profile.released_at = {}, None
        profile.save()
        record(TRAIL, [body], Action.WITHDRAWN, by=by)
    return profile


def _locked(body: Organisation) -> Profile:
    Organisation.objects.select_for_update().get(pk=body.pk)
    return Profile.objects.get_or_create(organisation=body)[0]

# SPDX-License-Identifier: EUPL-1.2
"""Municipalities that are not in the alliance, when something was heard of them, and whom to speak with next."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.status import in_layer
from asskomm.alliance.domain.queries.unseen import links_seen
from asskomm.alliance.enums import Layer
from asskomm.alliance.models import NextContact
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Organisation
from asskomm.people.slots import Deadline, Wanted
from asskomm.territory.models import Municipality, MunicipalityQuerySet


def not_yet_in(principal: Principal, on: dt.date, district: str = "") -> MunicipalityQuerySet:
    """Give the municipalities of a day without an agreement, with `heard` and their plan: the earliest contact first, then by name."""
    events = links_seen(principal, on).filter(municipality=OuterRef("pk")).order_by().values("municipality")
    rows = Municipality.objects.on(on).filter(~in_layer(Layer.AGREEMENT, on, principal)).select_related("district", "next_contact")
    rows = rows.annotate(heard=Subquery(events.annotate(day=Max("event__counts_from")).values("day")))
    rows = rows.filter(district=district) if district else rows
    return rows.order_by(F("next_contact__day").asc(nulls_last=True), "name", "ags")


def due_contacts(until: dt.date) -> list[NextContact]:
    """Give the contacts that are planned up to a day, the earliest first."""
    there = Municipality.objects.on(clock.today()).order_by()
    return list(NextContact.objects.filter(day__lte=until, municipality__in=there).select_related("municipality").order_by("day", "municipality"))


def contacts_as_deadlines(wanted: Wanted) -> Iterator[Deadline]:
    """Give planned contacts as the state council's deadlines; nobody is written to about them."""
    council = tuple(Organisation.objects.filter(kind=OrganisationKind.STATE_COUNCIL).values_list("pk", flat=True))
    if not council or (wanted.organisations is not None and not set(council) & set(wanted.organisations)):
        return
    for contact in due_contacts(wanted.last):
        if contact.day and contact.day >= wanted.first:
            text = _("Mit %(place)s sprechen.") % {"place": contact.municipality.name}
            path = reverse("alliance:contact", args=[contact.municipality_id])
            yield Deadline(f"contact:{contact.municipality_id}", council, contact.day, text, _("Kontakt festhalten"), path, months=())

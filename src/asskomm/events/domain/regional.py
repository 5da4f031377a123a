# SPDX-License-Identifier: EUPL-1.2
"""Verb: write to those in charge in the municipalities of some districts or of some size, that they are invited."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.domain.writing import send
from asskomm.core.visibility import Principal, Role, Visibility, require
from asskomm.events.domain.gatherings import TRAIL, GatheringError
from asskomm.events.mails import REGION_INVITED
from asskomm.events.models import Gathering
from asskomm.people.domain.queries.responsibility import responsible_for_all
from asskomm.people.models import Account, Organisation
from asskomm.territory.models import District, Municipality

INVITE = "events.invite_region"


@dataclass(frozen=True)
class Region:
    """Which municipalities are meant.

    Args:
        districts: keys of districts; empty for all that the reader may write to.
        sizes: classes of inhabitants (values of `SizeClass`); empty for all.
    """

    districts: Sequence[str] = ()
    sizes: Sequence[int] = ()


@dataclass(frozen=True)
class Recipients:
    """Who would get a mail.

    Args:
        accounts: of those in charge, each once, by their key.
        places: how many municipalities are meant.
        without: in how many of them nobody with an account is in charge.
    """

    accounts: Sequence[Account]
    places: Estimate
    without: Estimate

    @property
    def people(self) -> Estimate:
        """How many people."""
        return Estimate(len(self.accounts), "persons")


def districts_for(principal: Principal) -> list[District]:
    """Give the districts to whose municipalities somebody may write: all for the state council, else those of her own places."""
    rows = District.objects.order_by("name")
    if principal.everything or principal.has(Role.STATE_COUNCIL):
        return list(rows)
    own = Municipality.objects.filter(ags__in=principal.municipalities).values("district")
    return list(rows.filter(pk__in=own))


def recipients_of(region: Region, principal: Principal) -> Recipients:
    """Give those in charge today in the municipalities of a region, as far as the reader may write to them; never herself."""
    bodies = list(_bodies(region, principal).values_list("pk", flat=True))
    in_charge = [[person.pk for person in found.people] for found in responsible_for_all(bodies, clock.today()).values()]
    accounts = {account.person_id: account for account in Account.objects.filter(person__in={pk for people in in_charge for pk in people}, is_active=True)}
    reached = [[accounts[pk] for pk in people if pk in accounts] for people in in_charge]
    once = {account.pk: account for people in reached for account in people if account.pk != principal.account}
    return Recipients([once[pk] for pk in sorted(once)], Estimate(len(bodies)), Estimate(sum(not people for people in reached)))


def invite_region(gathering: Gathering, region: Region, *, by: Principal) -> None:
    """Let a job write to those in charge; nobody gets a second mail about the same gathering.

    Raises
    ------
        GatheringError: it is not published, over, or not for those who would be written to; or a district is not hers to write to.
        PermissionDenied: the reader does not organise this gathering.
    """
    require("events.change", by, gathering)
    gathering = Gathering.objects.get(pk=gathering.pk)  # as it stands now
    if not gathering.is_ahead(clock.now()):
        raise GatheringError(_("Einladen kann man zu dem, was veröffentlicht und nicht vorbei ist."))
    if gathering.visibility not in {Visibility.ALLIANCE, Visibility.PUBLIC}:
        raise GatheringError(_("Die Veranstaltung sehen nur Sie. Ändern Sie erst, für wen sie sichtbar ist."))
    if not set(region.districts) <= {district.pk for district in districts_for(by)}:
        raise GatheringError(_("In diesen Landkreis können Sie nicht einladen."))
    with transaction.atomic():
        record(TRAIL, [gathering], Action.CHANGED, by=by)
        arguments = {"gathering": gathering.reference, "districts": list(region.districts), "sizes": list(region.sizes)}
        orders.order(INVITE, arguments, by=by, title=gathering.title)


def say_invited(gathering: Gathering, account: Account) -> None:
    """Write to one of them; a second time writes nothing."""
    context = {"gathering": gathering, "page": settings.SITE_URL + gathering.get_absolute_url()}
    send(REGION_INVITED.key, to=account.email, context=context, once=f"region:{gathering.reference}:{account.pk}")


def _bodies(region: Region, principal: Principal) -> QuerySet[Organisation]:
    mine = {district.pk for district in districts_for(principal)}
    wanted = mine & set(region.districts) if region.districts else mine
    places = Municipality.objects.on(clock.today()).filter(district__in=wanted)
    places = places.filter(size_class__in=region.sizes) if region.sizes else places
    return Organisation.objects.filter(municipality__in=places).order_by("pk")

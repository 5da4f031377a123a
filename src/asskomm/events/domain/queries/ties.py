# SPDX-License-Identifier: EUPL-1.2
"""Who is too close to a proposal to judge it: a colleague of whoever proposes it or contributes to it."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.search.analysis.folding import fold
from asskomm.events.models import Proposal
from asskomm.people.models import Account, Function

_PROVIDERS = Path(__file__).resolve().parents[2] / "data" / "mailbox_providers.csv"
_OFFICES = frozenset({"stadt", "stadtverwaltung", "gemeinde", "gemeindeverwaltung"})
"""Words with which people call the body of a municipality, which the register calls by the bare name."""


def ties_of(account: Account, proposals: Sequence[Proposal]) -> Mapping[int, str]:
    """Say for each proposal, by its key, why somebody must not judge it; those that she may judge are left out.

    Compared are the organisations in which people hold a function today, the organisation in the words of whoever proposes, and the
    domains of the addresses; those of providers where everybody can have a mailbox say nothing.
    """
    own, domain = _organisations(account), domain_of(account.email)
    names = {_bare(name) for name in own.values()}
    addresses = {row.pk: _addresses(row) for row in proposals}
    colleagues = _colleagues({address for found in addresses.values() for address in found}, own)
    told = {}
    for row in proposals:
        if account.email.lower() in addresses[row.pk]:
            told[row.pk] = _("Sie wirken selbst daran mit.")
        elif colleagues & addresses[row.pk] or _bare(row.organisation) in names or (domain and domain in map(domain_of, addresses[row.pk])):
            told[row.pk] = _("Sie gehören zur selben Organisation.")
    return told


def domain_of(address: str) -> str:
    """Give the domain of an address; empty where everybody can have a mailbox there.

    >>> domain_of("ada@Stadt.example"), domain_of("ada@gmx.de")
    ('stadt.example', '')
    """
    domain = address.rpartition("@")[2].strip().lower()
    return "" if domain in _providers() else domain


def _addresses(proposal: Proposal) -> set[str]:
    return {address.lower() for address in (proposal.email, *(one.email for one in proposal.co_speakers.all())) if address}


def _organisations(account: Account) -> Mapping[int, str]:
    """Give the organisations in which somebody holds a function today, with their names."""
    return dict(Function.objects.on(clock.today()).filter(person=account.person_id).values_list("organisation", "organisation__name"))


def _colleagues(addresses: Iterable[str], organisations: Collection[int]) -> set[str]:
    """Give those of some addresses that belong to accounts of people who hold a function in one of some organisations today."""
    serving = Function.objects.on(clock.today()).filter(organisation__in=list(organisations)).values("person")
    found = Account.objects.annotate(address=Lower("email")).filter(address__in=list(addresses), person__in=serving)
    return set(found.values_list("address", flat=True))


def _bare(name: str) -> str:
    """Give the name of an organisation as it is compared; what says nothing equals nothing."""
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _OFFICES else words) or "-"


@cache
def _providers() -> frozenset[str]:
    with _PROVIDERS.open(encoding="utf-8", newline="") as file:
        return frozenset(_column(csv.DictReader(file)))


def _column(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for row in rows:
        yield row["domain"]

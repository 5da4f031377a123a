# SPDX-License-Identifier: EUPL-1.2
"""The gathering, its fair, its call or the registration that an address names, as far as the reader may have it."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from asskomm.core.visibility import ReaderRequest, allowed, require
from asskomm.events.domain.letters import registration_under
from asskomm.events.models import Call, Fair, Gathering, Registration


def visible_gathering(request: ReaderRequest, reference: str, along: Sequence[str] = ("owner", "call")) -> Gathering:
    """Give a gathering that the reader sees.

    Args:
        request: of the reader.
        reference: of the gathering.
        along: what is read with it.

    Raises
    ------
        Http404: she sees none of this name.
    """
    seen = Gathering.objects.visible_to(request.principal)
    return get_object_or_404(seen.select_related(*along) if along else seen, reference=reference)


def organised_gathering(request: ReaderRequest, reference: str, rule: str = "events.change") -> Gathering:
    """Give a gathering for which the reader may do more than look.

    Raises
    ------
        Http404: she sees none of this name.
        PermissionDenied: the rule forbids it.
    """
    found = visible_gathering(request, reference)
    require(rule, request.principal, found)
    return found


def gathering_with_fair(request: ReaderRequest, reference: str) -> tuple[Gathering, Fair]:
    """Give a gathering that the reader sees, and its stands and posters.

    Raises
    ------
        Http404: she sees none of this name, or it has neither stands nor posters.
    """
    found = visible_gathering(request, reference)
    fair = Fair.objects.filter(gathering=found).first()
    if fair is None:
        raise Http404
    fair.gathering = found
    return found, fair


def organised_fair(request: ReaderRequest, reference: str) -> tuple[Gathering, Fair]:
    """Give a gathering that the reader organises, and its stands and posters.

    Raises
    ------
        Http404: she sees none of this name, or it has neither stands nor posters.
        PermissionDenied: she does not organise it.
    """
    organised_gathering(request, reference)
    return gathering_with_fair(request, reference)


def organised_call(request: ReaderRequest, reference: str) -> Call:
    """Give the call of a gathering to those who organise it; everybody else learns not even that there are proposals.

    Raises
    ------
        Http404: she organises none of this name, or it calls for nothing.
    """
    found = Call.objects.select_related("gathering__owner").filter(gathering__reference=reference).first()
    if found is None or not allowed("events.change", request.principal, found.gathering):
        raise Http404
    return found


def registration_under_link(reference: str, word: str) -> Registration:
    """Give the registration that the link of a mail leads to.

    Raises
    ------
        Http404: it leads to none.
    """
    found = registration_under(reference, word)
    if found is None:
        raise Http404
    return found

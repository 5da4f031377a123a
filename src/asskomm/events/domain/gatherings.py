# SPDX-License-Identifier: EUPL-1.2
"""Verbs: draft a gathering, change it, publish it, call it off."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example
from asskomm.core.jobs.domain import orders
from asskomm.core.references import new_reference
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, Visibility, require
from asskomm.events.domain.counters import PlacesError, furnish
from asskomm.events.domain.registering import pass_on
from asskomm.events.domain.registering_speakers import order_registration
from asskomm.events.enums import GatheringState, InvitationState
from asskomm.events.models import Gathering, Places, Registration, Seat
from asskomm.people.models import Organisation

TRAIL, TELL, TELL_MOVED = "gatherings", "events.tell_called_off", "events.tell_moved"
MINUTES = "minutes"  # in the search
_WHERE_AND_WHEN = ("starts_at", "ends_at", "place")


class GatheringError(ValueError):
    """What is asked cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Facts:
    """What an invitation says.

    Args:
        kind: what sort of gathering it is.
        title: its name.
        summary: what it is about.
        place: where.
        starts_at: when it begins.
        ends_at: when it is over.
        registers_until: until when; `None` for until it begins.
        visibility: for whom it is visible.
        video_link: where one takes part from afar; only whoever has a place sees it, and members where nobody registers.
        plain_words: the same for readers who need short sentences.
    """

    kind: str
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str = ""
    registers_until: dt.datetime | None = None
    visibility: str = Visibility.PUBLIC
    video_link: str = ""
    plain_words: str = ""

    def check(self) -> None:
        """Hold what belongs together.

        Raises
        ------
            GatheringError: it ends before it begins, or one would register when it is over.
        """
        if self.ends_at <= self.starts_at:
            raise GatheringError(_("Das Ende liegt vor dem Beginn."))
        if self.registers_until is not None and self.registers_until > self.ends_at:
            raise GatheringError(_("Anmelden kann man sich höchstens bis zum Ende der Veranstaltung."))


@dataclass(frozen=True)
class Room:
    """How many can come.

    Args:
        capacity: places of the whole gathering; `None` where nobody registers.
        contingents: places for some types of participants, of those of the whole; `None` for as they are.
    """

    capacity: int | None = None
    contingents: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Terms:
    """How one registers.

    Args:
        registers_from: from when; `None` for at once.
        approves: whether those who invite look at each registration first.
        asks: what is asked (keys of `Ask`).
        contingents: places for some types of participants.
        wishes_until: until when people name wishes for workshops that run side by side; `None` where who comes first has a place.
    """

    registers_from: dt.datetime | None = None
    approves: bool = False
    asks: Sequence[str] = ()
    contingents: Mapping[str, int] = field(default_factory=dict)
    wishes_until: dt.datetime | None = None


def draft_gathering(facts: Facts, room: Room, *, owner: Organisation, series: str = "", by: Principal) -> Gathering:
    """Draft a gathering, which only those who organise it see.

    Args:
        facts: what the invitation says.
        room: how many can come.
        owner: who invites.
        series: a word that gatherings share which belong together.
        by: who does it.

    Raises
    ------
        GatheringError: the facts do not fit together.
        PermissionDenied: the reader does not organise gatherings of this organisation.
    """
    facts.check()
    with transaction.atomic():
        gathering = Gathering(**asdict(facts), owner=owner, series=series, example=is_example())
        require("events.change", by, gathering)
        gathering.save()
        _furnish(gathering, room)
        reindex(TRAIL, [gathering.reference])
        record(TRAIL, [gathering], Action.CREATED, by=by)
    return gathering


def change_gathering(gathering: Gathering, facts: Facts, room: Room, *, by: Principal) -> Gathering:
    """Change what the invitation says and how many can come; if there are more places, the line moves up at once.

    Where begin, end or place change, a job tells everybody who is registered or waits.

    Raises
    ------
        GatheringError: the facts do not fit together, more places are taken than there would be, or begin or end would change although people have
            said how it was: moving them would show answers one by one.
        PermissionDenied: as `draft_gathering`.
    """
    facts.check()
    with transaction.atomic():
        require("events.change", by, gathering)
        row = _hold(gathering)
        opens = room.capacity is not None and not row.places.exists()
        _furnish(row, room)
        if (row.starts_at, row.ends_at) != (facts.starts_at, facts.ends_at) and row.feedback.exists():
            raise GatheringError(_("Es gibt schon Rückmeldungen. Beginn und Ende lassen sich nicht mehr ändern."))
        moved = row.state == GatheringState.PUBLISHED and any(getattr(row, name) != getattr(facts, name) for name in _WHERE_AND_WHEN)
        for name, value in asdict(facts).items():
            setattr(row, name, value)
        _check_beginning(row, row.registers_from)
        row.save()
        _index(row)
        record(TRAIL, [row], Action.CHANGED, by=by)
        if moved:
            orders.order(TELL_MOVED, {"gathering": row.reference, "change": new_reference()}, by=by, title=row.title)
        if room.capacity is not None:
            pass_on(row)
        if opens:
            order_registration(row)
    return row


def set_terms(gathering: Gathering, terms: Terms, *, by: Principal) -> Gathering:
    """Set how one registers; if nobody has to look at registrations any more, those that waited for it move up.

    Raises
    ------
        GatheringError: nobody registers, registration would end before it begins, more places are taken than a contingent would have,
            or wishes would be collected when the gathering has begun or places in workshops are taken already.
        PermissionDenied: as `draft_gathering`.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        row = _hold(gathering)
        whole = gathering.places.filter(contingent="").first()
        if whole is None:
            raise GatheringError(_("Tragen Sie erst ein, wie viele Plätze es gibt."))
        if any(size > whole.capacity for size in terms.contingents.values()):
            raise GatheringError(_("Eine Höchstzahl ist größer als die Zahl der Plätze."))
        _furnish(row, Room(whole.capacity, terms.contingents))
        _check_beginning(row, terms.registers_from)
        row.registers_from, row.approves, row.asks = terms.registers_from, terms.approves, sorted(terms.asks)
        _set_wishes(row, terms.wishes_until)
        row.save(update_fields=["registers_from", "approves", "asks", "wishes_until"])
        if not row.approves:
            Registration.objects.filter(gathering=row, approved=False).update(approved=True)
        record(TRAIL, [row], Action.CHANGED, by=by)
        pass_on(row)
    return row


def _hold(gathering: Gathering) -> Gathering:
    """Lock a gathering. Whoever wants its counters too locks them after it, so that no two verbs wait for each other."""
    return Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)


def _check_beginning(gathering: Gathering, registers_from: dt.datetime | None) -> None:
    if registers_from is not None and registers_from >= (gathering.registers_until or gathering.starts_at):
        raise GatheringError(_("Die Anmeldung würde enden, bevor sie beginnt."))


def _set_wishes(gathering: Gathering, wishes_until: dt.datetime | None) -> None:
    if wishes_until is not None and wishes_until >= gathering.starts_at:
        raise GatheringError(_("Wünsche für Workshops sammelt man, bevor die Veranstaltung beginnt."))
    begins = wishes_until is not None and gathering.wishes_until is None
    if begins and Seat.objects.filter(registration__gathering=gathering).exists():
        raise GatheringError(_("In den Workshops sind schon Plätze vergeben; Wünsche kann man nur vorher sammeln."))
    gathering.wishes_until = wishes_until


def publish_gathering(gathering: Gathering, *, by: Principal) -> Gathering:
    """Let others see it and register.

    Raises
    ------
        GatheringError: it is called off.
        PermissionDenied: as `draft_gathering`.
    """
    with transaction.atomic():
        row = _moved(gathering, GatheringState.DRAFT, GatheringState.PUBLISHED, Action.RELEASED, by)
        if row.sessions.filter(invitations__state=InvitationState.ACCEPTED).exists():
            order_registration(row)  # of whoever said yes while it was a draft
    return row


def discard_draft(gathering: Gathering, *, by: Principal) -> None:
    """Discard a draft with all that was planned for it.

    Raises
    ------
        GatheringError: others know of it already.
        PermissionDenied: as `draft_gathering`.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        row = _hold(gathering)
        if row.state != GatheringState.DRAFT:
            raise GatheringError(_("Nur einen Entwurf kann man verwerfen."))
        list(Places.objects.select_for_update(of=("self",)).filter(gathering=row).order_by("pk"))  # whoever is being entered comes to an end first
        row.delete()
        reindex(TRAIL, [row.reference])
        reindex(MINUTES, [row.reference])
        record_keys(TRAIL, [row.reference], Action.REMOVED, by=by)


def call_off(gathering: Gathering, *, by: Principal) -> Gathering:
    """Call it off: nobody registers any more, the page says so, and a job tells everybody who is registered or waits.

    Raises
    ------
        GatheringError: it is not published, or over.
        PermissionDenied: as `draft_gathering`.
    """
    if gathering.ends_at <= clock.now():
        raise GatheringError(_("Diese Veranstaltung ist vorbei."))
    with transaction.atomic():
        row = _moved(gathering, GatheringState.PUBLISHED, GatheringState.CALLED_OFF, Action.WITHDRAWN, by)
        orders.order(TELL, {"gathering": row.reference}, by=by, title=row.title)
    return row


def _moved(gathering: Gathering, before: GatheringState, after: GatheringState, action: Action, by: Principal) -> Gathering:
    with transaction.atomic():
        require("events.change", by, gathering)
        row = _hold(gathering)
        if row.state == after:
            return row  # a second click
        if row.state != before:
            raise GatheringError(_("Das geht nicht: Die Veranstaltung ist „%(state)s“.") % {"state": row.get_state_display()})
        row.state = after
        row.save(update_fields=["state"])
        _index(row)
        record(TRAIL, [row], action, by=by)
    return row


def _index(gathering: Gathering) -> None:
    """Let it be found as it is now; minutes have its name and its readers."""
    reindex(TRAIL, [gathering.reference])
    if gathering.minutes_released_at is not None:
        reindex(MINUTES, [gathering.reference])


def _furnish(gathering: Gathering, room: Room) -> None:
    try:
        furnish(gathering, room.capacity, room.contingents)
    except PlacesError as fault:
        raise GatheringError(str(fault)) from None

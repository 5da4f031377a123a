# SPDX-License-Identifier: EUPL-1.2
"""The histories of gatherings, their sessions and speakers, of registrations, and of calls and what they bring."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import Field, State, Subject, Trail
from asskomm.core.audit.registry import as_day, labelled, no_states
from asskomm.core.visibility import Principal, Visibility, allowed
from asskomm.core.visibility.audience import audience_of
from asskomm.events.domain.badge_design import design_of
from asskomm.events.domain.polling import path_of_poll
from asskomm.events.enums import GatheringKind, GatheringState, SessionKind
from asskomm.events.models import Call, DatePoll, Fair, Gathering, HeadCount, Invitation, Picture, Proposal, Registration, Session, Speaker, Stand


def gatherings(rows: Sequence[Gathering]) -> Iterator[State]:
    """Give what the invitation says; a draft is for those who organise it."""
    for row in rows:
        values = {"title": row.title, "kind": row.kind, "place": row.place, "begins": f"{localtime(row.starts_at):%d.%m.%Y %H:%M}", "state": row.state}
        yield State(row.reference, values | _badges(row) | _counted_by_hand(row) | _offered(row), row.audience)


def _badges(row: Gathering) -> dict[str, str]:
    """Give how badges look, where that is not as usual."""
    return {"badges": design_of(row).words} if row.badge else {}


def _counted_by_hand(row: Gathering) -> dict[str, str]:
    """Give what somebody entered of who came; what is worked out from registrations has no history."""
    found = HeadCount.objects.filter(gathering=row, by_hand=True).first()
    if found is None:
        return {}
    return {"participants": str(found.participants), "municipalities": "" if found.municipalities is None else str(found.municipalities)}


def _offered(row: Gathering) -> dict[str, str]:
    """Give what there is room for, and until when one applies."""
    found = Fair.objects.filter(gathering=row).first()
    if found is None:
        return {}
    sizes = {f"{kind}s": str(size) for kind, size in found.places.values_list("kind", "capacity")}
    return {**sizes, "apply_until": f"{found.apply_until:%d.%m.%Y}"}


def find_gathering(key: str, principal: Principal) -> Subject | None:
    """Give a gathering that the reader may see."""
    found = Gathering.objects.visible_to(principal).filter(reference=key).first()
    return Subject(found.title, found.get_absolute_url()) if found else None


def find_registration(key: str, principal: Principal) -> Subject | None:
    """Give a registration to those who organise its gathering; its name is not said."""
    found = Registration.objects.select_related("gathering").filter(reference=key).first()
    if found is None or not allowed("events.see_participants", principal, found.gathering):
        return None
    return Subject(str(_("Anmeldung")), reverse("events:participants", args=[found.gathering.reference]))


def sessions(rows: Sequence[Session]) -> Iterator[State]:
    """Give what a session says; until it is released it is for those who organise it."""
    for row in rows:
        begins = f"{localtime(row.starts_at):%d.%m.%Y %H:%M}" if row.starts_at else ""
        values = {"title": row.title, "kind": row.kind, "room": row.room.name if row.room else "", "begins": begins}
        yield State(row.reference, values, audience_of(Visibility.PRIVATE, row.gathering.owner_id))


def find_session(key: str, principal: Principal) -> Subject | None:
    """Give a session to those who organise its gathering."""
    found = Session.objects.select_related("gathering").filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found.gathering):
        return None
    return Subject(found.title, reverse("events:session_change", args=[found.gathering.reference, found.reference]))


def find_poll(key: str, principal: Principal) -> Subject | None:
    """Give a poll to those who organise."""
    found = DatePoll.objects.filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found):
        return None
    return Subject(found.title, path_of_poll(found))


def find_speaker(key: str, principal: Principal) -> Subject | None:
    """Give somebody who contributes to those who organise the gathering."""
    found = Speaker.objects.select_related("gathering").filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found.gathering):
        return None
    return Subject(found.name, reverse("events:programme_change", args=[found.gathering.reference]))


def find_invitation(key: str, principal: Principal) -> Subject | None:
    """Give an invitation to those who organise the gathering; its name is not said."""
    found = Invitation.objects.with_all().filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found.session.gathering):
        return None
    return Subject(str(_("Einladung")), reverse("events:invitation", args=[found.session.gathering.reference, found.reference]))


def find_stand(key: str, principal: Principal) -> Subject | None:
    """Give an application to those who organise the gathering; its name is not said."""
    found = Stand.objects.with_all().filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found.fair.gathering):
        return None
    return Subject(str(found.get_kind_display()), reverse("events:stand_applications", args=[found.fair.gathering.reference]))


def find_picture(key: str, principal: Principal) -> Subject | None:
    """Give a picture to those who organise the gathering."""
    found = Picture.objects.select_related("gathering").filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found.gathering):
        return None
    return Subject(found.alternative, reverse("events:pictures", args=[found.gathering.reference]))


def calls(rows: Sequence[Call]) -> Iterator[State]:
    """Give what a call asks for and until when; it is read by those who organise."""
    for row in rows:
        values = {"closes_on": row.closes_on.isoformat(), "kinds": list(row.kinds), "nameless": "yes" if row.nameless else ""}
        closed = {"closed": "yes"} if row.closed_at else {}
        yield State(row.gathering.reference, values | closed, audience_of(Visibility.PRIVATE, row.gathering.owner_id))


def find_call(key: str, principal: Principal) -> Subject | None:
    """Give a call, by the key of its gathering, to those who organise it."""
    found = Call.objects.select_related("gathering").filter(gathering__reference=key).first()
    if found is None or not allowed("events.change", principal, found.gathering):
        return None
    return Subject(str(_("Aufruf zur Mitwirkung")), reverse("events:proposals", args=[found.gathering.reference]))


def find_proposal(key: str, principal: Principal) -> Subject | None:
    """Give a proposal to those who organise; who made it is not said."""
    found = Proposal.objects.handed_in().with_all().filter(reference=key).first()
    if found is None or not allowed("events.change", principal, found.call.gathering):
        return None
    return Subject(str(_("Vorschlag")), reverse("events:proposal_read", args=[found.call.gathering.reference, found.reference]))


def _yes(_value: str) -> str:
    return str(_("ja"))


GATHERING_TRAIL = Trail(
    name=_("Veranstaltung"),
    fields={
        "title": Field(_("Titel")),
        "kind": Field(_("Art"), labelled(GatheringKind)),
        "place": Field(_("Ort")),
        "begins": Field(_("Beginn")),
        "state": Field(_("Stand"), labelled(GatheringState)),
        "badges": Field(_("Namensschilder")),
        "participants": Field(_("Teilnehmende, von Hand gezählt")),
        "municipalities": Field(_("Kommunen, von Hand gezählt")),
        "stands": Field(_("Plätze für Infostände")),
        "posters": Field(_("Plätze für Poster")),
        "apply_until": Field(_("Bewerben bis")),
    },
    states=gatherings,
    find=find_gathering,
)
REGISTRATION_TRAIL = Trail(name=_("Anmeldung"), fields={}, states=no_states, find=find_registration, kept=dt.timedelta(days=3 * 365))
SESSION_TRAIL = Trail(
    name=_("Beitrag"),
    fields={"title": Field(_("Titel")), "kind": Field(_("Art"), labelled(SessionKind)), "room": Field(_("Raum")), "begins": Field(_("Beginn"))},
    states=sessions,
    find=find_session,
)
POLL_TRAIL = Trail(name=_("Terminfindung"), fields={}, states=no_states, find=find_poll, kept=dt.timedelta(days=3 * 365))
SPEAKER_TRAIL = Trail(name=_("Mitwirkende"), fields={}, states=no_states, find=find_speaker, kept=dt.timedelta(days=3 * 365))
INVITATION_TRAIL = Trail(name=_("Einladung"), fields={}, states=no_states, find=find_invitation, kept=dt.timedelta(days=3 * 365))
STAND_TRAIL = Trail(name=_("Stand oder Poster"), fields={}, states=no_states, find=find_stand, kept=dt.timedelta(days=3 * 365))
PICTURE_TRAIL = Trail(name=_("Bild"), fields={}, states=no_states, find=find_picture, kept=dt.timedelta(days=3 * 365))
CALL_TRAIL = Trail(
    name=_("Aufruf zur Mitwirkung"),
    fields={
        "closes_on": Field(_("Letzter Tag"), as_day),
        "kinds": Field(_("Gesucht"), labelled(SessionKind)),
        "nameless": Field(_("Namen ausgeblendet"), _yes),
        "closed": Field(_("Geschlossen"), _yes),
    },
    states=calls,
    find=find_call,
)
PROPOSAL_TRAIL = Trail(name=_("Vorschlag"), fields={}, states=no_states, find=find_proposal, kept=dt.timedelta(days=3 * 365))
ALL_TRAILS = {
    "gatherings": GATHERING_TRAIL,
    "registrations": REGISTRATION_TRAIL,
    "sessions": SESSION_TRAIL,
    "speakers": SPEAKER_TRAIL,
    "invitations": INVITATION_TRAIL,
    "polls": POLL_TRAIL,
    "stands": STAND_TRAIL,
    "pictures": PICTURE_TRAIL,
    "calls": CALL_TRAIL,
    "proposals": PROPOSAL_TRAIL,
}

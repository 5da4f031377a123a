# SPDX-License-Identifier: EUPL-1.2
"""The history of events and of planned contacts: each version as it was entered, seen by whoever might see that version."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.measures import MEASURES
from asskomm.alliance.models import Event, NextContact, Rhythm
from asskomm.core.audit import Field, State, Subject, Trail
from asskomm.core.audit.registry import as_day, labelled
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import Principal, Visibility, allowed
from asskomm.core.visibility.audience import audience_of

_RELATED = ("kind", "owner", "municipalities", "parties", "fields", "shares__organisation")


def states(events: Sequence[Event]) -> Iterator[State]:
    """Give what events say."""
    prefetch_related_objects(list(events), *_RELATED)
    for event in events:
        audience = audience_of(event.visibility, event.owner_id, [share.organisation_id for share in event.shares.all()])
        yield State(event.reference, _values(event), audience)


def _values(event: Event) -> dict[str, str | list[str]]:
    return {
        "kind": event.kind.name,
        "day": str(event.span),
        "municipalities": sorted(place.name for place in event.municipalities.all()),
        "parties": sorted(party.name for party in event.parties.all()),
        "fields": sorted(field.name for field in event.fields.all()),
        "amount": "" if event.amount is None else str(event.amount),
        "measures": [f"{MEASURES[name]}: {value}" for name, value in sorted(event.measures.items())],
        "valid_until": event.valid_until.isoformat() if event.valid_until else "",
        "note": event.note,
        "document_url": event.document_url,
        "source": event.source,
        "reported_by": event.reported_by,
        "status": event.status,
        "visibility": event.visibility,
        "owner": event.owner.name,
        "partners": sorted(share.organisation.name for share in event.shares.all()),
    }


def _euros(value: str) -> str:
    return str(Estimate(float(value), "EUR"))


def find(key: str, principal: Principal) -> Subject | None:
    """Give an event, withdrawn or not, whose last version the reader may see."""
    last = Event.objects.filter(reference=key).order_by("-version").values("pk")[:1]
    event = Event.objects.visible_to(principal).select_related("kind").filter(pk__in=list(last.values_list("pk", flat=True))).first()
    return Subject(str(event), event.get_absolute_url()) if event else None


EVENT_TRAIL = Trail(
    name=_("Ereignis"),
    fields={
        "kind": Field(_("Art")),
        "day": Field(_("Datum")),
        "municipalities": Field(_("Kommunen")),
        "parties": Field(_("Beteiligte")),
        "fields": Field(_("Handlungsfelder")),
        "amount": Field(_("Betrag"), _euros),
        "measures": Field(_("Zahlen")),
        "valid_until": Field(_("Gilt bis"), as_day),
        "note": Field(_("Notiz")),
        "document_url": Field(_("Dokument")),
        "source": Field(_("Quelle")),
        "reported_by": Field(_("Gemeldet von"), labelled(ReportedBy)),
        "status": Field(_("Stand"), labelled(Confirmation)),
        "visibility": Field(_("Sichtbar für"), labelled(Visibility)),
        "owner": Field(_("Zuständig")),
        "partners": Field(_("Genannte Partner")),
    },
    states=states,
    find=find,
)


def contacts(rows: Sequence[NextContact]) -> Iterator[State]:
    """Give what is planned with municipalities."""
    for row in rows:
        day = row.day.isoformat() if row.day else ""
        yield State(row.municipality_id, {"day": day, "note": row.note, "rhythm": str(row.rhythm)})


def find_contact(key: str, principal: Principal) -> Subject | None:
    """Give a planned contact to the state council alone."""
    if not allowed("alliance.plan_contacts", principal):
        return None
    row = NextContact.objects.select_related("municipality").filter(pk=key).first()
    return Subject(row.municipality.name, row.municipality.get_absolute_url()) if row else None


def _rhythm(value: str) -> str:
    return str(Rhythm(int(value)).label)


CONTACT_TRAIL = Trail(
    name=_("Nächster Kontakt"),
    fields={"day": Field(_("Nächster Kontakt"), as_day), "note": Field(_("Notiz")), "rhythm": Field(_("Austausch"), _rhythm)},
    states=contacts,
    find=find_contact,
    kept=dt.timedelta(days=2 * 365),
)

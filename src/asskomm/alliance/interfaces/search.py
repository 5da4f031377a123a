# SPDX-License-Identifier: EUPL-1.2
"""Events as documents of the search: the newest version, as long as it is open."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from asskomm.alliance.models import Event
from asskomm.core.search import Document, Source
from asskomm.core.visibility import Principal
from asskomm.core.visibility.audience import audience_of

_MOST = 500


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give events with kind, places and date in the title, and all that was written about them in the text."""
    rows = Event.objects.current().for_reading().prefetch_related("shares").order_by("pk")
    for event in (rows if keys is None else rows.filter(reference__in=keys)).iterator(chunk_size=_MOST):
        places = ", ".join(sorted(place.name for place in event.municipalities.all()))
        title = ", ".join(filter(None, (event.kind.name, places, str(event.span))))
        audience = audience_of(event.visibility, event.owner_id, [share.organisation_id for share in event.shares.all()])
        yield Document(event.reference, title, _text(event), event.get_absolute_url(), audience, event.counts_from, example=event.example)


def _text(event: Event) -> str:
    parties = ", ".join(sorted(party.name for party in event.parties.all()))
    fields = ", ".join(field.name for field in event.fields.all())
    return " · ".join(filter(None, (event.note, parties, fields, event.source)))


def visible(keys: Collection[str], principal: Principal) -> set[str]:
    """Keep the events that a reader may see today."""
    return set(Event.objects.current().visible_to(principal).filter(reference__in=keys).order_by().values_list("reference", flat=True))


EVENTS = Source(_("Ereignisse"), documents, visible)

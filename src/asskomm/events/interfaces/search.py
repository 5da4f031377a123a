# SPDX-License-Identifier: EUPL-1.2
"""Gatherings and their released minutes as documents of the search; who comes is not found."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asskomm.core.search import Document, Source
from asskomm.core.visibility import Principal
from asskomm.events.models import Gathering


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give gatherings by title, what they are about, place and who invites."""
    rows = Gathering.objects.select_related("owner").prefetch_related("shares").order_by("pk")
    for row in rows if keys is None else rows.filter(reference__in=keys):
        text = "\n".join(filter(None, (str(row.get_kind_display()), row.summary, row.plain_words, row.place, row.owner.name)))
        day = localtime(row.starts_at).date()
        yield Document(row.reference, row.title, text, row.get_absolute_url(), row.audience, day, example=row.example)


def visible(keys: Collection[str], principal: Principal) -> set[str]:
    """Keep those that a reader may see today."""
    return set(Gathering.objects.visible_to(principal).filter(reference__in=keys).values_list("reference", flat=True))


def minutes(keys: Collection[str] | None) -> Iterator[Document]:
    """Give minutes that others may read: points, what came of them, and what somebody does."""
    rows = Gathering.objects.filter(minutes_released_at__isnull=False).prefetch_related("shares", "agenda", "actions").order_by("pk")
    for row in rows if keys is None else rows.filter(reference__in=keys):
        points = [f"{item.title}: {item.record}" if item.record else item.title for item in row.agenda.all()]
        text = "\n".join((*points, *(action.text for action in row.actions.all())))
        title, address = gettext("Protokoll: %(title)s") % {"title": row.title}, reverse("events:minutes", args=[row.reference])
        yield Document(row.reference, title, text, address, row.audience, localtime(row.starts_at).date(), example=row.example)


def visible_minutes(keys: Collection[str], principal: Principal) -> set[str]:
    """Keep those that a reader may read today."""
    rows = Gathering.objects.visible_to(principal).filter(reference__in=keys, minutes_released_at__isnull=False)
    return set(rows.values_list("reference", flat=True))


GATHERINGS = Source(_("Veranstaltungen"), documents, visible)
MINUTES = Source(_("Protokolle"), minutes, visible_minutes)

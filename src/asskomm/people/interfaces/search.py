# SPDX-License-Identifier: EUPL-1.2
"""Organisations as documents of the search."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from asskomm.core.search import Document, Source
from asskomm.people.models import Organisation


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give organisations by name and kind; the body of a municipality is found as its municipality, and persons are not found at all."""
    rows = Organisation.objects.exclude(kind="municipality").select_related("district").order_by("pk")
    for body in rows if keys is None else rows.filter(pk__in=keys):
        yield Document(str(body.pk), body.name, body.get_kind_display(), body.get_absolute_url())


ORGANISATIONS = Source(_("Organisationen"), documents)

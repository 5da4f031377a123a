# SPDX-License-Identifier: EUPL-1.2
"""Fields of action as documents of the search."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from asskomm.core.search import Document, Source
from asskomm.library.models import FieldOfAction


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give fields of action with what they mean."""
    rows = FieldOfAction.objects.all()
    for field in rows if keys is None else rows.filter(key__in=keys):
        yield Document(field.key, field.name, field.description, field.get_absolute_url())


FIELDS = Source(_("Themen"), documents)

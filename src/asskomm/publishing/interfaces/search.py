# SPDX-License-Identifier: EUPL-1.2
"""The handbook as documents of the search, one a section, and the press sheets that everybody may read."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asskomm.core.search import Document, Source
from asskomm.core.visibility import ANYONE, Principal
from asskomm.publishing.domain.handbook import handbook
from asskomm.publishing.models import PressSheet


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give the sections of the handbook's pages; the title of the page is found with each."""
    for page in handbook().values():
        address = reverse("publishing:handbook_page", args=[page.name])
        for section in page.sections:
            key = f"{page.name}#{section.anchor}"[:100]
            if keys is None or key in keys:
                title = section.title.replace("`", "")
                yield Document(key, title, f"{page.title} · {section.text}" if title != page.title else section.text, f"{address}#{section.anchor}")


def sheets(keys: Collection[str] | None) -> Iterator[Document]:
    """Give the sheets that are released and under no embargo, with all their words but the contact."""
    rows = PressSheet.objects.visible_to(ANYONE).prefetch_related("quotes").order_by("pk")
    for row in rows if keys is None else rows.filter(reference__in=keys):
        quotes = [f"{quote.speaker}, {quote.function}: {quote.text}" for quote in row.quotes.all()]
        text = "\n".join(filter(None, (gettext("Medieninformation %(number)s") % {"number": row.number}, row.text, *quotes, row.background)))
        yield Document(row.reference, row.headline, text, row.get_absolute_url(), day=localtime(row.released_at).date(), example=row.example)


def visible_sheets(keys: Collection[str], principal: Principal) -> set[str]:
    """Keep those that a reader may see today."""
    return set(PressSheet.objects.visible_to(principal).filter(reference__in=keys).values_list("reference", flat=True))


PRESS = Source(_("Medieninformationen"), sheets, visible_sheets)
HANDBOOK = Source(_("Handbuch"), documents, prominence=0.5)

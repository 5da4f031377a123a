# SPDX-License-Identifier: EUPL-1.2
"""The handbook as documents of the search, one a section."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asskomm.core.search import Document, Source
from asskomm.publishing.domain.handbook import handbook


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give the sections of the handbook's pages; the title of the page is found with each."""
    for page in handbook().values():
        address = reverse("publishing:handbook_page", args=[page.name])
        for section in page.sections:
            key = f"{page.name}#{section.anchor}"[:100]
            if keys is None or key in keys:
                title = section.title.replace("`", "")
                yield Document(key, title, f"{page.title} · {section.text}" if title != page.title else section.text, f"{address}#{section.anchor}")


HANDBOOK = Source(_("Handbuch"), documents, prominence=0.5)

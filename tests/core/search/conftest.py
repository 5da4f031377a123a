# SPDX-License-Identifier: EUPL-1.2
"""A toy room whose shelf holds documents, each for some readers."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

import pytest

from asskomm.core.search import SEARCH_SOURCES, Document, Source
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal
from asskomm.core.visibility.audience import PUBLIC, admits, written


class Shelf:
    """Documents of the toy room."""

    def __init__(self) -> None:
        """Start empty."""
        self.documents: dict[str, Document] = {}

    def put(self, key: str, title: str, text: str = "", *, audience: frozenset[str] = PUBLIC, day: dt.date = dt.date.min) -> None:
        """Put a document up and let it be found."""
        self.documents[key] = Document(key, title, text, f"/spielzeug/{key}/", audience, day)
        reindex("toys", [key])

    def give(self, keys: Collection[str] | None) -> Iterable[Document]:
        """Give documents as a room does."""
        return [document for key, document in self.documents.items() if keys is None or key in keys]

    def visible(self, keys: Collection[str], principal: Principal) -> set[str]:
        """Keep what a reader may see."""
        return {key for key in keys if key in self.documents and admits(written(self.documents[key].audience), principal)}


@pytest.fixture
def shelf(db: None) -> Iterator[Shelf]:
    """An empty shelf, known to the search as "toys"."""
    toys = Shelf()
    SEARCH_SOURCES.register("toys", Source("Spielzeug", toys.give, toys.visible), order=90)
    yield toys
    SEARCH_SOURCES.remove("toys")

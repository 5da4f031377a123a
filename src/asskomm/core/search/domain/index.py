# SPDX-License-Identifier: EUPL-1.2
"""Verbs: keep the documents of some objects up to date, or make the whole index anew."""

import secrets
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from django.db import connection, transaction
from django.utils import translation

from asskomm.core.clock import clock
from asskomm.core.search.analysis.folding import clean
from asskomm.core.search.domain.weighing import identity, weights
from asskomm.core.search.models import IndexChange, IndexedDocument, Posting, Term
from asskomm.core.search.registry import SEARCH_SOURCES, Document
from asskomm.core.visibility.audience import written

_BATCH = 500
_ROWS = 1000
_AT_ONCE = 10_000
"""Documents in memory while the index is made anew; a part in the order of its words is quicker to write than the same rows one document after the other."""
_UPDATED = ("title", "text", "url", "language", "audience", "day", "length", "example")


def reindex(source: str, keys: Iterable[str]) -> None:
    """Bring the documents of some objects to what their room says now; a verb calls it once, at its end and within its transaction."""
    wanted = sorted(set(keys))
    if not wanted:
        return
    with transaction.atomic(), translation.override("de"):
        for begin in range(0, len(wanted), _BATCH):
            part = wanted[begin : begin + _BATCH]
            _store(source, SEARCH_SOURCES[source].documents(part), [identity(source, key) for key in part])
        _note_change()


def rebuild() -> int:
    """Make the index anew from all sources, after a load; gives how many documents there are."""
    with transaction.atomic(), translation.override("de"):
        for model in (Posting, Term, IndexedDocument, IndexChange):
            model.objects.all().delete()
        for key, source in SEARCH_SOURCES.items():
            documents = iter(source.documents(None))
            while part := list(islice(documents, _AT_ONCE)):
                _store(key, part)
        _note_change()
        return IndexedDocument.objects.count()


def tidy() -> int:
    """Let go of the rows about changes that every process has long noticed, and of words that are in no document any more."""
    with transaction.atomic():
        gone, _by_model = IndexChange.objects.all().delete()
        Term.objects.exclude(pk__in=Posting.objects.values("term")).delete()
        _note_change()
    return gone


def _store(source: str, documents: Iterable[Document], former: Sequence[int] = ()) -> None:
    """Write documents, words and postings in the place of former ones, each in the order of its numbers, so that two writers do not block each other.

    The documents come first: whoever writes the same one waits there, and then deletes the postings of whoever was before.
    """
    weighed = {}
    for document in documents:
        title, text = clean(document.title)[:400], clean(document.text)
        weighed[identity(source, document.key)] = document, title, text, weights(title, text)
    rows = [
        IndexedDocument(
            id=number,
            source=source,
            key=document.key,
            title=title,
            text=text,
            url=document.url,
            language=document.language,
            audience=written(document.audience),
            day=document.day.toordinal(),
            length=sum(found.values()),
            example=document.example,
        )
        for number, (document, title, text, found) in sorted(weighed.items())
    ]
    IndexedDocument.objects.bulk_create(rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["id"], update_fields=_UPDATED)
    IndexedDocument.objects.filter(pk__in=[number for number in former if number not in weighed]).delete()
    Posting.objects.filter(document__in=former).delete()
    numbers = {term: identity(term) for *_document, found in weighed.values() for term in found}
    _add_terms(sorted((number, term) for term, number in numbers.items()))
    _add_postings(sorted((numbers[term], number, weight) for number, (*_document, found) in weighed.items() for term, weight in found.items()))


def _add_terms(terms: Sequence[tuple[int, str]]) -> None:
    known = {number for begin in range(0, len(terms), _BATCH) for number in _known([n for n, _text in terms[begin : begin + _BATCH]])}
    Term.objects.bulk_create((Term(id=number, text=text) for number, text in terms if number not in known), batch_size=_BATCH, ignore_conflicts=True)


def _known(numbers: Sequence[int]) -> Iterable[int]:
    return Term.objects.filter(pk__in=numbers).values_list("pk", flat=True)


def _add_postings(rows: Sequence[tuple[int, int, int]]) -> None:
    """Insert many small rows, a thousand a statement; past the ORM, which would make an object of each."""
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), _ROWS):
            part = rows[begin : begin + _ROWS]
            places = ", ".join(["(%s, %s, %s)"] * len(part))
            cursor.execute(f"INSERT INTO search_posting (term, document, weight) VALUES {places}", list(chain.from_iterable(part)))  # noqa: S608 -- placeholders only


def _note_change() -> None:
    IndexChange.objects.create(stamp=secrets.randbelow(2**31), at=clock.now())

# SPDX-License-Identifier: EUPL-1.2
"""Time the search over 20,000 documents beside the plain search of the database, in one run.

    python -m bench.search                                                    SQLite: our index and FTS5
    python tools/with_postgres.py python -m bench.search                      the same on PostgreSQL: our index and a GIN index over to_tsvector('german')

Documents are put together of the words of German compounds with a frequency like that of real texts. Timed is what happens inside the index:
the query's words in, the numbers of the best twenty out; then also with titles, marks and excerpts, as the page shows them.
"""

import gc
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

DOCUMENTS, WORDS_EACH, QUERIES, WARM_UP, HITS = 20_000, 40, 400, 20, 20
SEED = 3


def vocabulary(chance: random.Random) -> list[str]:
    """Give words by falling frequency: every third one a compound."""
    from asskomm.core.search.analysis.lists import parts

    simple = sorted(part for part in parts() if len(part) > 3)
    chance.shuffle(simple)
    return [word if number % 3 else word + chance.choice(simple) for number, word in enumerate(simple)]


def texts(chance: random.Random, words: Sequence[str]) -> list[tuple[str, str]]:
    """Give title and text of every document; a word is the rarer the later it stands, as in any language."""
    frequency = [1 / (rank + 5) for rank in range(len(words))]
    picked = chance.choices(words, frequency, k=DOCUMENTS * WORDS_EACH)
    rows = [picked[begin : begin + WORDS_EACH] for begin in range(0, len(picked), WORDS_EACH)]
    return [(" ".join(row[:4]).title(), " ".join(row[4:]).title()) for row in rows]


def queries(chance: random.Random, words: Sequence[str]) -> list[str]:
    """Give queries of one to three words, one at least a compound; frequent and rare ones."""
    compounds = words[::3]
    return [" ".join([chance.choice(compounds), *chance.choices(words, k=chance.randrange(3))]) for _number in range(QUERIES)]


def milliseconds(run: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Time each query once, after some that warm up."""
    for query in asked[:WARM_UP]:
        run(query)
    times = []
    for query in asked:
        begin = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - begin) * 1e3)
    return sorted(times)


def described(times: Sequence[float]) -> str:
    """Write median and 95th percentile."""
    return f"median {statistics.median(times):7.2f} ms, p95 {times[int(len(times) * 0.95)]:7.2f} ms"


def our_index(query: str) -> list[int]:
    """Read the query, rank, give the numbers of the best."""
    from asskomm.core.search.domain.queries.ranking import rank
    from asskomm.core.search.domain.queries.snapshot import snapshot
    from asskomm.core.search.domain.queries.wanted import clauses
    from asskomm.core.visibility import ANYONE

    index = snapshot()
    return [int(index.numbers[position]) for position in rank(index, clauses(query), index.seen_by(ANYONE)).positions[:HITS]]


def our_page(query: str) -> object:
    """Do all that the page needs."""
    from asskomm.core.search.domain.queries.search import search
    from asskomm.core.visibility import ANYONE

    return search(query, ANYONE)


def cold(run: Callable[[str], object]) -> Callable[[str], object]:
    """Forget the postings before each query, as after a change of the index."""

    def forgetful(query: str) -> object:
        from asskomm.core.search.domain.queries import snapshot

        snapshot._current = None  # noqa: SLF001 -- what a change of the index does
        return run(query)

    return forgetful


def plain_search(documents: Sequence[tuple[str, str]]) -> Callable[[str], object]:
    """Make the database's own index, and give what asks it."""
    from django.db import connection

    cursor = connection.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("CREATE VIRTUAL TABLE plain USING fts5(title, text)")
        cursor.executemany("INSERT INTO plain (title, text) VALUES (%s, %s)", documents)
        statement = "SELECT rowid FROM plain WHERE plain MATCH %s ORDER BY bm25(plain, 3, 1) LIMIT %s"
    else:
        cursor.execute("CREATE TABLE plain (id serial PRIMARY KEY, title text, text text, words tsvector)")
        cursor.executemany("INSERT INTO plain (title, text) VALUES (%s, %s)", documents)
        cursor.execute("UPDATE plain SET words = setweight(to_tsvector('german', title), 'A') || to_tsvector('german', text)")
        cursor.execute("CREATE INDEX plain_words ON plain USING gin (words)")
        cursor.execute("ANALYZE plain")
        statement = "SELECT id FROM plain, websearch_to_tsquery('german', %s) asked WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT %s"

    def ask(query: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement, [query, HITS])
            return cursor.fetchall()

    return ask


def misspelt(query: str) -> str:
    """Leave out a letter in the middle of the first word."""
    first, *rest = query.split()
    return " ".join([first[: len(first) // 2] + first[len(first) // 2 + 1 :], *rest])


def fill(documents: Sequence[tuple[str, str]]) -> None:
    """Index the documents alone, and time it."""
    from django.core.management import call_command
    from django.db import connection

    from asskomm.core.search import SEARCH_SOURCES, Document, Source
    from asskomm.core.search.domain.index import rebuild, reindex

    call_command("migrate", verbosity=0, interactive=False)
    for key in list(SEARCH_SOURCES.keys()):
        SEARCH_SOURCES.remove(key)
    rows = {f"d{number}": Document(f"d{number}", title, text, f"/{number}/") for number, (title, text) in enumerate(documents)}
    SEARCH_SOURCES.register("bench", Source("Bench", lambda keys: [rows[key] for key in (rows if keys is None else keys)]))
    begin = time.perf_counter()
    rebuild()
    print(f"{len(rows):,} documents indexed in {time.perf_counter() - begin:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    some = iter(rows)
    print(f"one document anew: {described(milliseconds(lambda _query: reindex('bench', [next(some)]), ['x'] * 100))}")


def main() -> None:
    """Print both sides."""
    with tempfile.TemporaryDirectory(prefix="asskomm-bench-") as folder:
        os.environ["ASSKOMM_DATA"] = str(Path(folder, "data"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "asskomm.config.settings"
        import django

        django.setup()
        run()


def run() -> None:
    """Fill both indexes, ask both the same."""
    from django.db import connection

    from asskomm.core.search.domain.queries.snapshot import snapshot

    chance = random.Random(SEED)
    words = vocabulary(chance)
    documents = texts(chance, words)
    fill(documents)
    asked = queries(chance, words)
    gc.collect()
    gc.freeze()  # as the server does: what was loaded at the start is not walked through again
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    first, ours = milliseconds(our_index, asked), milliseconds(our_index, asked)
    remembered = snapshot()._bytes / 1024**2  # noqa: SLF001 -- measured here
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{connection.vendor}: remembered postings {remembered:.1f} MB, process grew by {grown:.0f} MB")
    plain = milliseconds(plain_search(documents), asked)
    rows = {
        "ours, words asked for the first time": first,
        "ours, words remembered": ours,
        "plain search of the database": plain,
        "ours, with titles, marks, excerpts": milliseconds(our_page, asked),
        "ours, misspelt word": milliseconds(our_index, [misspelt(query) for query in asked]),
        "ours, after a change of the index": milliseconds(cold(our_index), asked[:100]),
    }
    for name, times in rows.items():
        print(f"{name:38} {described(times)}, {statistics.median(times) / statistics.median(plain):5.2f} times the plain search")


if __name__ == "__main__":
    main()

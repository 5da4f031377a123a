# SPDX-License-Identifier: EUPL-1.2
"""Preparing brings a folder to this version, and what follows from it."""

import pytest
from django.db import connection

from asskomm.alliance.models import EventKind, StatusInterval
from asskomm.config import soundness
from asskomm.config.prepare import load_shipped, shipped_digest
from asskomm.config.soundness import Finding
from tests.making import GOERLITZ, event

pytestmark = pytest.mark.django_db


def _intervals() -> list[tuple[object, ...]]:
    return list(StatusInterval.objects.order_by("pk").values_list("municipality", "layer"))


def test_a_kind_that_changed_what_it_does_lets_everything_be_counted_anew() -> None:
    event("consultation", "2020-01-01", GOERLITZ)
    before = sorted(map(str, _intervals()))
    assert before != []
    StatusInterval.objects.all().delete()
    load_shipped()
    assert _intervals() == []
    EventKind.objects.filter(key="consultation").update(begins=[])
    load_shipped()
    assert sorted(map(str, _intervals())) == before


def test_the_digest_is_that_of_the_shipped_tables() -> None:
    assert shipped_digest() == shipped_digest()
    assert len(shipped_digest()) == 64


@pytest.mark.parametrize(
    ("fixed", "text"),
    [
        ((99, 0, 0), "Hinweis: SQLite {version} ist älter als 3.51.3; nach einem Stromausfall kann der letzte Eintrag fehlen."),
        ((3, 0, 0), "Die Version der Datenbank ist aktuell."),
    ],
)
def test_an_old_database_engine_is_noted_where_it_is_used(monkeypatch: pytest.MonkeyPatch, fixed: tuple[int, int, int], text: str) -> None:
    import sqlite3

    monkeypatch.setattr(soundness, "FIXED_SQLITE", fixed)
    expected = text.format(version=sqlite3.sqlite_version) if connection.vendor == "sqlite" else "Die Version der Datenbank ist aktuell."
    assert soundness._engine() == Finding("sqlite", ok=True, text=expected)


def test_the_database_of_these_tests_is_sound() -> None:
    expected = "Die Datenbank ist unversehrt." if connection.vendor == "sqlite" else "PostgreSQL antwortet."
    assert soundness._integrity() == Finding("integrity", ok=True, text=expected)

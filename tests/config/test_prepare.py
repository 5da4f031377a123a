# SPDX-License-Identifier: EUPL-1.2
"""Preparing brings a folder to this version, and what follows from it."""

import pytest

from asskomm.alliance.models import EventKind, StatusInterval
from asskomm.config.prepare import load_shipped, shipped_digest
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

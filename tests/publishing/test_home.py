# SPDX-License-Identifier: EUPL-1.2
"""The public's first page says what comes next."""

import datetime as dt

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.gatherings import call_off
from tests.events.making import BEFORE, BEGINS, gathering
from tests.reading import headings, links

pytestmark = pytest.mark.django_db


def test_it_shows_the_next_three_that_take_place_and_that_the_public_may_see(client: Client) -> None:
    with clock.moved_to(BEFORE):
        assert "Nächste Veranstaltungen" not in headings(client.get("/"), 2)
        days = [BEGINS + dt.timedelta(days=days) for days in (4, 1, 3, 2, 0)]
        made = [gathering(5, title=f"Treffen {n}", starts_at=day, ends_at=day + dt.timedelta(hours=1)) for n, day in enumerate(days)]
        gathering(5, title="Unter uns", visibility="alliance")
        call_off(made[4], by=SYSTEM)
        page = client.get("/")
        shown = [link for link in links(page) if link.startswith("/veranstaltungen/") and link != "/veranstaltungen/"]
    assert "Nächste Veranstaltungen" in headings(page, 2)
    assert shown == [made[n].get_absolute_url() for n in (1, 3, 2)]

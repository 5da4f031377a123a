# SPDX-License-Identifier: EUPL-1.2
"""What an organisation invited to, was let see and asks a day for is that of the other once the two are one."""

import datetime as dt

import pytest

from asskomm.core.clock import BERLIN, clock
from asskomm.core.merging.domain.merging import merge, part
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.gatherings import Room, draft_gathering
from asskomm.events.models import DatePoll, Gathering, GatheringShare
from asskomm.people.models import Organisation
from tests.events.making import BEFORE, facts
from tests.making import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def test_gatherings_partners_and_polls_move_along_and_back() -> None:
    first, second = (Organisation.objects.create(kind="association", name=name) for name in ("Sicheres Görlitz e. V.", "Verein Sicheres Görlitz"))
    _account, reader = member("coach", first.name)
    draft = draft_gathering(facts(), Room(10), owner=second, by=SYSTEM)
    shared = draft_gathering(facts(title="Runder Tisch", visibility="partners"), Room(10), owner=second, by=SYSTEM)
    both = [GatheringShare.objects.create(gathering=shared, organisation=one) for one in (first, second)]
    DatePoll.objects.create(owner=second, title="Wann?", place="Görlitz", asked_at=dt.datetime(2027, 5, 3, tzinfo=BERLIN))

    def seen() -> tuple[int, int]:
        return Gathering.objects.visible_to(reader).filter(pk=draft.pk).count(), DatePoll.objects.filter(owner=first).count()

    assert seen() == (0, 0)
    done = merge("organisations", kept=first.pk, gone=second.pk, by=SYSTEM)
    assert seen() == (1, 1)
    assert list(GatheringShare.objects.values_list("organisation", flat=True)) == [first.pk]
    assert first.name in IndexedDocument.objects.get(source="gatherings", key=draft.reference).text
    part(done, by=SYSTEM)
    assert seen() == (0, 0)
    assert set(GatheringShare.objects.values_list("pk", "organisation")) == {(share.pk, share.organisation_id) for share in both}

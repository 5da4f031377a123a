# SPDX-License-Identifier: EUPL-1.2
"""Rules delete at night, each once, with a line in the protocol; and everybody may read them."""

from collections.abc import Iterator

import pytest
from django.test import Client

from asskomm.core.jobs import Runner
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.models import Job
from asskomm.core.retention import DELETION_RULES, DeletionRule
from asskomm.core.retention.models import Deletion
from asskomm.core.visibility import SYSTEM
from tests.making import work_off
from tests.reading import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """Three rules: one with nothing to do, one that fails at first, one that deletes two."""
    called: list[str] = []

    def rule(key: str, *answers: int) -> DeletionRule:
        waiting = list(answers)

        def delete(_run: Runner) -> int:
            called.append(key)
            if (answer := waiting.pop(0)) < 0:
                raise RuntimeError(key)
            return answer

        return DeletionRule(f"test-{key}", f"Sache {key}", "ein Jahr", "weil es so ist", delete)

    rules = [rule("a", 0), rule("b", -1, 3), rule("c", 2)]
    for number, one in enumerate(rules):
        DELETION_RULES.register(one.key, one, order=900 + number)
    yield called
    for one in rules:
        DELETION_RULES.remove(one.key)


def test_a_rule_that_fails_is_tried_again_and_the_others_are_not(calls: list[str]) -> None:
    job = orders.order("retention.delete", by=SYSTEM)
    work_off()
    assert (calls, Deletion.objects.count()) == (["a", "b"], 0)
    Job.objects.filter(pk=job.pk).update(not_before=job.created_at)
    work_off()
    assert calls == ["a", "b", "b", "c"]
    assert list(Deletion.objects.order_by("pk").values_list("rule", "count")) == [("test-b", 3), ("test-c", 2)]


def test_everybody_reads_what_goes_when(client: Client, calls: list[str]) -> None:
    Deletion.objects.create(rule="test-c", at="2026-01-05T03:30:00Z", count=1200)
    text = said(client.get("/loeschfristen/").content.decode())
    assert "Sache a ein Jahr weil es so ist noch nichts" in text
    assert "Sache c ein Jahr weil es so ist 05.01.2026: 1.200" in text
    assert calls == []


def test_the_page_costs_the_same_however_long_the_protocol(client: Client, django_assert_num_queries: object) -> None:
    for count in (1, 2, 3):
        Deletion.objects.create(rule="jobs", at="2026-01-05T03:30:00Z", count=count)
    client.get("/loeschfristen/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/loeschfristen/")

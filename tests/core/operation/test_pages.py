# SPDX-License-Identifier: EUPL-1.2
"""Who sees how the installation stands, and what monitoring gets."""

import re
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from asskomm.core.jobs.domain import orders
from asskomm.core.operation import MEASURES, Measure, Reading
from asskomm.core.operation.examination import examine
from asskomm.core.operation.exposition import exposition
from asskomm.core.visibility import SYSTEM, Principal
from tests.making import FRANKENBERG, GOERLITZ, event

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
LINE = re.compile(r'asskomm_[a-z_]+({[a-z]+="[^"]*"(,[a-z]+="[^"]*")*})? -?[0-9.e+-]+')


def test_an_administrator_sees_the_same_list_as_the_command(client: Client, sign_in: SignIn) -> None:
    sign_in("administrator")
    for address, thorough in (("/betrieb/", False), ("/betrieb/?alles=ja", True)):
        text = client.get(address).content.decode()
        names = re.findall(r'<th scope="row">(.*?)</th>', text)
        assert sorted(names) == sorted(one.name for one in examine(thorough=thorough))
    assert '<a href="/betrieb/"' in client.get("/").content.decode()


@pytest.mark.parametrize(("role", "organisation"), [("coordinator", FRANKENBERG), ("state_council", "Landespräventionsrat Sachsen")])
def test_others_do_not(client: Client, sign_in: SignIn, role: str, organisation: str) -> None:
    sign_in(role, organisation)
    assert client.get("/betrieb/").status_code == 403
    assert "/betrieb/" not in client.get("/").content.decode()


def test_numbers_are_for_whoever_knows_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "geheim"
    assert [client.get("/metrics", headers=headers).status_code for headers in ({}, {"Authorization": "Bearer falsch"})] == [401, 401]
    response = client.get("/metrics", headers={"Authorization": "Bearer geheim"})
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")


def test_every_line_is_in_the_format_and_every_measure_is_explained() -> None:
    lines = exposition().splitlines()
    numbers = [line for line in lines if not line.startswith("#")]
    assert [line for line in numbers if not LINE.fullmatch(line)] == []
    assert [line.split()[2] for line in lines if line.startswith("# TYPE")] == [f"asskomm_{key}" for key in [*MEASURES.keys(), "unreadable_measures"]]


def test_the_numbers_are_those_of_the_database() -> None:
    event("consultation", "2020-01-01", GOERLITZ)
    orders.order("audit.seal", by=SYSTEM)
    lines = exposition().splitlines()
    assert {'asskomm_jobs{state="waiting"} 1', 'asskomm_rows{table="events"} 1', 'asskomm_mails{state="waiting"} 0', "asskomm_unreadable_measures 0"} <= set(
        lines
    )


def test_what_cannot_be_read_is_counted_and_quotes_are_escaped() -> None:
    def fail() -> list[Reading]:
        raise OperationalError

    MEASURES.register("toy", Measure("A toy.", lambda: [Reading(2, {"name": 'a"b\\c\nd'})]))
    MEASURES.register("broken", Measure("A broken one.", fail))
    try:
        lines = exposition().splitlines()
    finally:
        MEASURES.remove("toy")
        MEASURES.remove("broken")
    assert [line for line in lines if "toy{" in line or "asskomm_unreadable_measures 1" in line] == [
        'asskomm_toy{name="a\\"b\\\\c\\nd"} 2',
        "asskomm_unreadable_measures 1",
    ]


def test_where_to_report_a_weakness(client: Client, settings: Settings) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.CONTACT, settings.SITE_URL = "asskomm@stadt.example", "https://asskomm.stadt.example"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert [line for line in lines if not line.startswith("Expires: ")] == [
        "Contact: mailto:asskomm@stadt.example",
        "Preferred-Languages: de, en",
        "Canonical: https://asskomm.stadt.example/.well-known/security.txt",
    ]

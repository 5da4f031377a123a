# SPDX-License-Identifier: EUPL-1.2
"""Jobs on their pages: one's own, with progress, cancelled and tried again."""

from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.worker import Worker
from asskomm.core.jobs.models import Job
from asskomm.core.visibility import SYSTEM, Principal
from tests.reading import by_class, cells, headings

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


def test_one_sees_ones_own_jobs_and_nobody_elses(client: Client, sign_in: SignIn) -> None:
    mine = orders.order("greet", {"name": ""}, by=sign_in("coordinator", "14626110"), title="meine")
    other = orders.order("greet", {"name": ""}, by=SYSTEM, title="fremd")
    assert [row[0] for row in cells(client.get("/auftraege/"))[1:]] == ["Greet: meine"]
    assert [client.get(job.get_absolute_url()).status_code for job in (mine, other)] == [200, 404]
    assert client.post(f"/auftraege/{other.reference}/abbrechen/").status_code == 404
    sign_in("administrator")
    assert [row[0] for row in cells(client.get("/auftraege/"))[1:]] == ["Greet: fremd", "Greet: meine"]


def test_an_empty_list_says_where_jobs_come_from(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", "14626110")
    assert "Sie entstehen zum Beispiel, wenn Sie Daten einlesen." in client.get("/auftraege/").content.decode()
    client.logout()
    assert client.get("/auftraege/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_has_a_fixed_number_of_queries(client: Client, sign_in: SignIn, count: int, django_assert_num_queries: Callable[..., object]) -> None:
    principal = sign_in("coordinator", "14626110")
    for _number in range(count):
        orders.order("greet", {"name": ""}, by=principal)
    client.get("/auftraege/")
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        client.get("/auftraege/")


def test_while_it_runs_the_page_asks_again_and_says_how_far_it_is(client: Client, sign_in: SignIn) -> None:
    job = orders.order("count", {"to": 1}, by=sign_in("coordinator", "14626110"))
    Job.objects.filter(pk=job.pk).update(state="running", done=1, total=4)
    assert 'value="25"' in client.get(job.get_absolute_url()).content.decode()
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, 'hx-trigger="every 1s"' in part) == (False, True)
    Job.objects.filter(pk=job.pk).update(state="failed", fault="Die Datei ist weg.")
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert ("hx-trigger" in part, "Die Datei ist weg." in part) == (False, True)


def test_cancelling_and_trying_again(client: Client, sign_in: SignIn, worker: Worker) -> None:
    job = orders.order("greet", {"name": ""}, by=sign_in("coordinator", "14626110"))
    assert by_class(client.post(f"/auftraege/{job.reference}/abbrechen/", follow=True), "note") == ["Der Auftrag ist abgebrochen."]
    assert client.get(f"/auftraege/{job.reference}/abbrechen/").status_code == 405
    assert by_class(client.post(f"/auftraege/{job.reference}/noch-einmal/", follow=True), "note") == ["Der Auftrag läuft weiter, wo er aufgehört hat."]
    worker.work()
    assert (headings(page := client.get(job.get_absolute_url())), by_class(page, "badge")) == (["Greet"], ["fertig"])


def test_cancelling_a_running_job_says_when_it_ends(client: Client, sign_in: SignIn) -> None:
    job = orders.order("greet", {"name": ""}, by=sign_in("coordinator", "14626110"))
    Job.objects.filter(pk=job.pk).update(state="running")
    assert by_class(client.post(f"/auftraege/{job.reference}/abbrechen/", follow=True), "note") == ["Der Auftrag endet nach dem laufenden Schritt."]

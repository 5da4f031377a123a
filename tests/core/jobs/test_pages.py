# SPDX-License-Identifier: EUPL-1.2
"""Jobs on their pages: one's own, with progress, cancelled and tried again."""

import datetime as dt
import json
from argparse import Namespace
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.config.commands import jobs_command
from asskomm.core.clock import BERLIN
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.worker import Worker
from asskomm.core.jobs.models import Job, JobLine
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.tokens import issue_token
from asskomm.people.models import Account
from tests.reading import by_class, cells, headings, said

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


def test_what_a_job_said_and_what_came_of_it_stand_on_the_page_in_the_api_and_on_the_command_line(
    client: Client, sign_in: SignIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sign_in("coordinator", "14626110")
    job = orders.order("count", {"to": 1}, by=reader)
    Job.objects.filter(pk=job.pk).update(state="done", result={"counted": 1})
    for second, text in enumerate(("Eins.", "Fertig.")):
        JobLine.objects.create(job=job, at=dt.datetime(2026, 3, 1, 12, 0, second, tzinfo=BERLIN), text=text)
    assert "Protokoll 01.03.2026 12:00:00 Eins. 01.03.2026 12:00:01 Fertig." in said(client.get(job.get_absolute_url()).content.decode())
    secret = issue_token(Account.objects.get(), name="Programm", scopes=["read"], by=reader).secret
    answer = Client(headers={"authorization": f"Bearer {secret}"}).get(f"/api/jobs/{job.reference}").json()
    assert (answer["result"], [line["text"] for line in answer["log"]]) == ({"counted": 1}, ["Eins.", "Fertig."])
    for name in ("start_django", "require_prepared"):
        monkeypatch.setattr(jobs_command, name, lambda: None)
    options = Namespace(cancel=None, again=None, run=False, show=job.reference, json=False)
    assert jobs_command.run(options) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["01.03.2026 12:00:00  Eins.", "01.03.2026 12:00:01  Fertig.", '{"counted": 1}']
    options.json = True
    assert jobs_command.run(options) == 0
    assert [line["text"] for line in json.loads(capsys.readouterr().out)["log"]] == ["Eins.", "Fertig."]


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

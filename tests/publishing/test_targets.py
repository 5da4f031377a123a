# SPDX-License-Identifier: EUPL-1.2
"""What a figure is to reach: who sets it, who reads it, and how far it is."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.publishing.domain.targets import TargetError, drop_target, set_target
from asskomm.publishing.models import FigureTarget
from tests.making import FRANKENBERG, GOERLITZ, event, member
from tests.reading import headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
PATH = "/kennzahlen/agreements/"
SOON = clock.today() + dt.timedelta(days=400)


def shown(client: Client, path: str = PATH) -> str:
    return said(client.get(path).content.decode()).partition("Einzelnachweis")[0]


def test_members_read_how_much_is_missing_and_when_it_is_reached(client: Client, sign_in: SignIn) -> None:
    event("agreement_signed", "2021-05-01", GOERLITZ)
    set_target("agreements", SOON, Decimal(2), note="Beschluss", by=SYSTEM)
    assert "Ziele" not in headings(client.get(PATH), 2)
    sign_in("coordinator", GOERLITZ)
    assert f"2 bis {SOON:%d.%m.%Y} noch 1 Beschluss" in shown(client)
    history = f"/verlauf/targets/{FigureTarget.objects.get().pk}/"
    assert (history in links(client.get(PATH)), client.get(history).status_code) == (True, 200)
    event("agreement_signed", "2021-05-01", FRANKENBERG)
    assert f"2 bis {SOON:%d.%m.%Y} erreicht Beschluss" in shown(client)
    assert "Ziel eintragen" not in shown(client)


def test_money_keeps_its_unit(client: Client, sign_in: SignIn) -> None:
    year = clock.today().year
    event("budget_provided", f"{year}-01-01", measures=(("year", year),), amount="1000.50")
    set_target("grants_eur", SOON, Decimal("2500.75"), by=SYSTEM)
    sign_in("coordinator", GOERLITZ)
    assert f"2.500,75 € bis {SOON:%d.%m.%Y} noch 1.500,25 €" in shown(client, "/kennzahlen/grants_eur/")


def test_the_state_council_sets_puts_in_place_and_takes_back(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    for value in ("60", "70"):
        answer = client.post(f"{PATH}ziel/", {"value": value, "day": f"{SOON:%d.%m.%Y}", "note": ""})
        assert answer["Location"] == PATH
    target = FigureTarget.objects.get()
    assert (target.value, target.day) == (Decimal(70), SOON)
    FigureTarget.objects.filter(pk=target.pk).update(figure="of_a_version_before")
    assert client.get(f"/kennzahlen/ziele/{target.pk}/zuruecknehmen/").status_code == 200
    FigureTarget.objects.filter(pk=target.pk).update(figure=target.figure)
    assert client.post(f"/kennzahlen/ziele/{target.pk}/zuruecknehmen/")["Location"] == PATH
    assert not FigureTarget.objects.exists()


@pytest.mark.parametrize(
    ("value", "day", "errors"),
    [
        ("60", "01.01.2020", {"__all__": ["Der Tag muss in der Zukunft liegen."]}),
        ("-1", f"{SOON:%d.%m.%Y}", {"__all__": ["Das Ziel ist keine Zahl ab 0."]}),
        ("viel", f"{SOON:%d.%m.%Y}", {"value": ["Bitte eine Zahl eingeben."]}),
    ],
)
def test_what_cannot_be_is_refused(client: Client, sign_in: SignIn, value: str, day: str, errors: dict[str, list[str]]) -> None:
    sign_in("state_council")
    answer = client.post(f"{PATH}ziel/", {"value": value, "day": day})
    assert (answer.status_code, {k: list(v) for k, v in answer.context["form"].errors.items()}) == (422, errors)


def test_nobody_else_sets_or_takes_back(client: Client, sign_in: SignIn) -> None:
    target = set_target("agreements", SOON, Decimal(2), by=SYSTEM)
    mayor = sign_in("mayor", GOERLITZ)
    with pytest.raises(PermissionDenied):
        set_target("agreements", SOON, Decimal(3), by=mayor)
    with pytest.raises(PermissionDenied):
        drop_target(target, by=member("police", "Polizeidirektion Görlitz")[1])
    assert [client.get(f"{PATH}ziel/").status_code, client.post(f"/kennzahlen/ziele/{target.pk}/zuruecknehmen/").status_code] == [403, 403]
    assert FigureTarget.objects.get().value == Decimal(2)


def test_an_unknown_figure_has_no_target(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    assert client.get("/kennzahlen/gibt_es_nicht/ziel/").status_code == 404
    with pytest.raises(TargetError, match="Diese Kennzahl gibt es nicht"):
        set_target("gibt_es_nicht", SOON, Decimal(1), by=SYSTEM)

# SPDX-License-Identifier: EUPL-1.2
"""Every number is shown with its unit, in the reader's language."""

import pytest
from django.utils import translation

from asskomm.core.estimates import Basis, Estimate, Protects, Quality


@pytest.mark.parametrize(
    ("estimate", "shown"),
    [
        (Estimate(0), "0"),
        (Estimate(418), "418"),
        (Estimate(4038131, "persons"), "4.038.131"),
        (Estimate(1234.5), "1.234,5"),
        (Estimate(1100000, "EUR"), "1.100.000 €"),
        (Estimate(0, "EUR"), "0 €"),
        (Estimate(2023, "year"), "2023"),
        (Estimate(0.25, "share"), "25 %"),
        (Estimate(0, "share"), "0 %"),
        (Estimate(1, "share"), "100 %"),
        (Estimate(0.333, "share"), "33,3 %"),
        (Estimate(0.9996, "share"), "100 %"),
        (Estimate(None), "nicht bekannt"),
        (Estimate(None, "share"), "nicht bekannt"),
        (Estimate(7, quality=Quality.NOT_SHOWN), "nicht ausgewiesen"),
        (Estimate(None, quality=Quality.NOT_SHOWN), "nicht ausgewiesen"),
        (Estimate(7, quality=Quality.LIMITED), "7"),
    ],
)
def test_shown_in_german(estimate: Estimate, shown: str) -> None:
    assert str(estimate) == shown


def test_shown_in_english() -> None:
    with translation.override("en"):
        assert str(Estimate(1100000, "EUR")) == "1,100,000 €"
        assert str(Estimate(0.333, "share")) == "33.3 %"


def test_a_full_count_has_no_interval() -> None:
    with pytest.raises(ValueError, match=r"^a full count has no interval$"):
        Estimate(7, interval=(5, 9))
    assert Estimate(7, basis=Basis.ESTIMATED, interval=(5, 9)).interval == (5, 9)


def test_every_field_goes_along_over_the_api() -> None:
    estimate = Estimate(0.4, "share", Basis.ESTIMATED, 120, (0.3, 0.5), Quality.LIMITED, Protects.RESPONDENTS, ("Befragung 2024",))
    assert estimate.as_json() == {
        "value": 0.4,
        "unit": "share",
        "basis": "estimated",
        "base": 120,
        "interval": [0.3, 0.5],
        "quality": "limited",
        "protects": "respondents",
        "sources": ["Befragung 2024"],
    }


def test_what_is_not_shown_leaves_the_house_neither_as_value_nor_as_interval() -> None:
    hidden = Estimate(3, basis=Basis.MEASURED, base=3, interval=(2, 4), quality=Quality.NOT_SHOWN, protects=Protects.PERSONS).as_json()
    assert (hidden["value"], hidden["interval"], hidden["base"]) == (None, None, None)
    assert (hidden["quality"], hidden["protects"]) == ("not_shown", "persons")

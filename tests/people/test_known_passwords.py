# SPDX-License-Identifier: EUPL-1.2
"""A password that was stolen somewhere, or that anybody would try here first, is refused without asking anybody."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

OF_THE_PLACE = "Dieses Passwort besteht fast nur aus Wörtern, die man hier zuerst versucht. Nehmen Sie ein anderes."
STOLEN = "Dieses Passwort steht in Listen gestohlener Passwörter. Nehmen Sie ein anderes."


@pytest.mark.parametrize("password", ["000webhost4ever", "000WebHost4Ever"])
def test_a_stolen_one_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert refusal.value.messages == [STOLEN]


@pytest.mark.parametrize("password", ["ASSKomm-Sachsen-2026!", "Koordinatorin 2026", "Praeventionsrat-123", "Landespräventionsrat Sachsen", "Stadt Görlitz 1"])
def test_one_of_the_place_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert refusal.value.messages == [OF_THE_PLACE]


@pytest.mark.parametrize("password", ["Sachsen liegt am Regenschirm", "Regenschirm am Markt", "Kastanien im Oktober"])
def test_another_is_taken(password: str) -> None:
    validate_password(password)

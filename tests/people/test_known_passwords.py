# SPDX-License-Identifier: EUPL-1.2
"""A password that was stolen somewhere is refused, without asking anybody."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

STOLEN = "Dieses Passwort steht in Listen gestohlener Passwörter. Nehmen Sie ein anderes."


@pytest.mark.parametrize("password", ["000webhost4ever", "000WebHost4Ever"])
def test_a_stolen_one_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert refusal.value.messages == [STOLEN]


@pytest.mark.parametrize("password", ["Regenschirm am Markt", "Kastanien im Oktober"])
def test_another_is_taken(password: str) -> None:
    validate_password(password)

# SPDX-License-Identifier: EUPL-1.2
"""What codes are made of lies enciphered, survives a new key, and lets nobody in once the key is lost."""

import base64
import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity
from pytest_django import Settings

from asskomm.people.domain.second_factors import seal_second_factors_anew
from asskomm.people.models import Account
from tests.making import FRANKENBERG, member

pytestmark = pytest.mark.django_db
SECRET = base64.b32encode(bytes(range(20))).decode()


@pytest.fixture
def kim() -> Account:
    """Somebody with an app and recovery codes."""
    account, _principal = member("coordinator", FRANKENBERG)
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return account


def _code() -> str:
    return str(format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1])))


def _accepted(account: Account) -> bool:
    return bool(TOTP(Authenticator.objects.get(user=account, type="totp")).validate_code(_code()))


def _codes(account: Account) -> list[str]:
    return list(RecoveryCodes(Authenticator.objects.get(user=account, type="recovery_codes")).generate_codes())


def test_the_database_does_not_give_them_away(kim: Account) -> None:
    kept = [factor.data for factor in Authenticator.objects.filter(user=kim)]
    assert SECRET not in str(kept)
    assert [value[:5] for data in kept for name, value in data.items() if name in {"secret", "seed"}] == ["gAAAA", "gAAAA"]
    assert _accepted(kim)


def test_a_new_key_changes_nothing_for_anybody(kim: Account, settings: Settings) -> None:
    codes, former = _codes(kim), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "neu" * 20, [former]
    assert _codes(kim) == codes
    assert seal_second_factors_anew() == (2, 0)
    settings.SECRET_KEY_FALLBACKS = []
    assert (_codes(kim), _accepted(kim)) == (codes, True)


def test_with_a_lost_key_no_code_fits_and_nothing_breaks(kim: Account, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    codes = _codes(kim)
    settings.SECRET_KEY = "verloren" * 8
    with caplog.at_level(logging.ERROR, logger="asskomm.signing_in"):
        assert _accepted(kim) is False
        assert set(_codes(kim)).isdisjoint(codes)
    assert [record.getMessage() for record in caplog.records if record.name == "asskomm.signing_in"] == [
        "a second factor cannot be read with the secret of this installation; its owner has to set up a new one"
    ] * 2
    assert seal_second_factors_anew() == (0, 2)


def test_passkeys_sign_with_nothing_weaker_than_128_bits() -> None:
    offered = {key["alg"] for key in Fido2Server(PublicKeyCredentialRpEntity(id="localhost", name="ASSKomm")).allowed_algorithms}
    names = {CoseKey.for_alg(number).__name__ for number in offered}
    elliptic, lattices = {"ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448", "ESP256", "ESP384", "ESP512"}, {"MLDSA44", "MLDSA65", "MLDSA87"}
    assert names <= elliptic | lattices | {"RS256", "PS256"}
    assert "ES256" in names

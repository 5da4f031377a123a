# SPDX-License-Identifier: EUPL-1.2
"""Secrets that must be read again: closed by this installation, opened by former keys too, and by nobody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from asskomm.core.installation.sealed import SealError, seal, seal_anew, unseal


@given(st.text(max_size=200))
def test_what_is_closed_opens_again_and_shows_nothing(text: str) -> None:
    sealed = seal(text)
    assert unseal(sealed) == text
    assert sealed.isascii()
    assert seal(text) != sealed


def test_a_former_key_opens_until_it_is_closed_anew(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "alt" * 20, []
    sealed = seal("JBSWY3DP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "neu" * 20, ["alt" * 20]
    assert unseal(sealed) == "JBSWY3DP"
    anew = seal_anew(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(anew) == "JBSWY3DP"
    for step in (unseal, seal_anew):
        with pytest.raises(SealError):
            step(sealed)


@pytest.mark.parametrize("changed", ["", "JBSWY3DP", "gAAAAA", "ä"])
def test_what_is_none_of_ours_is_refused(changed: str) -> None:
    with pytest.raises(SealError):
        unseal(changed)

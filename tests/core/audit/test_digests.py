# SPDX-License-Identifier: EUPL-1.2
"""The tree against RFC 6962: its own definition, written down again, and the known roots over eight inputs."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.audit.digests import content_digest, leaf_of, link, merkle_root

# Inputs and roots that implementations of RFC 6962 test each other with.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """Split at the largest power of two below the length, as section 2.1 says."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def test_known_roots() -> None:
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(text)).hexdigest() for text in INPUTS]
    assert [merkle_root(leaves[:count]) for count in range(1, 9)] == ROOTS


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70))
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert merkle_root([leaf.hex() for leaf in leaves]) == by_definition(leaves).hex()


def test_a_leaf_does_not_depend_on_the_time_zone() -> None:
    at = dt.datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=dt.UTC)
    elsewhere = at.astimezone(dt.timezone(dt.timedelta(hours=1)))
    assert leaf_of(1, at, "created", "event") == leaf_of(1, elsewhere, "created", "event")
    assert link("", 1, at, "00") == link("", 1, elsewhere, "00")


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.lists(st.text(max_size=5), max_size=3), max_size=4), st.text(max_size=8))
def test_a_content_digest_depends_on_salt_values_and_audience_alone(values: dict[str, object], audience: str) -> None:
    salt = "ab" * 16
    first = content_digest(salt, values, audience)
    assert first == content_digest(salt, dict(reversed(values.items())), audience)
    changed = values | {"neu ": "x"}
    others = [content_digest("cd" * 16, values, audience), content_digest(salt, values, f"{audience} x"), content_digest(salt, changed, audience)]
    assert len({first, *others}) == 4

# SPDX-License-Identifier: EUPL-1.2
"""The address of a database names one server or several; several go to PostgreSQL's own library as they are."""

import pytest

from asskomm.config.database_address import read_address


@pytest.mark.parametrize(
    ("servers", "host", "port"),
    [
        ("db.intern", "db.intern", ""),
        ("db.intern:5433", "db.intern", 5433),
        ("db1,db2", "db1,db2", "5432,5432"),
        ("db1:5433,db2,10.0.0.3:5434", "db1,db2,10.0.0.3", "5433,5432,5434"),
        ("[::1]:5433,[fe80::2]", "::1,fe80::2", "5433,5432"),
    ],
)
def test_servers(servers: str, host: str, port: str | int) -> None:
    read = read_address(f"postgresql://asskomm:wort@{servers}/akten?target_session_attrs=read-write")
    assert {name: read[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS")} == {
        "HOST": host,
        "PORT": port,
        "USER": "asskomm",
        "PASSWORD": "wort",
        "NAME": "akten",
        "OPTIONS": {"target_session_attrs": "read-write"},
    }


@pytest.mark.parametrize("address", ["postgresql://a:b@db1:x,db2/akten", "postgresql://a:b@db1:1:2,db2/akten", "db1,db2"])
def test_no_address(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_address(address)

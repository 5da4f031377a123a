# SPDX-License-Identifier: EUPL-1.2
"""Read the address of a PostgreSQL database, which may name several servers: `postgresql://user:word@db1:5432,db2:5433/name`."""

import re
from typing import Any

import dj_database_url

# After the last @ and before the path; IPv6 stands in brackets.
_SERVERS = re.compile(r"(?<=//)(?P<user>[^/?#]*@)?(?P<servers>[^/?#@]+)")
_SERVER = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(:(?P<port>\d+))?")
_KEPT_SECONDS = 60
_USUAL_PORT = "5432"


def read_address(address: str) -> dict[str, Any]:
    """Give Django's settings of a database.

    Several servers go to PostgreSQL's own library, which takes the first that answers as `target_session_attrs` wants.

    >>> read_address("postgresql://a:b@db1:5433,db2/asskomm?target_session_attrs=read-write")["PORT"]
    '5433,5432'

    Raises
    ------
        ValueError: it is no address.
    """
    found = _SERVERS.search(address)
    named = found["servers"].split(",") if found else []
    if not found or len(named) == 1:
        return _parse(address)
    servers = [server for each in named if (server := _SERVER.fullmatch(each))]
    if len(servers) < len(named):
        raise ValueError(address)
    settings = _parse(f"{address[: found.start('servers')]}several{address[found.end('servers') :]}")
    hosts, ports = [server["host"].strip("[]") for server in servers], [server["port"] or _USUAL_PORT for server in servers]
    return settings | {"HOST": ",".join(hosts), "PORT": ",".join(ports)}


def _parse(address: str) -> dict[str, Any]:
    return {**dj_database_url.parse(address, conn_max_age=_KEPT_SECONDS, conn_health_checks=True)}

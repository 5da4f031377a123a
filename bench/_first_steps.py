# SPDX-License-Identifier: EUPL-1.2
"""Run in a process of its own against a prepared installation: sign somebody in, order files to be taken over, and print session and markers."""

import datetime as dt
import json
import secrets
import sys
from pathlib import Path

ROWS = 60


def sign_in(role: str = "state_council", organisation: str = "Landespräventionsrat Sachsen", password: str = "") -> str:
    """Make a person with a function, and with a password where one is given; give the key of her session."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from asskomm.core.visibility import SYSTEM
    from asskomm.people.domain.accounts import appoint, find_organisation, set_password
    from asskomm.people.enums import FunctionRole

    body, begin = find_organisation(organisation), dt.date(2020, 1, 1)
    account = appoint(email=f"{role}@example.org", given_name="Kim", family_name="Muster", role=FunctionRole(role), organisation=body, start=begin, by=SYSTEM)
    if password:
        set_password(email=account.email, password=password, by=SYSTEM)
        account.refresh_from_db()  # a session is good for one password
    request = HttpRequest()
    request.session = SessionStore()
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    return str(request.session.session_key)


def order_file(folder: Path, number: int) -> list[str]:
    """Read a file of events, each on a day of its own, and order it to be taken over by whichever worker comes; give the markers of its events."""
    from asskomm.core.imports.domain import door, files
    from asskomm.core.jobs.domain.worker import carry_out
    from asskomm.core.visibility import SYSTEM

    markers = [f"m{secrets.token_hex(8)}" for _ in range(ROWS)]
    path = folder / f"{markers[0]}.csv"
    days = [dt.date(2010, 1, 1) + dt.timedelta(days=number * ROWS + row) for row in range(ROWS)]
    lines = [f"{day:%d.%m.%Y},Beratung,Frankenberg,{marker}" for day, marker in zip(days, markers, strict=True)]
    path.write_text("\n".join(["date,kind,municipality,detail", *lines]), encoding="utf-8")
    batch = door.receive(path.name, files.blocks_of(path), by=SYSTEM, importer="events")
    if batch.job is not None:
        carry_out(batch.job)
    batch.refresh_from_db()
    door.take_over(batch, by=SYSTEM)
    return markers


def main() -> None:
    """Do both; the arguments are a folder and how many files."""
    import django

    django.setup()
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    print(json.dumps({"session": sign_in(), "markers": [marker for number in range(count) for marker in order_file(folder, number)]}))


if __name__ == "__main__":
    main()

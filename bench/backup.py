# SPDX-License-Identifier: EUPL-1.2
"""Back up and restore a country of 11,000 municipalities with 220,000 events: seconds and megabytes.

Runs on SQLite, and on PostgreSQL too where the server's programs are installed; there the copy goes into a second database of the same server.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEGABYTE = 1024 * 1024


def timed(what: str, environment: dict[str, str], *arguments: str) -> None:
    """Run a command of the program and say how long it took, and how much memory it needed at most."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "asskomm", *arguments], env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{what} ended with {process.returncode}")
    print(f"  {what}: {time.perf_counter() - began:.1f} s, memory at most {usage.ru_maxrss / 1024:.0f} MB", flush=True)


def run(folder: Path) -> None:
    """Measure on one database."""
    address = os.environ.get("ASSKOMM_DATABASE_URL", "")
    plain = os.environ | {"DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}
    first = plain | {"ASSKOMM_DATA": str(folder / "first")}
    second = plain | {"ASSKOMM_DATA": str(folder / "second")} | ({"ASSKOMM_DATABASE_URL": _second(address)} if address else {})
    subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=first, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "bench._large"], env=first, check=True)
    file = folder / "whole.zip"
    timed("backup", first, "backup", str(file))
    print(f"  file: {file.stat().st_size / MEGABYTE:.1f} MB; database: {_size(address, folder) / MEGABYTE:.0f} MB")
    timed("restore", second, "restore", str(file))
    for environment in (first, second):
        subprocess.run([sys.executable, "-c", COUNT], env=environment, check=True)


COUNT = """
import django; django.setup()
from asskomm.alliance.models import Event
from asskomm.territory.models import Municipality
print(f"  {Municipality.objects.count()} municipalities, {Event.objects.count()} events")
"""


def _second(address: str) -> str:
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE second")
    return f"{address.rpartition('/')[0]}/second"


def _size(address: str, folder: Path) -> int:
    if not address:
        return (folder / "first/asskomm.sqlite3").stat().st_size
    import psycopg

    with psycopg.connect(address) as database:
        row = database.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def main() -> None:
    """Measure here; then the same on PostgreSQL."""
    print("PostgreSQL" if os.environ.get("ASSKOMM_DATABASE_URL") else "SQLite")
    with tempfile.TemporaryDirectory() as temporary:
        run(Path(temporary))
    if not os.environ.get("ASSKOMM_DATABASE_URL") and (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        subprocess.run([sys.executable, "tools/with_postgres.py", sys.executable, "-m", "bench.backup"], check=True)


if __name__ == "__main__":
    main()

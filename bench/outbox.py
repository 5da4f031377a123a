# SPDX-License-Identifier: EUPL-1.2
"""Send 5,000 mails that wait to a mail server on this machine (aiosmtpd): how many a second, and whether each arrives exactly once.

Runs on SQLite, and on PostgreSQL too where the server's programs are installed; there also with two workers at once.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench._fetched import fetch

MAILS = 5_000
WRITE = "import sys; from bench.outbox import write; write(int(sys.argv[1]))"
WAITING = "from bench.outbox import waiting; print(waiting())"


def write(count: int) -> None:
    """Write that many mails, each to somebody else, as the verbs do."""
    import django

    django.setup()
    from asskomm.core.mail.domain.writing import send

    began = time.perf_counter()
    for number in range(count):
        send("probe", to=f"person{number}@gemeinde.example")
    print(f"  {count} written in {time.perf_counter() - began:.1f} s")


def waiting() -> int:
    """Give how many are not sent."""
    import django

    django.setup()
    from asskomm.core.mail.models import Mail

    return Mail.objects.exclude(state="sent").count()


def run(folder: Path, packages: Path, workers: int) -> None:
    """Measure on one database with so many workers."""
    taken = folder / "taken"
    environment = {name: value for name, value in os.environ.items() if name != "ASSKOMM_DATA"} | {"ASSKOMM_DATA": str(folder / "data")}
    mailbox = [sys.executable, "-m", "bench._mailbox", str(taken)]
    server = subprocess.Popen(mailbox, env=environment | {"PYTHONPATH": f"{packages}:."}, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None  # noqa: S101 -- for the types
        settings = {"ASSKOMM_MAIL_HOST": "127.0.0.1", "ASSKOMM_MAIL_PORT": server.stdout.readline().strip(), "ASSKOMM_MAIL_TLS": "none"}
        _send(environment | settings | {"DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}, workers)
    finally:
        server.terminate()
        server.wait(20)
    arrived = Counter(taken.read_text("ascii").split("\n")[:-1])
    once = sum(count == 1 for count in arrived.values())
    print(f"  {len(arrived)} of {MAILS} arrived, {once} of them exactly once")


def _send(environment: dict[str, str], workers: int) -> None:
    prepare = [sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"]
    subprocess.run(prepare, check=True, env=environment, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-c", WRITE, str(MAILS)], check=True, env=environment)
    order = "import django; django.setup(); from asskomm.core.jobs.domain import orders; from asskomm.core.visibility import SYSTEM; "
    order += f"[orders.order('mail.send', by=SYSTEM) for _ in range({workers})]"
    subprocess.run([sys.executable, "-c", order], check=True, env=environment)
    began = time.perf_counter()
    processes = [subprocess.Popen([sys.executable, "-m", "asskomm", "jobs", "--run"], env=environment, stdout=subprocess.DEVNULL) for _ in range(workers)]
    for process in processes:
        process.wait()
    seconds = time.perf_counter() - began
    left = subprocess.run([sys.executable, "-c", WAITING], check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout.strip()
    print(f"  {workers} worker(s): {seconds:.1f} s with their start, {MAILS / seconds:.0f} mails a second, {left} not sent")


def main() -> None:
    """Measure here; then the same on PostgreSQL."""
    on_server = bool(os.environ.get("ASSKOMM_DATABASE_URL"))
    workers = int(os.environ.get("BENCH_WORKERS", "1"))
    print("PostgreSQL" if on_server else "SQLite")
    with tempfile.TemporaryDirectory() as temporary:
        run(Path(temporary), fetch(Path(temporary) / "packages", "aiosmtpd"), workers)
    if not on_server and (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        for count in ("1", "2"):
            command = [sys.executable, "tools/with_postgres.py", sys.executable, "-m", "bench.outbox"]
            subprocess.run(command, check=True, env=os.environ | {"BENCH_WORKERS": count})


if __name__ == "__main__":
    main()

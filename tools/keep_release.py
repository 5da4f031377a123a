# SPDX-License-Identifier: EUPL-1.2
"""Keep a data folder of the present state, which the tests upgrade from then on: a backup, and beside it its figures and the sums of its files.

    python tools/keep_release.py NAME

Writes tests/fixtures/releases/NAME.zip and NAME.json. The folder is the example alliance with its mails, stands and pictures, a file that was taken
over and one that waits, jobs that ran, a token, a calendar, an app for codes, somebody who unsubscribed, a contact that is planned, and a sealed history.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "fixtures" / "releases"
DAY = "2023-09-14"


def main(name: str) -> None:
    """Make the folder, fill it, and keep it."""
    kept = FOLDER / f"{name}.zip"
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        _run(data, "up", "--prepare-only")
        sample = Path(place) / "ereignisse.csv"
        _run(data, "import", "events", str(sample), "--sample")
        _run(data, "import", "events", str(sample), "--commit")
        _run_module(data, "tools.keep_release", "--fill", str(sample))
        _run(data, "jobs", "--run")
        _run(data, "backup", str(kept))
        figures = json.loads(_run(data, "figures", "--json", "--on", DAY))
    with ZipFile(kept) as archive:
        members = json.loads(archive.read("manifest.json"))["members"]
    files = {path.removeprefix("files/"): digest for path, digest in members.items() if path.startswith("files/")}
    kept.with_suffix(".json").write_text(json.dumps({"figures": figures, "files": files}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def fill(sample: Path) -> None:
    """Add by verbs what the example has not; in a process of its own, over the data folder."""
    import django

    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from asskomm.alliance.domain.contacts import ContactPlan, plan_contact
    from asskomm.core.audit.domain.sealing import seal
    from asskomm.core.clock import clock
    from asskomm.core.imports.domain.door import receive
    from asskomm.core.mail.domain.unsubscribing import unsubscribe
    from asskomm.core.mail.models import Address
    from asskomm.people.domain.calendar_feeds import open_feed
    from asskomm.people.domain.queries.principals import principal_of
    from asskomm.people.domain.tokens import issue_token
    from asskomm.people.models import Account
    from asskomm.territory.models import Municipality

    council = Account.objects.get(email="state-council@beispiel.example")
    by, today = principal_of(council, clock.today()), clock.today()
    receive("wartet.csv", [sample.read_bytes()], by=by, importer="events")
    issue_token(council, name="Auswertung", scopes=["read"], by=by)
    open_feed(council, by=by)
    TOTP.activate(council, generate_totp_secret())
    plan_contact(Municipality.objects.get(ags="14626110"), ContactPlan(today + dt.timedelta(days=14), "Erstes Gespräch"), by=by)
    unsubscribe(Address.objects.order_by("pk")[0], "review_asked")
    seal()


def _run(data: Path, *arguments: str) -> str:
    return _run_module(data, "asskomm", arguments[0], "--data", str(data), *arguments[1:])


def _run_module(data: Path, *command: str) -> str:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("ASSKOMM_", "DJANGO_"))}
    env = around | {"ASSKOMM_DATA": str(data), "DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}
    return subprocess.run([sys.executable, "-m", *command], check=True, stdout=subprocess.PIPE, text=True, env=env, cwd=ROOT).stdout


if __name__ == "__main__":
    fill(Path(sys.argv[2])) if sys.argv[1] == "--fill" else main(sys.argv[1])

# SPDX-License-Identifier: EUPL-1.2
"""The commands that send a mail for trying out, and take back what did not arrive."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.core.mail.mail_server import mail_server
from tests.core.mail.reports import REPORT
from tests.processes import plain_environment


def _run(data: Path, *arguments: str, stdin: bytes = b"", settings: Mapping[str, str] | None = None) -> tuple[int, str]:
    command = [sys.executable, "-m", "asskomm", "--data", str(data), *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False, env={**plain_environment(), **(settings or {})})
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail") / "data"
    assert _run(folder, "up", "--no-example", "--prepare-only")[0] == 0
    return folder


def test_a_mail_goes_out_comes_back_and_no_other_follows(folder: Path, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("", encoding="utf-8")
    with mail_server() as server:
        sending = {
            "ASSKOMM_MAIL_HOST": "127.0.0.1",
            "ASSKOMM_MAIL_PORT": str(server.port),
            "ASSKOMM_MAIL_TLS": "none",
            "ASSKOMM_MAIL_FROM": "asskomm@lpr.example",
            "ASSKOMM_MAIL_BOUNCE": "bounce@lpr.example",
            "ASSKOMM_MAIL_PASSWORD_FILE": str(password),
        }
        assert _run(folder, "mail", "kim@stadt.example", settings=sending) == (0, "kim@stadt.example: verschickt\n")
        report = REPORT.format(to=server.taken[0].sender, status="5.1.1", action="failed").encode()
        said = "Die Nachricht kam zurück (5.1.1); an die Adresse wird nicht mehr geschrieben.\n"
        assert _run(folder, "bounce", stdin=report) == (0, said)
        again = _run(folder, "mail", "kim@stadt.example", settings=sending)
        assert again == (1, "kim@stadt.example: nicht verschickt (An diese Adresse ist nichts zustellbar.)\n")
    assert server.recipients == ["kim@stadt.example"]


def test_what_is_wrong_is_one_sentence(folder: Path) -> None:
    assert _run(folder, "mail", "kim") == (2, "asskomm: Es ist kein Mailserver eingestellt (ASSKOMM_MAIL_HOST).\n")
    assert _run(folder, "mail", "kim", settings={"ASSKOMM_MAIL_HOST": "127.0.0.1"}) == (2, "asskomm: „kim“ ist keine E-Mail-Adresse.\n")
    assert _run(folder, "bounce", stdin=b"\xff\x00") == (2, "asskomm: In den Empfängern der Meldung steht keine unserer Rückadressen.\n")
    tls = "asskomm: Die Einstellung ASSKOMM_MAIL_TLS muss „starttls“ oder „tls“ oder „none“ sein, nicht „ssl“.\n"
    assert _run(folder, "mail", "kim", settings={"ASSKOMM_MAIL_TLS": "ssl"}) == (2, tls)

# SPDX-License-Identifier: EUPL-1.2
"""The services of the release say nothing that systemd does not know, call commands that there are, and go with the proxies beside them."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from asskomm.config import options
from asskomm.config.cli import COMMANDS, build_parser
from tests.conftest import unavailable

RELEASE = Path(__file__).resolve().parents[2] / "release"
PROGRAM = "/opt/asskomm/current/bin/asskomm"
SERVICES = sorted(RELEASE.glob("*.service"))
UNITS = [*SERVICES, *sorted(RELEASE.glob("*.timer"))]
SHUT_OFF = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "CapabilityBoundingSet": "", "UMask": "0077", "User": "asskomm"}


def _unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#", ";"))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(path.read_text("utf-8"))
    return parser


def _started(path: Path) -> list[str]:
    program, *arguments = shlex.split(_unit(path)["Service"]["ExecStart"])
    assert program == PROGRAM
    return arguments


def test_there_are_pages_jobs_and_a_backup_each_night() -> None:
    assert [path.name for path in UNITS] == ["asskomm-backup.service", "asskomm-web.service", "asskomm-worker.service", "asskomm-backup.timer"]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_calls_a_command_that_there_is_with_rights_as_narrow_as_the_others(path: Path) -> None:
    assert build_parser().parse_args(_started(path)).command in COMMANDS  # an unknown word ends the process
    service = _unit(path)["Service"]
    assert {key: service[key] for key in SHUT_OFF} == SHUT_OFF
    assert (service["EnvironmentFile"], service["WorkingDirectory"]) == ("/etc/asskomm/asskomm.env", "/var/lib/asskomm")
    assert re.search(rf"^{options.DATA.name}=/var/lib/asskomm/", (RELEASE / "asskomm.env").read_text("utf-8"), re.MULTILINE)


def test_the_timer_starts_the_backup_of_its_name_and_catches_up() -> None:
    timer = _unit(RELEASE / "asskomm-backup.timer")
    assert (timer["Timer"]["OnCalendar"], timer["Timer"]["Persistent"], timer["Install"]["WantedBy"]) == ("*-*-* 02:00", "true", "timers.target")
    backup = _unit(RELEASE / "asskomm-backup.service")["Service"]
    assert (backup["Type"], _started(RELEASE / "asskomm-backup.service")[-1]) == ("oneshot", backup["ReadWritePaths"])


@pytest.mark.parametrize("wrong", ["", "Unfug=ja"])
def test_systemd_understands_every_word(tmp_path: Path, wrong: str) -> None:
    if shutil.which("systemd-analyze") is None:
        unavailable("systemd-analyze is not installed; script/test installs it where it may")
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace(PROGRAM, "/usr/bin/env") + wrong, "utf-8")
    command = ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert bool(done.stderr) == bool(wrong)  # words that it does not know are no fault for it, only a warning


def test_both_proxies_ask_the_port_of_the_service_and_let_through_what_the_program_takes() -> None:
    port = _started(RELEASE / "asskomm-web.service")[-1]
    nginx, caddy = ((RELEASE / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile"))
    assert (f"server 127.0.0.1:{port} " in nginx, f"reverse_proxy 127.0.0.1:{port} {{" in caddy) == (True, True)
    limits = [int(found) for text in (nginx, caddy) for found in re.findall(r"(?:client_max_body_size|max_size) (\d+)", text)]
    assert [limit > int(options.UPLOAD_LIMIT_MB.default) for limit in limits] == [True, True]
    assert ("location = /metrics { return 404; }" in nginx, "respond /metrics 404" in caddy) == (True, True)


def test_the_caddyfile_opens_and_closes_its_blocks() -> None:
    depth = 0
    for line in (RELEASE / "Caddyfile").read_text("utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words and words[-1] == "{":
            depth += 1
        elif words == ["}"]:
            depth -= 1
        assert depth >= 0
        assert line.startswith("\t") or depth <= 1
    assert depth == 0

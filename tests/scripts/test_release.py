# SPDX-License-Identifier: EUPL-1.2
"""The archive of a release: it installs without internet, by whoever it is, and equal states give equal bytes."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import unavailable
from tests.processes import plain_environment
from tools.make_release import build_wheel, pins

ROOT = Path(__file__).resolve().parents[2]
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
EPOCH = "1760000000"
pytestmark = pytest.mark.once
NOBODY = 65534
ALONE = (
    "import fcntl, socket, struct, sys, os; s = socket.socket(); fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 1)); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Puts up the loopback of a new network, and goes on as the command behind it."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the archive, for this version of Python only."""
    out = tmp_path_factory.mktemp("release")
    env = plain_environment() | {"SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run([ROOT / "script/release", "--python", HERE, "--out", out], check=True, env=env, stdout=subprocess.DEVNULL)
    return out


@pytest.fixture(scope="module")
def unpacked(built: Path) -> Iterator[Path]:
    """The unpacked archive, in a folder that everybody reaches."""
    folder = Path(tempfile.mkdtemp(prefix="asskomm-release-"))
    folder.chmod(0o755)
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="tar")
    yield folder / archive.name.removesuffix(".tar.gz")
    shutil.rmtree(folder)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_state_gives_the_same_wheel(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    (wheel,) = built.glob("*.whl")
    assert _hash(build_wheel(tmp_path)) == _hash(wheel)


def test_the_wheel_carries_every_translation_ready_to_use(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    sources = {path.relative_to(ROOT / "src").with_suffix(".mo").as_posix() for path in (ROOT / "src/asskomm/locale").rglob("*.po")}
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if name.endswith(".mo")}
        assert carried == sources
        assert [archive.getinfo(name).file_size > 100_000 for name in sorted(carried)] == [True] * len(sources)


def test_every_file_of_the_archive_is_in_the_sums(unpacked: Path) -> None:
    named = {line.split("  ", 1)[1] for line in (unpacked / "SHA256SUMS").read_text().splitlines()}
    assert named == {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()} - {"SHA256SUMS"}


def test_the_bill_of_materials_names_every_package_with_its_licence(unpacked: Path) -> None:
    bill = json.loads((unpacked / "bom.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "1.6", "asskomm")
    python = [component for component in bill["components"] if component["purl"].startswith("pkg:pypi/")]
    wheels = [path.name.split("-")[:2] for path in sorted((unpacked / "wheels").iterdir()) if not path.name.startswith("asskomm-")]
    assert sorted([c["name"].replace("-", "_"), c["version"]] for c in python) == sorted([name.lower().replace(".", "_"), number] for name, number in wheels)
    assert [c["name"] for c in bill["components"] if c["licenses"][0]["license"]["name"] == "siehe Paket"] == []
    assert {c["name"] for c in bill["components"]} >= {"@kern-ux/native", "htmx.org"}
    refs = {c["bom-ref"] for c in [*bill["components"], bill["metadata"]["component"]]}
    assert [d for d in bill["dependencies"] if not {d["ref"], *d["dependsOn"]} <= refs] == []


def test_conditions_of_the_lock_are_judged_for_the_wanted_python(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1 ; python_full_version < '3.12' \\\n    --hash=sha256:x\na==2 ; python_full_version >= '3.12' \\\n    --hash=sha256:y\n")
    assert [list(pins(lock, python)) for python in ("3.11", "3.13")] == [["a==1 --hash=sha256:x"], ["a==2 --hash=sha256:y"]]


def test_every_setting_of_the_example_is_one() -> None:
    from asskomm.config.options import OPTIONS

    named = re.findall(r"^#?(ASSKOMM_\w+)=", (ROOT / "release/asskomm.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= {option.name for option in OPTIONS}


def test_a_damaged_file_is_noticed_before_anything_is_installed(unpacked: Path, tmp_path: Path) -> None:
    (wheel,) = (unpacked / "wheels").glob("rules-*.whl")
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:-1])
    try:
        done = subprocess.run([unpacked / "install.sh", tmp_path / "target"], capture_output=True, text=True, check=False, env=_environment(tmp_path))
    finally:
        wheel.write_bytes(whole)
    last = done.stderr.splitlines()[-1]
    assert (done.returncode, last) == (2, "install.sh: Eine Datei ist beschädigt. Laden Sie das Archiv noch einmal.")
    assert not (tmp_path / "target").exists()


def _environment(home: Path) -> dict[str, str]:
    base = Path(sys.base_prefix, "bin")
    return {"PATH": f"{base}:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(home), "LANG": "C.UTF-8"}


def _alone(command: list[str]) -> list[str]:
    """Give a command that runs as an ordinary user in a network of its own."""
    if os.geteuid() == 0:
        who = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        return ["unshare", "--net", sys.executable, "-c", ALONE, *who, *command]
    return ["unshare", "--map-root-user", "--net", sys.executable, "-c", ALONE, *command]


def test_it_installs_and_serves_without_internet_as_an_ordinary_user(unpacked: Path) -> None:
    if subprocess.run(_alone(["true"]), capture_output=True, check=False).returncode:
        unavailable("this machine allows no network of one's own (unshare)")
    home = Path(tempfile.mkdtemp(prefix="asskomm-home-"))
    program = shutil.copy(ROOT / "tests/scripts/without_network.py", unpacked.parent)
    try:
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
        python = Path(sys.base_prefix, "bin", f"python{HERE}")
        done = subprocess.run(
            _alone([str(python), str(program), str(unpacked), str(home)]), capture_output=True, text=True, check=False, env=_environment(home)
        )
    finally:
        shutil.rmtree(home)
    assert done.returncode == 0, done.stderr
    title = ["Sicher leben in Sachsens Städten und Gemeinden", "Living safely in Saxony's towns and municipalities"]
    assert json.loads(done.stdout) == {"network": False, "title": title, "faults": [], "check": 0, "up": 0, "bytecode": 1}

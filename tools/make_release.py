# SPDX-License-Identifier: EUPL-1.2
"""Build the wheel and the archive that installs without internet; called by script/release, which names the moment of the state.

Equal states give equal bytes: times come from SOURCE_DATE_EPOCH, names are sorted, nobody owns anything.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.markers import Marker, default_environment

from tools.bill_of_materials import bill, licences, wheels_in

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = (34, 28, 27, 24, 17, 12, 5)
"""Wheels for these versions of glibc (2.x) run on Debian 12, Ubuntu 22.04, RHEL 9 and what is newer."""


def build_wheel(target: Path) -> Path:
    """Build the program itself."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)], cwd=ROOT, check=True, stdout=sys.stderr)
    return next(target.glob("asskomm-*.whl"))


def pins(lock: Path, python: str) -> Iterator[str]:
    """Give the requirements of a lock that a version of Python needs, each with its hashes on one line and without a condition."""
    environment = {**default_environment(), "python_version": python, "python_full_version": f"{python}.0"}
    for line in lock.read_text(encoding="utf-8").replace(" \\\n", "").splitlines():
        named, _, hashes = line.partition(" --hash")
        requirement, _, condition = named.partition(" ; ")
        if not condition or Marker(condition).evaluate({name: str(value) for name, value in environment.items()}):
            yield f"{requirement.strip()} --hash{hashes}".replace("    ", " ")


def fetch(python: str, wheels: Path, pip: list[str]) -> None:
    """Fetch the wheels for a version of Python, each held to its hash."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join([*pins(ROOT / "requirements/base.txt", python), *pins(ROOT / "requirements/release.txt", python), ""]))
        file.flush()
        kinds = [f"--platform=manylinux_2_{minor}_{platform.machine()}" for minor in GLIBC]
        command = [*pip, "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", f"--python-version={python}", *kinds]
        subprocess.run([*command, "--dest", str(wheels), "--requirement", file.name], check=True, stdout=sys.stderr)


def fill(folder: Path, options: Namespace) -> None:
    """Put together what the archive holds."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    own = build_wheel(wheels)
    for python in options.python:
        fetch(python, wheels, options.pip)
    lock = (ROOT / "requirements/base.txt").read_text(encoding="utf-8")
    version = own.name.split("-")[1]
    (folder / "requirements.txt").write_text(f"{lock}asskomm=={version} --hash=sha256:{digest(own)}\n", encoding="utf-8")
    for name, text in {"VERSION": version, "MACHINE": platform.machine(), "PYTHONS": "\n".join(options.python)}.items():
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    carry(folder)
    found = wheels_in(wheels)
    browser = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    (folder / "bom.cdx.json").write_text(json.dumps(bill(found, browser, version, epoch()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "LIZENZEN.txt").write_text(licences(found, browser), encoding="utf-8")
    write_sums(folder)


def carry(folder: Path) -> None:
    """Bring along what installs it, and what runs it."""
    shutil.copy(ROOT / "release/install.sh", folder)
    shutil.copytree(ROOT / "release", folder / "etc", ignore=shutil.ignore_patterns("install.sh"))
    shutil.copytree(ROOT / "docs/handbuch", folder / "handbuch")
    for name in ("LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)


def digest(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Write the digest of every file, in the form that sha256sum reads."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    (folder / "SHA256SUMS").write_text("".join(f"{digest(path)}  {path.relative_to(folder)}\n" for path in files), encoding="utf-8")


def epoch() -> int:
    """Give the moment of the state, in seconds."""
    return int(os.environ["SOURCE_DATE_EPOCH"])


def pack(folder: Path, archive: Path) -> None:
    """Write the archive; wheels are compressed already, so little is spent on it."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = epoch()
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    with archive.open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=epoch()) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in [folder, *sorted(folder.rglob("*"))]:
            tar.add(path, str(path.relative_to(folder.parent)), recursive=False, filter=plain)


def read_options() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--python", action="append", metavar="VERSION")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    options.python = options.python or list(PYTHONS)
    return options


def main() -> None:
    """Build into a folder, and say what became of it."""
    options = read_options()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        options.pip = borrow_pip(Path(name))
        version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        folder = Path(name, f"asskomm-{version}-linux-{platform.machine()}")
        fill(folder, options)
        archive = options.out / f"{folder.name}.tar.gz"
        pack(folder, archive)
        archive.with_name(f"{archive.name}.sha256").write_text(f"{digest(archive)}  {archive.name}\n", encoding="utf-8")
        for path in [folder / "bom.cdx.json", *folder.glob("wheels/asskomm-*.whl")]:
            shutil.copy(path, options.out)
    print(f"{archive} ({archive.stat().st_size // 1024**2} MB)")


def borrow_pip(folder: Path) -> list[str]:
    """Put the pip of the release into a folder of its own: .venv has none, and uv does not download."""
    lock = str(ROOT / "requirements/release.txt")
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [str(uv), "--quiet", "pip", "install", "--python", sys.executable, "--target", str(folder / "pip"), "--require-hashes", "-r", lock], check=True
    )
    return [sys.executable, str(folder / "pip" / "pip")]


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: EUPL-1.2
"""What an administrator does on a machine without internet; run as an ordinary user where there is nothing but the loopback. Prints JSON.

Usage: python without_network.py FOLDER_OF_THE_UNPACKED_ARCHIVE HOME
"""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PORT = 8000  # in a network of its own nobody else has it


def fetch(path: str, language: str = "de") -> str:
    """Give a page as soon as somebody answers."""
    request = urllib.request.Request(f"http://localhost:{PORT}{path}", headers={"Cookie": f"sprache={language}"})
    end = time.monotonic() + 40
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 -- our own server
                return str(response.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def has_network() -> bool:
    """Whether anything but the loopback can be asked."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        return probe.connect_ex(("192.0.2.1", 9)) == 0


def main(folder: Path, home: Path) -> dict[str, Any]:
    """Install, serve, look, end."""
    subprocess.run([folder / "install.sh", home / "asskomm"], check=True, stdout=sys.stderr)
    asskomm = [str(home / "asskomm/current/bin/asskomm"), "--data", str(home / "data")]
    server = subprocess.Popen([*asskomm, "up", "--no-example", "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        title = [heading for language in ("de", "en") for heading in re.findall(r"<h1>(.*?)</h1>", fetch("/", language))]
        checked = subprocess.run([*asskomm, "check", "--json"], stdout=subprocess.PIPE, text=True, check=False)
    finally:
        server.terminate()
        code = server.wait(30)
    faults = [finding["text"] for finding in json.loads(checked.stdout) if finding["level"] == "fault"]
    bytecode = len(list((home / "asskomm/current/lib").glob("python*/site-packages/asskomm/config/__pycache__/cli.*.pyc")))
    return {"network": has_network(), "title": title, "faults": faults, "check": checked.returncode, "up": code, "bytecode": bytecode}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))

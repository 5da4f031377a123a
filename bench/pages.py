# SPDX-License-Identifier: EUPL-1.2
"""How long the pages take at 418 municipalities with the example, and at 11,000 with 20 events each.

One client, 200 requests after a warm-up (fewer where they would fill more than eight seconds), against a server process
of its own; milliseconds as the client on the same machine sees them. The ratio says what 26 times the municipalities, and 150 times the events, cost.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REQUESTS, WARM_UP, LEAST = 200, 3, 5
PAGES = {
    "start page": "/",
    "map": "/netzwerk/",
    "table": "/netzwerk/tabelle/",
    "table, filtered": "/netzwerk/tabelle/?schicht=council&art=municipality",
    "municipality": "/kommunen/14626110/",
    "figures": "/kennzahlen/",
    "one figure": "/kennzahlen/municipalities_advised/",
    "figures, API": "/api/figures",
    "one figure, API": "/api/figures/councils",
    "events": "/ereignisse/",
    "point": "/api/territory/locate?lon=13.73&lat=51.05",
}
LIMIT_MS = 50
MOST_MS = 8_000


def environment(folder: Path) -> dict[str, str]:
    """Give the environment of a user with this data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ASSKOMM_", "PYTHONDONTWRITE"))}
    return kept | {"ASSKOMM_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Run a server over a data folder, and say how long it takes to its first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "asskomm", "up", "--port", str(port)], env=environment(folder), stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            time.sleep(0.02)
        print(f"  start to first page: {time.perf_counter() - began:.2f} s")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    try:
        _get(http.client.HTTPConnection("localhost", port, timeout=10), "/")
    except (ConnectionError, OSError):
        return False
    return True


def _get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    return response.status


def measure(port: int) -> dict[str, tuple[float, float]]:
    """Give median and 95th percentile of each page in milliseconds."""
    found = {}
    for name, path in PAGES.items():
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        times: list[float] = []
        for number in range(REQUESTS + WARM_UP):
            if sum(times) > MOST_MS and len(times) >= LEAST:
                break
            began = time.perf_counter()
            status = _get(connection, path)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
            if number >= WARM_UP:
                times.append(1000 * (time.perf_counter() - began))
        found[name] = (statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1])
        print(f"  {name}: median {found[name][0]:.1f} ms, p95 {found[name][1]:.1f} ms, {len(times)} requests", flush=True)
    return found


def main() -> None:
    """Measure both and print them side by side."""
    with tempfile.TemporaryDirectory() as temporary:
        small, large = Path(temporary) / "small", Path(temporary) / "large"
        for folder, options in ((small, []), (large, ["--no-example"])):
            subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", *options], env=environment(folder), check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "bench._large"], env=environment(large), check=True)
        results = []
        for name, folder in (("418 municipalities, example", small), ("11,000 municipalities, 220,000 events", large)):
            print(name)
            with serving(folder) as port:
                results.append(measure(port))
    print(f"\n{'page':18} {'418: median':>12} {'p95':>8} {'11,000: median':>15} {'p95':>8} {'ratio':>6}")
    for page in PAGES:
        (median, p95), (large_median, large_p95) = results[0][page], results[1][page]
        mark = "" if p95 <= LIMIT_MS else f"  over {LIMIT_MS} ms"
        print(f"{page:18} {median:12.1f} {p95:8.1f} {large_median:15.1f} {large_p95:8.1f} {large_median / median:6.1f}{mark}")


if __name__ == "__main__":
    main()

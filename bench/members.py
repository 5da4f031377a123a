# SPDX-License-Identifier: EUPL-1.2
"""How long signing in and the desk take, at 418 municipalities with the example and at 11,000 with 20 events each.

One client against a server process of its own; milliseconds as the client on the same machine sees them. Signing in is the
form with the right password, without cookies from before; most of it is argon2, which is slow on purpose. Twenty are measured, because more than
thirty a minute from one address are refused.
"""

import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from bench.pages import WARM_UP, environment, serving

REQUESTS, SIGN_INS, PASSWORD, TOKEN = 100, 20, "Regenschirm am Markt", "a" * 32
SESSIONS = f"""
import django; django.setup()
from bench._first_steps import sign_in
print(sign_in(), sign_in("coordinator", "14626110", {PASSWORD!r}))
"""
WHAT = ("signing in with a password", "desk of a coordinator", "desk of the state council")


def _ask(port: int, method: str, path: str, cookie: str, body: str = "") -> int:
    line = http.client.HTTPConnection("localhost", port, timeout=60)
    headers = {"Cookie": cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
    line.request(method, path, body or None, headers)
    response = line.getresponse()
    response.read()
    line.close()
    return response.status


def _times(ask: Callable[[], int], wanted: int, requests: int = REQUESTS) -> tuple[float, float]:
    """Give median and 95th percentile in milliseconds."""
    times = []
    for _ in range(requests + WARM_UP):
        began = time.perf_counter()
        if (status := ask()) != wanted:
            raise SystemExit(f"answered {status} instead of {wanted}")
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[WARM_UP:]), statistics.quantiles(times[WARM_UP:], n=20)[-1]


def measure(folder: Path) -> list[tuple[float, float]]:
    """Measure one installation."""
    made = subprocess.run([sys.executable, "-c", SESSIONS], env=environment(folder), check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    form = urlencode({"login": "coordinator@example.org", "password": PASSWORD, "csrfmiddlewaretoken": TOKEN})
    with serving(folder) as port:
        signing_in = _times(lambda: _ask(port, "POST", "/einloggen/", f"csrftoken={TOKEN}", form), 302, SIGN_INS)
        desks = [_times(lambda key=key: _ask(port, "GET", "/schreibtisch/", f"sitzung={key}"), 200) for key in reversed(made)]  # type: ignore[misc]
    return [signing_in, *desks]


def main() -> None:
    """Measure both and print them side by side."""
    with tempfile.TemporaryDirectory() as temporary:
        small, large = Path(temporary) / "small", Path(temporary) / "large"
        for folder, options in ((small, []), (large, ["--no-example"])):
            subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", *options], env=environment(folder), check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "bench._large"], env=environment(large), check=True)
        results = [measure(small), measure(large)]
    print(f"\n{'':28} {'418: median':>12} {'p95':>8} {'11,000: median':>15} {'p95':>8} {'ratio':>6}")
    for what, (median, p95), (large_median, large_p95) in zip(WHAT, *results, strict=True):
        print(f"{what:28} {median:12.1f} {p95:8.1f} {large_median:15.1f} {large_p95:8.1f} {large_median / median:6.1f}")


if __name__ == "__main__":
    main()

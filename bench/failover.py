# SPDX-License-Identifier: EUPL-1.2
"""Kill the leader of three PostgreSQL with Patroni while clients record events, and say how long nothing is saved and what was lost.

The web process knows all three by one address and finds the new leader by itself. Patroni is fetched for this measurement alone.
"""

import statistics
import tempfile
import time
from pathlib import Path

from bench._clients import Outcome, writing
from bench._fetched import fetch
from bench._nodes import Nodes, wait_until
from bench._patroni import Cluster, cluster

ROUNDS = 5
USUAL = {"ttl": 30, "loop_wait": 10, "retry_timeout": 10}
QUICK = {"ttl": 20, "loop_wait": 2, "retry_timeout": 5}
UNDERWAY = 1.0  # an answer may still be on its way when the leader is dead already


def one_round(servers: Cluster, outcome: Outcome) -> float:
    """Kill the leader, give the seconds until something is acknowledged again, and let the dead one come back."""
    wanted = len(outcome.acknowledged) + 20
    wait_until(lambda: len(outcome.acknowledged) >= wanted)
    leader = servers.leader()
    began = time.monotonic()
    servers.kill(leader)
    wait_until(lambda: outcome.answered_at[-1] > began + UNDERWAY)
    seconds = next(at for at in sorted(outcome.answered_at) if at > began + UNDERWAY) - began
    servers.start(leader)
    wait_until(servers.whole)
    print(f"  node {leader} killed: {seconds:.1f} s until the next event was acknowledged", flush=True)
    return seconds


def run(folder: Path, packages: Path, timing: dict[str, int]) -> None:
    """Measure with one timing of Patroni."""
    print(", ".join(f"{name} {value}" for name, value in timing.items()), flush=True)
    folder.mkdir()
    folder.chmod(0o755)
    with cluster(folder, packages, timing) as servers:
        nodes = Nodes(folder, servers.address, nodes=1)
        try:
            nodes.start_web(0)
            with writing(nodes.ports[0], nodes.session) as outcome:
                seconds = [one_round(servers, outcome) for _ in range(ROUNDS)]
        finally:
            nodes.kill_all()
        outcome.count(servers.address)
    print(f"  median {statistics.median(seconds):.1f} s, longest {max(seconds):.1f} s of {ROUNDS};", end=" ")
    print(f"{len(outcome.acknowledged)} acknowledged, lost {len(outcome.lost)}, doubled {len(outcome.doubled)}", flush=True)


def main() -> None:
    """Measure with Patroni's own timing and with a quicker one."""
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)
        packages = fetch(Path(temporary) / "packages", "patroni[raft]")
        run(Path(temporary) / "usual", packages, USUAL)
        run(Path(temporary) / "quick", packages, QUICK)


if __name__ == "__main__":
    main()

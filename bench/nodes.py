# SPDX-License-Identifier: EUPL-1.2
"""Kill one of two nodes fifty times while clients record events and files are taken over, and say what was lost or doubled."""

import tempfile
import time
from pathlib import Path

from bench._nodes import kill_again_and_again
from tools.with_postgres import postgres

ROUNDS = 50


def main() -> None:
    """Do it beside a PostgreSQL of its own."""
    with postgres() as address, tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        killing = kill_again_and_again(Path(folder), address, ROUNDS)
        seconds = time.monotonic() - began
    writes, jobs, ordered = killing.writes, killing.jobs, set(killing.ordered)
    print(f"{killing.rounds} rounds in {seconds:.0f} s: {len(writes.acknowledged)} acknowledged, {len(writes.unknown)} without an answer;")
    print(f"lost {len(writes.lost)}, doubled {len(writes.doubled)}, longest time without an answer {writes.longest_gap:.2f} s")
    done = sum(state == "done" for state, _fence in jobs)
    print(f"{len(jobs)} jobs, {done} done, {killing.jobs_in_halves} of them taken up again after a kill;")
    print(f"of {len(ordered)} events in files {len(ordered - writes.kept.keys())} lost")


if __name__ == "__main__":
    main()

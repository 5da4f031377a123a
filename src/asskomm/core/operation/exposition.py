# SPDX-License-Identifier: EUPL-1.2
"""The numbers in the text format of Prometheus (version 0.0.4), read from the database and the machine each time somebody asks.

Nothing is counted in memory: behind several processes such counts would tell of one of them only.
"""

import logging
from collections.abc import Iterator, Mapping

from django.db import DatabaseError, InterfaceError

from asskomm.core.operation.registry import MEASURES, Measure

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_log = logging.getLogger("asskomm.operation")


def exposition() -> str:
    """Give everything that is measured; what cannot be read is left out and counted."""
    lines: list[str] = []
    faults = 0
    for key, measure in MEASURES.items():
        try:
            lines += _lines(f"asskomm_{key}", measure)
        except (DatabaseError, InterfaceError, OSError):
            _log.exception("measure %s cannot be read", key)
            faults += 1
    lines += ["# HELP asskomm_unreadable_measures Measures that could not be read this time.", "# TYPE asskomm_unreadable_measures gauge"]
    return "\n".join([*lines, f"asskomm_unreadable_measures {faults}", ""])


def _lines(name: str, measure: Measure) -> Iterator[str]:
    yield f"# HELP {name} {measure.meaning}"
    yield f"# TYPE {name} gauge"
    for reading in measure.read():
        yield f"{name}{_labels(reading.labels)} {reading.value:.15g}"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

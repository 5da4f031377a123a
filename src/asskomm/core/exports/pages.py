# SPDX-License-Identifier: EUPL-1.2
"""Take data along: what there is, what its columns mean, and the files."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.exports.datasets import DATASETS, Dataset
from asskomm.core.exports.formats import export
from asskomm.core.ui.days import day_from, read_day
from asskomm.core.visibility import ReaderRequest


def datasets(request: ReaderRequest) -> HttpResponse:
    """List the tables."""
    return render(request, "exports/datasets.html", {"datasets": list(DATASETS)})


def dataset(request: ReaderRequest, key: str) -> HttpResponse:
    """Show what the columns of a table mean, and the addresses of its files for a day."""
    found = _known(key)
    return render(request, "exports/dataset.html", {"dataset": found, "on": day_from(request), "today": clock.today()})


@costly
def file(request: ReaderRequest, key: str, version: int, name: str) -> HttpResponse:
    """Give a table of a day as a file; an address from before its columns changed leads to the file of today.

    Raises
    ------
        ParameterError: the day cannot be read.
    """
    found = _known(key)
    day, _dot, ending = name.partition(".")
    if not 1 <= version <= found.version or ending not in found.formats:
        raise Http404
    on = read_day(day)
    if version < found.version:
        return redirect("exports:file", found.key, found.version, name, permanent=True)
    return export(found.sheet(request.principal, on), ending, f"{found.key}-{on.isoformat()}")


def _known(key: str) -> Dataset:
    if key not in DATASETS:
        raise Http404
    return DATASETS[key]

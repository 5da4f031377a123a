# SPDX-License-Identifier: EUPL-1.2
"""Whoever changes the columns of a table raises its version, which stands in the address: programs read by it."""

import datetime as dt

import pytest

from asskomm.core.estimates import Estimate
from asskomm.core.exports.datasets import DATASETS, Dataset
from asskomm.core.exports.formats import spread
from asskomm.core.visibility import SYSTEM
from tests.making import GOERLITZ, event

PUBLISHED = {
    "kommunen": (
        1,
        "ags name district type population population_on contacted advised model analysis coaching council agreement example on",
    ),
    "ereignisse": (
        1,
        "reference date first_day precision kind kind_name municipality municipality_name parties fields status amount source example",
    ),
    "kennzahlen": (2, "key name value low high unit definition kind note example on"),
    "zustaendigkeiten": (1, "ags municipality organisation kind since"),
}
"""For each table its version and the keys of its columns; whoever changes the columns of a line raises the number in it."""
BEFORE = {("kennzahlen", 1): "key name value unit definition kind note example on"}
"""What former versions had; their addresses lead to the files of today."""


def test_columns_are_those_of_their_version() -> None:
    assert {dataset.key: (dataset.version, " ".join(column.key for column in spread(dataset.columns))) for dataset in DATASETS} == PUBLISHED


def test_every_former_version_had_other_columns() -> None:
    versions = {(key, version): columns for key, (version, columns) in PUBLISHED.items()} | BEFORE
    assert set(versions) == {(key, number) for key, (version, _columns) in PUBLISHED.items() for number in range(1, version + 1)}
    assert len({(key, columns) for (key, _version), columns in versions.items()}) == len(versions)


@pytest.mark.django_db
@pytest.mark.parametrize("dataset", list(DATASETS), ids=lambda dataset: dataset.key)
def test_numbers_of_every_table_are_estimates(dataset: Dataset) -> None:
    made = event("budget_provided", "2022-02-01", measures=(("year", 2022),), amount="1000000")
    event("consultation", "2022-05-01", GOERLITZ)
    rows = list(dataset.rows(SYSTEM, dt.date(2023, 1, 1)))
    kinds = {type(cell) for row in rows for cell in row}
    assert (made.amount is not None, kinds <= {str, Estimate, type(None)}) == (True, True), kinds
    assert {len(row) for row in rows} == {len(dataset.columns)}

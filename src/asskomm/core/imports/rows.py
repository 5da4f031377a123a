# SPDX-License-Identifier: EUPL-1.2
"""Reading a table row by row: what all importers have in common whose rows are looked at one after the other."""

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path

from asskomm.core.imports.found import Found, Rejection, Repair
from asskomm.core.imports.registry import Session, TableImporter
from asskomm.core.imports.table import Row, read_table


class CellError(ValueError):
    """A cell that is wrong.

    Args:
        column: in which it stands.
        reason: why, as a sentence.
        nearest: a value that would do and is nearly the same.
    """

    def __init__(self, column: str, reason: str, nearest: str = "") -> None:
        """Keep where it stands and what would do."""
        super().__init__(reason)
        self.column, self.nearest = column, nearest

    def of(self, row: Row) -> Rejection:
        """Give the rejection of a row for this cell."""
        return Rejection(row.number, self.column, row.cells.get(self.column, ""), str(self), self.nearest)


class RowSession(Session):
    """Gives each row whose cells can be read to `sorted_out`, and rejects the others."""

    def __init__(self, importer: TableImporter) -> None:
        """Know the columns."""
        self._importer = importer

    def read(self, path: Path) -> Iterator[Found]:
        """Sort the rows into new, refused and known."""
        table = read_table(path, self._importer.aliases, self._importer.needed, others_ignored=self._importer.others_ignored)
        yield from map(Repair, table.repairs)
        for row in table.rows:
            if row.faults:
                yield from (Rejection(row.number, column, value, reason) for column, value, reason in row.faults)
            else:
                yield self.sorted_out(row)

    @abstractmethod
    def sorted_out(self, row: Row) -> Found:
        """Say whether a row is accepted, known already or rejected."""

    def cells_of(self, row: Row) -> dict[str, str]:
        """Give all cells of a row, empty ones where the table has no such column."""
        return {column: row.cells.get(column, "") for column in self._importer.columns}

# SPDX-License-Identifier: EUPL-1.2
"""The door for files: recognise, preview, take over, undo; a room registers an importer and gets all of it."""

from asskomm.core.imports.enums import BatchState, Shape
from asskomm.core.imports.found import Accepted, Duplicate, Found, Rejection, Repair
from asskomm.core.imports.registry import IMPORTERS, Fit, Importer, Made, Option, Origin, Peek, Session, TableImporter
from asskomm.core.imports.rows import CellError, RowSession
from asskomm.core.imports.table import Row, Table, TableError, read_table

__all__ = [
    "IMPORTERS",
    "Accepted",
    "BatchState",
    "CellError",
    "Duplicate",
    "Fit",
    "Found",
    "Importer",
    "Made",
    "Option",
    "Origin",
    "Peek",
    "Rejection",
    "Repair",
    "Row",
    "RowSession",
    "Session",
    "Shape",
    "Table",
    "TableError",
    "TableImporter",
    "read_table",
]

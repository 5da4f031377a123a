# SPDX-License-Identifier: EUPL-1.2
"""The door for files: read a table safely, show a preview, take over."""

from asskomm.core.imports.preview import Preview, Rejection
from asskomm.core.imports.table import Row, Table, TableError, read_table

__all__ = ["Preview", "Rejection", "Row", "Table", "TableError", "read_table"]

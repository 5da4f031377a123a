# SPDX-License-Identifier: EUPL-1.2
"""Tables for taking along: CSV, CSV for Excel, XLSX, JSON; datasets with stable addresses."""

from asskomm.core.exports.formats import FORMATS, Column, Sheet, export

__all__ = ["FORMATS", "Column", "Sheet", "export"]

# SPDX-License-Identifier: EUPL-1.2
"""Tables for taking along: CSV, CSV for Excel, XLSX, JSON; datasets with stable addresses."""

from asskomm.core.exports.formats import FORMATS, Areas, Column, Sheet, export, formats_for

__all__ = ["FORMATS", "Areas", "Column", "Sheet", "export", "formats_for"]

# SPDX-License-Identifier: EUPL-1.2
"""Tables for taking along: CSV, CSV for Excel, XLSX, JSON; datasets with stable addresses."""

from asskomm.core.exports.formats import BOUNDS, FORMATS, Areas, Column, Licence, Sheet, export, formats_for

__all__ = ["BOUNDS", "FORMATS", "Areas", "Column", "Licence", "Sheet", "export", "formats_for"]

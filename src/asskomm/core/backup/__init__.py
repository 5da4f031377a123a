# SPDX-License-Identifier: EUPL-1.2
"""Backup and restore: one file with every table and every file, the same for each database, which shows every flipped byte."""

from asskomm.core.backup.archive import Archive, ArchiveError, Manifest

__all__ = ["Archive", "ArchiveError", "Manifest"]

# SPDX-License-Identifier: EUPL-1.2
"""Running it: every package adds what is to be looked at, what is measured, and which rules end on a day."""

from asskomm.core.operation.registry import CHECKS, DATED_RULES, MEASURES, NAMED_FILES, ROW_COUNTS, Check, DatedRule, Finding, Level, Measure, Reading

__all__ = ["CHECKS", "DATED_RULES", "MEASURES", "NAMED_FILES", "ROW_COUNTS", "Check", "DatedRule", "Finding", "Level", "Measure", "Reading"]

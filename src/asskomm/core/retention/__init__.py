# SPDX-License-Identifier: EUPL-1.2
"""What is deleted when, and what a person may have of what is kept about her: rooms register both."""

from asskomm.core.retention.registry import DELETION_RULES, IDENTITIES, SUBJECT_RECORDS, DataSubject, DeletionRule, SubjectRecords

__all__ = ["DELETION_RULES", "IDENTITIES", "SUBJECT_RECORDS", "DataSubject", "DeletionRule", "SubjectRecords"]

# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the door, and the jobs that carry them out."""

# SPDX-License-Identifier: EUPL-1.2
"""Verbs: every write of the package."""

# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the package."""

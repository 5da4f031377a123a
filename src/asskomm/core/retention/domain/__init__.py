# SPDX-License-Identifier: EUPL-1.2
"""Verbs and questions of the package."""

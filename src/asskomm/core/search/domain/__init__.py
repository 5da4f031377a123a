# SPDX-License-Identifier: EUPL-1.2
"""Verbs: keep the index."""

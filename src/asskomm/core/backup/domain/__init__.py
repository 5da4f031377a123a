# SPDX-License-Identifier: EUPL-1.2
"""Verbs: take a backup, restore one."""

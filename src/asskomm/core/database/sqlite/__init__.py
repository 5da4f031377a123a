# SPDX-License-Identifier: EUPL-1.2
"""Django's backend for SQLite with a fair wait for the one writer."""

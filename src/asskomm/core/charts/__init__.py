# SPDX-License-Identifier: EUPL-1.2
"""Drawings made on the server."""

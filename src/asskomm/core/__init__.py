# SPDX-License-Identifier: EUPL-1.2
"""Mechanism without foreign keys to any room: small named packages, never a junk drawer."""

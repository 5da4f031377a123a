# SPDX-License-Identifier: EUPL-1.2
"""A room whose migration changes a lot and then fails."""

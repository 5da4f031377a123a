# SPDX-License-Identifier: EUPL-1.2
"""Territory (Gebietsprofil): state, districts, municipalities; keys, mergers with dates, boundaries."""

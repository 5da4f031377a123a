# SPDX-License-Identifier: EUPL-1.2
"""Questions about files that were read in."""

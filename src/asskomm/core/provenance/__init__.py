# SPDX-License-Identifier: EUPL-1.2
"""Where data came from: kept for ever, so that a number can be followed back."""

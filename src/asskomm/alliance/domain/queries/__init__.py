# SPDX-License-Identifier: EUPL-1.2
"""Questions: reads with joins."""

# SPDX-License-Identifier: EUPL-1.2
"""Questions: everything that is read with a join."""

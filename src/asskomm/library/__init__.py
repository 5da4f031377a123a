# SPDX-License-Identifier: EUPL-1.2
"""Library: the one list of fields of action."""

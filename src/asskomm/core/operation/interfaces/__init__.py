# SPDX-License-Identifier: EUPL-1.2
"""Pages for people and for machines."""

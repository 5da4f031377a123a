# SPDX-License-Identifier: EUPL-1.2
"""Questions: what is found."""

# SPDX-License-Identifier: EUPL-1.2
"""Files that this room reads: census, register."""

# SPDX-License-Identifier: EUPL-1.2
"""What the room prints."""

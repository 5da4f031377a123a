# SPDX-License-Identifier: EUPL-1.2
"""Questions of the room."""

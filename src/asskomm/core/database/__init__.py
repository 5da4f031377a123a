# SPDX-License-Identifier: EUPL-1.2
"""What we ask of the embedded database beyond Django."""

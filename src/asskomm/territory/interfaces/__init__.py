# SPDX-License-Identifier: EUPL-1.2
"""Pages, forms, tables and exports of the room."""

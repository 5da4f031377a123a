# SPDX-License-Identifier: EUPL-1.2
"""How tests that commit empty the database after themselves, although some tables refuse to be emptied."""

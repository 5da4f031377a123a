# SPDX-License-Identifier: EUPL-1.2
"""People (Personen und Stellen): persons, organisations, functions with dates, sign-in; roles follow from functions."""

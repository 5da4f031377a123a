# SPDX-License-Identifier: EUPL-1.2
"""Numbers only: arrays in, frozen results out; no Django, no files."""

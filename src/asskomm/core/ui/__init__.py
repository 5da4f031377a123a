# SPDX-License-Identifier: EUPL-1.2
"""The frame of all pages."""

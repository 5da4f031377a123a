# SPDX-License-Identifier: EUPL-1.2
"""Wires the rooms together; holds no logic of its own."""

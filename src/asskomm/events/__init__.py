# SPDX-License-Identifier: EUPL-1.2
"""Gatherings: conferences, network meetings, dialogues and courses, from the invitation to the last certificate."""

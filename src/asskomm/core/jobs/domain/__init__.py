# SPDX-License-Identifier: EUPL-1.2
"""Verbs on jobs, and the worker that carries them out."""

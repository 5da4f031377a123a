# SPDX-License-Identifier: EUPL-1.2
"""How the handbook is built: sphinx-build -W docs build/handbook."""

project = "ASSKomm"
language = "de"
extensions = ["myst_parser"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"description": "Handbuch", "fixed_sidebar": True}

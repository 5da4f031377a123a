# SPDX-License-Identifier: EUPL-1.2
"""Files that this room reads: persons with functions, and who is competent for which municipality."""
